import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { AlarmTopic } from './alarm-topic';
import type { LicenseMailer } from './license-mailer';

export interface LicenseMailAlarmsProps {
  readonly mailer: LicenseMailer;
  readonly topic: AlarmTopic;
}

/** Each has its entry in docs/runbook.md. */
export class LicenseMailAlarms extends Construct {
  /** Mails that nobody will send any more. */
  public readonly failed: Alarm;
  /** Mails that are late. */
  public readonly late: Alarm;

  public constructor(scope: Construct, id: string, { mailer, topic }: LicenseMailAlarmsProps) {
    super(scope, id);
    this.failed = new Alarm(this, 'Failed', {
      alarmDescription: 'License mails were given up. Runbook: "License mails failed".',
      metric: mailer.failures.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(1),
        statistic: 'Maximum',
      }),
      threshold: 0,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    this.late = new Alarm(this, 'Late', {
      alarmDescription: 'License mails are over five minutes late. Runbook: "License mails late".',
      metric: mailer.handler.function.metric('IteratorAge', {
        period: Duration.minutes(1),
        statistic: 'Maximum',
      }),
      threshold: Duration.minutes(5).toMilliseconds(),
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 3,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    for (const alarm of [this.failed, this.late]) topic.notify(alarm);
  }
}
