import { Duration } from 'aws-cdk-lib';
import type { Rule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { ENV } from '../../../shared/env';
import type { MailIdentity } from './mail-identity';
import { grantPortalUrl } from '../common/portal-url-grant';
import { ScimFunction } from '../common/scim-function';
import type { MailBudgetLimits } from '../../../shared/limits/mail-budget';
import type { ScimTable } from '../common/scim-table';
import { invokeOnSchedule } from '../common/schedules';
import { grantKeyReminders } from './mail-grants';

export interface KeyRemindersProps {
  readonly table: ScimTable;
  readonly mailIdentity: MailIdentity;
  /** Gets the reminders of all domains. @default - only the addresses of each domain */
  readonly alarmEmail?: string;
  readonly auditRetentionDays: number;
  /** The limits on the emails of a domain that has none of its own. */
  readonly mailBudget: MailBudgetLimits;
}

/** The function that reminds administrators of SCIM keys that expire, every hour. */
export class KeyReminders extends Construct {
  public readonly handler: ScimFunction;
  public readonly rule: Rule;

  public constructor(scope: Construct, id: string, props: KeyRemindersProps) {
    super(scope, id);
    const { table, mailIdentity, alarmEmail, auditRetentionDays, mailBudget } = props;
    this.handler = new ScimFunction(this, 'Handler', {
      entry: 'key-reminders',
      description: 'Reminds administrators of SCIM keys that expire',
      // Enough to read the largest number of domains, 10,000. A run that does not finish is continued by the
      // next.
      timeout: Duration.minutes(10),
      memorySize: 512,
      files: [mailIdentity.templatesFile],
    });
    grantKeyReminders(table, this.handler);
    mailIdentity.grantSend(this.handler);
    grantPortalUrl(this.handler);
    this.handler.addEnvironment({
      [ENV.auditRetentionDays]: String(auditRetentionDays),
      [ENV.mailBudget]: JSON.stringify(mailBudget),
      ...(alarmEmail && { [ENV.alarmEmail]: alarmEmail }),
    });
    const run = {
      id: 'EveryHour',
      description: 'Sends the reminders of SCIM keys that expire',
      interval: Duration.hours(1),
    };
    // A later run would follow while leases of the failed run are valid. The next one comes after their end.
    [this.rule] = invokeOnSchedule(this, this.handler, [run], Duration.minutes(10));
  }
}
