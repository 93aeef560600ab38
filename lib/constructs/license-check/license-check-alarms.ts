import { Duration } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { METRICS_NAMESPACE } from '../../../shared/env';
import type { AlarmTopic } from '../common/alarm-topic';
import type { LicenseCheckApi } from './license-check-api';
import { ScimAlarm } from '../common/scim-alarm';
import { rollBackOn } from '../rollout/stack-rollout';
import { pathInStage } from '../stage/stage';

export interface LicenseCheckAlarmsProps {
  readonly licenseCheck: LicenseCheckApi;
  readonly topic: AlarmTopic;
}

/** The alarms on license checks: server errors and throttled checks. */
export class LicenseCheckAlarms extends Construct {
  public readonly serverErrors: Alarm;
  public readonly throttled: Alarm;

  public constructor(scope: Construct, id: string, { licenseCheck, topic }: LicenseCheckAlarmsProps) {
    super(scope, id);
    this.serverErrors = new ScimAlarm(this, 'LicenseCheckFailing', {
      description: 'More than five license checks in five minutes failed with a 5xx.',
      metric: licenseCheck.api.metricServerError({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 5,
      topic,
    });
    rollBackOn(this.serverErrors);
    // API Gateway has one metric for all 4xx, so count 429 in the access log.
    const throttledChecks = new MetricFilter(this, 'Throttled', {
      logGroup: licenseCheck.accessLog,
      filterPattern: FilterPattern.stringValue('$.status', '=', '429'),
      metricNamespace: pathInStage(this, METRICS_NAMESPACE),
      metricName: 'LicenseChecksThrottled',
    });
    this.throttled = new ScimAlarm(this, 'LicenseChecksThrottled', {
      description: 'More than 500 license checks in five minutes were throttled.',
      metric: throttledChecks.metric({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 500,
      topic,
    });
  }
}
