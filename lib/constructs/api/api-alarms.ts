import { Duration } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { ScimAlarm, sumOf } from '../common/scim-alarm';
import type { ScimFunction } from '../common/scim-function';
import { AccessLogMetrics } from '../monitoring/access-log-metrics';
import { FunctionAlarms } from '../monitoring/function-alarms';
import { slowness } from '../monitoring/slowness';
import { rollBackOn } from '../rollout/stack-rollout';
import type { ScimApi } from './scim-api';
import type { ScimAuthorizer } from './scim-authorizer';
import type { ScimFunctions } from './scim-functions';

export interface ApiAlarmsProps {
  readonly scimApi: ScimApi;
  readonly authorizer: ScimAuthorizer;
  readonly functions: ScimFunctions;
  /** The function of the token endpoint. */
  readonly token: ScimFunction;
}

const SECOND_MS = 1_000;

/** The alarms on the SCIM API: failed and slow requests, and requests that were not counted. */
export class ApiAlarms extends Construct {
  public readonly accessLog: AccessLogMetrics;
  public readonly serverErrors: Alarm;
  public readonly slow: Alarm;
  public readonly authorizerSlow: Alarm;
  public readonly rateCounterUnavailable: Alarm;
  /** Its `failing` is the alarm on errors of the functions. */
  public readonly ofFunctions: FunctionAlarms;

  public constructor(
    scope: Construct,
    id: string,
    { scimApi, authorizer, functions, token }: ApiAlarmsProps,
  ) {
    super(scope, id);
    this.accessLog = new AccessLogMetrics(this, 'AccessLog', {
      accessLog: scimApi.accessLog,
      names: { serverErrors: 'ScimServerErrors', throttled: 'ScimThrottled' },
    });
    this.serverErrors = new ScimAlarm(this, 'ApiFailing', {
      description: 'More than five SCIM requests in five minutes failed with a 5xx.',
      metric: this.accessLog.serverErrorsOrZero,
      threshold: 5,
    });
    rollBackOn(this.serverErrors);
    this.slow = new ScimAlarm(this, 'ApiSlow', {
      description: 'For 15 minutes, one in twenty SCIM requests has taken more than five seconds.',
      metric: slowness('Latency', (options) => scimApi.api.deploymentStage.metricLatency(options)),
      threshold: 5 * SECOND_MS,
      evaluationPeriods: 3,
    });
    this.authorizerSlow = new ScimAlarm(this, 'AuthorizerSlow', {
      description: 'For 15 minutes, one in twenty checks of a SCIM key has taken more than a second.',
      metric: slowness('Duration', (options) => authorizer.handler.function.metricDuration(options)),
      threshold: SECOND_MS,
      evaluationPeriods: 3,
    });
    const { users, groups, bulk, search, discovery, readiness, notFound } = functions;
    const handlers = { users, groups, bulk, search, discovery, readiness, notFound };
    this.rateCounterUnavailable = new ScimAlarm(this, 'RateCounterUnavailable', {
      description: 'The rate counter is unavailable. Requests are passed on without being counted.',
      metric: sumOf(
        'RateCounterUnavailable',
        Duration.minutes(5),
        Object.fromEntries(
          Object.entries(handlers).map(([key, fn]) => [key, fn.metric('RateCounterUnavailable')]),
        ),
      ),
    });
    this.ofFunctions = new FunctionAlarms(this, 'Functions', {
      name: 'Api',
      of: 'the SCIM API',
      functions: { authorizer: authorizer.handler, ...handlers, token },
    });
  }
}
