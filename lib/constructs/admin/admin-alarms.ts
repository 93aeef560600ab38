import { Duration } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { API_KEYS_METRIC, MANY_API_KEYS, MAX_API_KEYS } from '../../../shared/limits/admin-limits';
import type { AdminApi } from './admin-api';
import type { AlarmTopic } from '../common/alarm-topic';
import { ScimAlarm } from '../common/scim-alarm';
import { rollBackOn } from '../rollout/stack-rollout';
import type { ScimFunction } from '../common/scim-function';
import { AccessLogMetrics } from '../monitoring/access-log-metrics';
import { FunctionAlarms } from '../monitoring/function-alarms';
import { slowness } from '../monitoring/slowness';

export interface AdminAlarmsProps {
  readonly adminApi: AdminApi;
  readonly authorizer: ScimFunction;
  readonly handler: ScimFunction;
  /** The function for users. */
  readonly users: ScimFunction;
  readonly topic: AlarmTopic;
}

/** The alarms on the admin API. */
export class AdminAlarms extends Construct {
  public readonly accessLog: AccessLogMetrics;
  public readonly serverErrors: Alarm;
  public readonly slow: Alarm;
  public readonly usageKeySweepFailed: Alarm;
  public readonly accountCheckFailed: Alarm;
  public readonly ofFunctions: FunctionAlarms;
  public readonly apiKeysRunningOut: Alarm;

  public constructor(
    scope: Construct,
    id: string,
    { adminApi, authorizer, handler, users, topic }: AdminAlarmsProps,
  ) {
    super(scope, id);
    this.accessLog = new AccessLogMetrics(this, 'AccessLog', {
      accessLog: adminApi.accessLog,
      names: { serverErrors: 'AdminServerErrors', throttled: 'AdminThrottled' },
    });
    this.serverErrors = new ScimAlarm(this, 'AdminApiFailing', {
      description: 'More than five admin API requests in five minutes failed with a 5xx.',
      metric: this.accessLog.serverErrorsOrZero,
      threshold: 5,
    });
    this.slow = new ScimAlarm(this, 'AdminApiSlow', {
      description: 'For 15 minutes, one in twenty admin API requests has taken more than five seconds.',
      metric: slowness('Latency', (options) => adminApi.api.deploymentStage.metricLatency(options)),
      threshold: 5_000,
      evaluationPeriods: 3,
    });
    rollBackOn(this.serverErrors);
    this.usageKeySweepFailed = new ScimAlarm(this, 'UsageKeySweepFailed', {
      description:
        'API keys that interrupted changes of domains left behind could not be deleted for an hour.',
      metric: handler.metric('UsageKeySweepFailed').with({ period: Duration.minutes(15) }),
      evaluationPeriods: 4,
    });
    this.accountCheckFailed = new ScimAlarm(this, 'AccountCheckFailed', {
      description: 'Accounts of former administrators could not be deleted for an hour.',
      metric: handler.metric('AccountCheckFailed').with({ period: Duration.minutes(15) }),
      evaluationPeriods: 4,
      // It is not part of an area: version 0.1.0, which does not have it, can be deployed again.
      topic,
    });
    this.ofFunctions = new FunctionAlarms(this, 'Functions', {
      name: 'Admin',
      of: 'the admin API',
      functions: { authorizer, handler, users },
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
