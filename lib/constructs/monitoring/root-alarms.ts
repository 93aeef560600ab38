import { Duration } from 'aws-cdk-lib';
import { AlarmRule, CompositeAlarm, type IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { AlarmTopic } from '../common/alarm-topic';
import { alarmName } from '../common/scim-alarm';

export interface RootAlarmsProps {
  readonly topic: AlarmTopic;
  /** If true, the portal has alarms. They exist only in the region of CloudFront's metrics. */
  readonly hasPortalAlarms: boolean;
}

/** The time for which an alarm waits for the one that explains it. The latter needs up to two minutes. */
const WAIT = Duration.minutes(3);
/** The time in which a consequence ends after its cause. */
const EXTENSION = Duration.minutes(10);

/**
 * The alarms that notify. Each one combines the alarms that one cause sets off, so that the cause notifies once. An alarm
 * that another one explains does not notify while that one lasts. Their parts are in earlier stacks.
 */
export class RootAlarms extends Construct {
  private readonly topic: AlarmTopic;

  public constructor(scope: Construct, id: string, { topic, hasPortalAlarms }: RootAlarmsProps) {
    super(scope, id);
    this.topic = topic;
    const platform = this.combine('PlatformDegraded', {
      description:
        'DynamoDB or Lambda fails, or a limit is reached, so that several parts of the service fail.',
      parts: [
        'TableThrottled',
        'TableConflicts',
        'TableFailing',
        'ApiFunctionsThrottled',
        'LicenseCheckFunctionsThrottled',
        'MailFunctionsThrottled',
        'BackgroundFunctionsThrottled',
        'AdminFunctionsThrottled',
      ],
    });
    this.combine('ProvisioningDegraded', {
      description: 'Requests of identity providers fail or are slow.',
      parts: ['ApiFailing', 'ApiSlow', 'AuthorizerSlow', 'ApiFunctionsFailing', 'RateCounterUnavailable'],
      explainedBy: platform,
    });
    this.combine('LicenseChecksDegraded', {
      description: 'Products cannot check license keys.',
      parts: ['LicenseCheckFailing', 'LicenseCheckFunctionsFailing'],
      explainedBy: platform,
    });
    const emails = this.combine('EmailsNotSent', {
      description: 'Users do not get their license keys: emails are not sent, or late.',
      parts: [
        'LicenseMailBlocked',
        'LicenseMailStalled',
        'LicenseMailAging',
        'LicenseMailLate',
        'OutboxLate',
        'MailFunctionsFailing',
      ],
      explainedBy: platform,
    });
    this.combine('LicenseWorkLost', {
      description: 'The service has given up on emails or license changes. Fix the cause and redrive them.',
      parts: ['LicenseChangeFailed', 'LicenseMailGivenUp', 'LicenseMailRefused', 'MailEventFailed'],
      explainedBy: platform,
    });
    this.combine('RemindersNotSent', {
      description: 'Administrators do not learn that SCIM keys expire.',
      parts: ['KeyReminderFailed'],
      explainedBy: emails,
    });
    this.combine('BackgroundWorkFailing', {
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
        'BackgroundFunctionsFailing',
      ],
      explainedBy: platform,
    });
    this.combine('AdministrationDegraded', {
      description: 'The portal, the CLI, or scripts of administrators fail or are slow.',
      parts: [
        'AdminApiFailing',
        'AdminApiSlow',
        'AdminFunctionsFailing',
        ...(hasPortalAlarms ? ['PortalFailing'] : []),
      ],
      explainedBy: platform,
    });
  }

  private combine(
    id: string,
    {
      description,
      parts,
      explainedBy,
    }: { readonly description: string; readonly parts: readonly string[]; readonly explainedBy?: IAlarm },
  ): CompositeAlarm {
    const alarm = new CompositeAlarm(this, id, {
      compositeAlarmName: alarmName(this, id),
      alarmDescription: description,
      // By name: references between stacks would keep an alarm from being removed.
      alarmRule: AlarmRule.fromString(parts.map((part) => `ALARM("${alarmName(this, part)}")`).join(' OR ')),
      ...(explainedBy && {
        actionsSuppressor: explainedBy,
        actionsSuppressorWaitPeriod: WAIT,
        actionsSuppressorExtensionPeriod: EXTENSION,
      }),
    });
    this.topic.notify(alarm);
    return alarm;
  }
}
