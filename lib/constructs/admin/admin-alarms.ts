import { Duration } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { API_KEYS_METRIC, MANY_API_KEYS, MAX_API_KEYS } from '../../../shared/admin-limits';
import type { AdminApi } from './admin-api';
import type { AlarmTopic } from '../common/alarm-topic';
import { ScimAlarm } from '../common/scim-alarm';
import { rollBackOn } from '../rollout/stack-rollout';
import type { ScimFunction } from '../common/scim-function';

export interface AdminAlarmsProps {
  readonly adminApi: AdminApi;
  readonly handler: ScimFunction;
  readonly topic: AlarmTopic;
}

/** The alarms on the admin API. */
export class AdminAlarms extends Construct {
  public readonly serverErrors: Alarm;
  public readonly usageKeySweepFailed: Alarm;
  public readonly apiKeysRunningOut: Alarm;

  public constructor(scope: Construct, id: string, { adminApi, handler, topic }: AdminAlarmsProps) {
    super(scope, id);
    this.serverErrors = new ScimAlarm(this, 'AdminApiFailing', {
      description: 'More than five admin API requests in five minutes failed with a 5xx.',
      metric: adminApi.api.metricServerError({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 5,
      topic,
    });
    rollBackOn(this.serverErrors);
    this.usageKeySweepFailed = new ScimAlarm(this, 'UsageKeySweepFailed', {
      description:
        'API keys that interrupted changes of domains left behind could not be deleted for an hour.',
      metric: handler.metric('UsageKeySweepFailed').with({ period: Duration.minutes(15) }),
      evaluationPeriods: 4,
      topic,
    });
    this.apiKeysRunningOut = new ScimAlarm(this, 'ApiKeysRunningOut', {
      description: `More than ${number(MANY_API_KEYS)} of the ${number(MAX_API_KEYS)} API keys of the account and region are in use.`,
      metric: handler.metric(API_KEYS_METRIC).with({ period: Duration.minutes(15), statistic: 'Maximum' }),
      threshold: MANY_API_KEYS,
      topic,
    });
  }
}

const number = (value: number): string => value.toLocaleString('en');
