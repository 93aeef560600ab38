import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Config } from '../config';
import { LicenseMailAlarms } from '../constructs/license-mail-alarms';
import { LicenseMailer } from '../constructs/license-mailer';
import { MailIdentity } from '../constructs/mail-identity';
import type { ScimDataStack } from './scim-data-stack';

/** What tells users of their licenses. */
export class ScimLicenseMailStack extends Stack {
  public readonly mailer: LicenseMailer;

  public constructor(scope: Construct, id: string, config: Config, data: ScimDataStack) {
    super(scope, id, { description: 'SCIM provisioning: license mail' });
    const { table, licenseSecret, alarmTopic } = data;
    const mailIdentity = new MailIdentity(this, 'Mail', { mail: config.mail, identity: config.mailIdentity });
    this.mailer = new LicenseMailer(this, 'Mailer', { table, licenseSecret, mailIdentity });
    new LicenseMailAlarms(this, 'Alarms', { mailer: this.mailer, topic: alarmTopic });
    mailIdentity.dkimRecords.forEach((value, index) => {
      new CfnOutput(this, `DkimRecord${index + 1}`, {
        description: 'CNAME record, name and value, by which SES recognizes the domain of the sender',
        value,
      });
    });
    new CfnOutput(this, 'FailureQueueUrl', {
      description: 'Records of which no mail could be sent',
      value: this.mailer.failures.queueUrl,
    });
  }
}
