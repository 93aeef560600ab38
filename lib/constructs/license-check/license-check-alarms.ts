import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { AlarmTopic } from '../common/alarm-topic';
import type { ScimFunction } from '../common/scim-function';
import type { LicenseCheckApi } from './license-check-api';
import { ScimAlarm } from '../common/scim-alarm';
import { AccessLogMetrics } from '../monitoring/access-log-metrics';
import { FunctionAlarms } from '../monitoring/function-alarms';
import { rollBackOn } from '../rollout/stack-rollout';

export interface LicenseCheckAlarmsProps {
  readonly licenseCheck: LicenseCheckApi;
  /** The function that issues leases. */
  readonly lease: ScimFunction;
  readonly topic: AlarmTopic;
}

/** The alarms on license checks: server errors and throttled checks. */
export class LicenseCheckAlarms extends Construct {
  public readonly accessLog: AccessLogMetrics;
  public readonly serverErrors: Alarm;
  public readonly throttled: Alarm;
  public readonly ofFunctions: FunctionAlarms;

  public constructor(scope: Construct, id: string, { licenseCheck, lease, topic }: LicenseCheckAlarmsProps) {
    super(scope, id);
    this.accessLog = new AccessLogMetrics(this, 'AccessLog', {
      accessLog: licenseCheck.accessLog,
      names: { serverErrors: 'LicenseCheckServerErrors', throttled: 'LicenseChecksThrottled' },
    });
    this.serverErrors = new ScimAlarm(this, 'LicenseCheckFailing', {
      description: 'More than five license checks in five minutes failed with a 5xx.',
      metric: this.accessLog.serverErrorsOrZero,
      threshold: 5,
    });
    rollBackOn(this.serverErrors);
    this.throttled = new ScimAlarm(this, 'LicenseChecksThrottled', {
      description: 'More than 500 license checks in five minutes were throttled.',
      metric: this.accessLog.throttledOrZero,
      threshold: 500,
      topic,
    });
    this.ofFunctions = new FunctionAlarms(this, 'Functions', {
      name: 'LicenseCheck',
      of: 'license checks',
      functions: { authorizer: licenseCheck.authorizer.handler, check: licenseCheck.handler, lease },
    });
  }
}
