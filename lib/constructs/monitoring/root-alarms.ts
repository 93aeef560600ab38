import { Alarm, type CompositeAlarm, type IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { AlarmTopic } from '../common/alarm-topic';
import { alarmName } from '../common/scim-alarm';
import { RootAlarm, type RootAlarmProps } from './root-alarm';

/** The alarms of other stacks that are no part of an area, because their causes set off no other alarm. */
const NOTIFY_THEMSELVES = [
  'LicenseChecksThrottled',
  'TokensRefused',
  'LicenseMailOverBudget',
  'SesQuotaNearlyUsed',
  'MailBounceRate',
  'MailComplaintRate',
  'AccountCheckFailed',
  'ApiKeysRunningOut',
  'WebhooksFailing',
  'WebhooksLate',
  'WebhookBacklogOld',
  'WebhookDeadLetters',
  'WebhookRunFailed',
  'MappingsFailed',
  'MappingsLate',
  'EventsFailed',
  'EventsLate',
  'EventsUnreadable',
];

export interface RootAlarmsProps {
  readonly topic: AlarmTopic;
}

/**
 * The alarms that notify, one for each area of the service. An alarm that another one explains does not
 * notify while that one lasts. Their parts are in earlier stacks, which have them with all settings.
 */
export class RootAlarms extends Construct {
  /**
   * These alarms, and those of other stacks that notify themselves. A stage with all settings may have more.
   */
  public readonly notifying: readonly IAlarm[];

  public constructor(scope: Construct, id: string, { topic }: RootAlarmsProps) {
    super(scope, id);
    const areas: CompositeAlarm[] = [];
    const combine = (rootId: string, props: Omit<RootAlarmProps, 'topic'>): CompositeAlarm => {
      const alarm = new RootAlarm(this, rootId, { ...props, topic });
      areas.push(alarm);
      return alarm;
    };
    const platform = combine('PlatformDegraded', {
      description: 'DynamoDB fails or throttles the table, so that several parts of the service fail.',
      parts: ['TableThrottled', 'TableConflicts', 'TableFailing'],
    });
    combine('ProvisioningDegraded', {
      description: 'Requests of identity providers fail or are slow.',
      parts: [
        'ApiFailing',
        'ApiFunctionsThrottled',
        'ApiFunctionsFailing',
        'ApiSlow',
        'AuthorizerSlow',
        'RateCounterUnavailable',
      ],
      explainedBy: platform,
    });
    combine('LicenseChecksDegraded', {
      description: 'Products cannot check license keys.',
      parts: ['LicenseCheckFailing', 'LicenseCheckFunctionsThrottled', 'LicenseCheckFunctionsFailing'],
      explainedBy: platform,
    });
    const emails = combine('EmailsNotSent', {
      description: 'Users do not get their license keys: emails are not sent, or late.',
      parts: [
        'LicenseMailBlocked',
        'LicenseMailStalled',
        'LicenseMailAging',
        'LicenseMailLate',
        'OutboxLate',
        'MailFunctionsThrottled',
        'MailFunctionsFailing',
      ],
      explainedBy: platform,
    });
    combine('LicenseWorkLost', {
      description: 'The service has given up on emails or license changes. Fix the cause and redrive them.',
      parts: ['LicenseChangeFailed', 'LicenseMailGivenUp', 'LicenseMailRefused', 'MailEventFailed'],
      explainedBy: platform,
    });
    combine('RemindersNotSent', {
      description: 'Administrators do not learn that SCIM keys expire.',
      parts: ['KeyReminderFailed'],
      explainedBy: emails,
    });
    combine('BackgroundWorkFailing', {
      description:
        'Waiting users get no free seats, or what deleted groups and domains leave behind is not removed.',
      parts: [
        'PromotionFailed',
        'PromotionLate',
        'SweepFailed',
        'LeftoverSweepFailed',
        'DispatchFailed',
        'DispatchLate',
        'UsageKeySweepFailed',
        'BackgroundFunctionsThrottled',
        'BackgroundFunctionsFailing',
      ],
      explainedBy: platform,
    });
    combine('AdministrationDegraded', {
      description: 'The admin API fails or is slow, and with it the portal, the CLI, or scripts.',
      parts: ['AdminApiFailing', 'AdminApiSlow', 'AdminFunctionsThrottled', 'AdminFunctionsFailing'],
      explainedBy: platform,
    });
    this.notifying = [
      ...areas,
      ...NOTIFY_THEMSELVES.map((name) => Alarm.fromAlarmName(this, name, alarmName(this, name))),
    ];
  }
}
