import { Duration } from 'aws-cdk-lib';
import { type Alarm, type IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { AlarmTopic } from '../common/alarm-topic';
import { ScimAlarm } from '../common/scim-alarm';
import { rollBackOn } from '../rollout/stack-rollout';
import type { ScimApi } from './scim-api';
import type { ScimFunctions } from './scim-functions';

export interface ApiAlarmsProps {
  readonly scimApi: ScimApi;
  readonly functions: ScimFunctions;
  readonly topic: AlarmTopic;
}

/** The alarms on the SCIM API: server errors, and requests that were not counted. */
export class ApiAlarms extends Construct {
  public readonly serverErrors: Alarm;
  public readonly rateCounterUnavailable: Alarm;

  public constructor(scope: Construct, id: string, { scimApi, functions, topic }: ApiAlarmsProps) {
    super(scope, id);
    this.serverErrors = new ScimAlarm(this, 'ApiFailing', {
      description: 'More than five SCIM requests in five minutes failed with a 5xx.',
      metric: scimApi.api.metricServerError({ period: Duration.minutes(5), statistic: 'Sum' }),
      threshold: 5,
      topic,
    });
    rollBackOn(this.serverErrors);
    this.rateCounterUnavailable = new ScimAlarm(this, 'RateCounterUnavailable', {
      description: 'The rate counter is unavailable. Requests are passed on without being counted.',
      metric: sumAcrossFunctions('RateCounterUnavailable', functions),
      topic,
    });
  }
}

/** Sums a metric over all functions. FILL is needed because a function has no data until it first counts. */
function sumAcrossFunctions(name: string, functions: ScimFunctions): IMetric {
  const { users, groups, bulk, search, discovery, readiness, notFound } = functions;
  const metrics = Object.entries({ users, groups, bulk, search, discovery, readiness, notFound });
  return new MathExpression({
    label: name,
    period: Duration.minutes(5),
    expression: metrics.map(([id]) => `FILL(${id}, 0)`).join(' + '),
    usingMetrics: Object.fromEntries(metrics.map(([id, fn]) => [id, fn.metric(name)])),
  });
}
