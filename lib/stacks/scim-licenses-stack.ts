import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Config } from '../config';
import { LicenseAlarms } from '../constructs/license-alarms';
import { LicenseChanges } from '../constructs/license-changes';
import { MailIdentity } from '../constructs/mail-identity';
import type { ScimDataStack } from './scim-data-stack';

/** What follows from a change of a license. */
export class ScimLicensesStack extends Stack {
  public readonly changes: LicenseChanges;

  public constructor(scope: Construct, id: string, config: Config, data: ScimDataStack) {
    super(scope, id, { description: 'SCIM provisioning: licenses' });
    const { table, licenseSecret, alarmTopic } = data;
    const mailIdentity = new MailIdentity(this, 'Mail', {
      mail: config.mail,
      identity: config.mailIdentity,
      templates: config.mailTemplates,
    });
    this.changes = new LicenseChanges(this, 'LicenseChanges', { table, licenseSecret, mailIdentity });
    new LicenseAlarms(this, 'Alarms', { changes: this.changes, topic: alarmTopic });
    mailIdentity.dkimRecords.forEach((value, index) => {
      new CfnOutput(this, `DkimRecord${index + 1}`, {
        description: 'CNAME record, name and value, by which SES recognizes the domain of the sender',
        value,
      });
    });
    new CfnOutput(this, 'FailureQueueUrl', {
      description: 'Records of which no mail could be sent',
      value: this.changes.failures.queueUrl,
    });
  }
}
