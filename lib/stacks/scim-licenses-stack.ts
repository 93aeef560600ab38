import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Config } from '../config';
import { LicenseAlarms } from '../constructs/licenses/license-alarms';
import { LicenseChanges } from '../constructs/licenses/license-changes';
import { LicensesParameter } from '../constructs/licenses/licenses-parameter';
import { KeyReminderAlarms } from '../constructs/mail/key-reminder-alarms';
import { KeyReminders } from '../constructs/mail/key-reminders';
import { reserveConcurrency } from '../constructs/common/reserve-concurrency';
import { SavedQueries } from '../constructs/monitoring/saved-queries';
import { licenseQueries } from '../constructs/licenses/license-queries';
import { MailAlarms } from '../constructs/mail/mail-alarms';
import { MailDelivery } from '../constructs/mail/mail-delivery';
import { MailEventAlarms } from '../constructs/mail/mail-event-alarms';
import { MailEvents } from '../constructs/mail/mail-events';
import { MailIdentity } from '../constructs/mail/mail-identity';
import { MailOutbox } from '../constructs/mail/mail-outbox';
import type { ScimDataStack } from './scim-data-stack';
import { stageProps } from './stage-props';

/**
 * The processing of license changes: emails, delivery events, and promotion of pending licenses. Also the
 * reminders of SCIM keys, because this stack has the sender.
 */
export class ScimLicensesStack extends Stack {
  public readonly mailIdentity: MailIdentity;
  public readonly changes: LicenseChanges;
  public readonly outbox: MailOutbox;
  public readonly delivery: MailDelivery;
  public readonly events: MailEvents;
  public readonly reminders: KeyReminders;

  public constructor(scope: Construct, id: string, config: Config, data: ScimDataStack) {
    super(scope, id, { ...stageProps(id, config), description: 'SCIM provisioning: licenses' });
    const { table, licenseSecret, alarmTopic } = data;
    const mailIdentity = new MailIdentity(this, 'Mail', {
      mail: config.mail,
      identity: config.mailIdentity,
      templates: config.mailTemplates,
    });
    this.mailIdentity = mailIdentity;
    this.delivery = new MailDelivery(this, 'Delivery', {
      table,
      licenseSecret,
      mailIdentity,
      auditRetentionDays: config.auditRetentionDays,
      mailBudget: config.mailBudget,
    });
    this.changes = new LicenseChanges(this, 'LicenseChanges', { table, delivery: this.delivery });
    this.outbox = new MailOutbox(this, 'MailOutbox', { table, delivery: this.delivery, mailIdentity });
    this.outbox.grantWake(this.changes.handler);
    reserveConcurrency(config.concurrency, {
      licenseChanges: this.changes.handler,
      mailOutbox: this.outbox.handler,
    });
    new LicensesParameter(this, 'Parameter', { changes: this.changes, delivery: this.delivery });
    const events = new MailEvents(this, 'MailEvents', {
      table,
      mailIdentity,
      auditRetentionDays: config.auditRetentionDays,
    });
    this.events = events;
    new MailEventAlarms(this, 'MailEventAlarms', { events, topic: alarmTopic });
    const reminders = new KeyReminders(this, 'KeyReminders', {
      table,
      mailIdentity,
      alarmEmail: config.alarmEmail,
      auditRetentionDays: config.auditRetentionDays,
      mailBudget: config.mailBudget,
    });
    this.reminders = reminders;
    new KeyReminderAlarms(this, 'KeyReminderAlarms', { reminders });
    new MailAlarms(this, 'MailAlarms', {
      changes: this.changes.handler,
      outbox: this.outbox,
      topic: alarmTopic,
    });
    new LicenseAlarms(this, 'Alarms', {
      changes: this.changes,
      outbox: this.outbox,
      delivery: this.delivery,
      others: { mailEvents: events.handler },
      topic: alarmTopic,
    });
    new SavedQueries(this, 'Queries', {
      queries: licenseQueries({
        changes: this.changes.handler.logGroup,
        outbox: this.outbox.handler.logGroup,
        events: events.handler.logGroup,
        reminders: reminders.handler.logGroup,
      }),
    });
    mailIdentity.dkimRecords.forEach((value, index) => {
      new CfnOutput(this, `DkimRecord${index + 1}`, {
        description: "CNAME record (name and value) that verifies the sender's domain for SES",
        value,
      });
    });
    new CfnOutput(this, 'FailureQueueUrl', {
      description: 'Queue of license changes that failed after all retries',
      value: this.changes.failures.queueUrl,
    });
    new CfnOutput(this, 'MailFailuresQueueUrl', {
      description: 'Queue of license emails that failed after all retries',
      value: this.delivery.failures.queueUrl,
    });
    new CfnOutput(this, 'MailEventFailuresQueueUrl', {
      description: 'Queue of email events that failed after all retries',
      value: events.failures.queueUrl,
    });
  }
}
