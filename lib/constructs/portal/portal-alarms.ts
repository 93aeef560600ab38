import { Duration } from 'aws-cdk-lib';
import { type Alarm, type IAlarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { AlarmTopic } from '../common/alarm-topic';
import { ScimAlarm } from '../common/scim-alarm';
import { CertificateAlarm } from '../monitoring/certificate-alarm';
import { RootAlarm } from '../monitoring/root-alarm';
import type { IDistribution } from 'aws-cdk-lib/aws-cloudfront';

export interface PortalAlarmsProps {
  /** The distribution of the portal. */
  readonly distribution: IDistribution;
  /** The certificate of the custom domain. @default none */
  readonly certificateArn?: string;
  /** The alarm on the admin API, which the portal passes on. */
  readonly adminApiFailing: IAlarm;
  readonly topic: AlarmTopic;
}

/**
 * The region that has the metrics of CloudFront and of its certificates. An alarm cannot use those of another
 * region.
 */
export const CLOUDFRONT_REGION = 'us-east-1';

/**
 * The alarms on the portal. Create them only in a stack of `CLOUDFRONT_REGION`. The alarm that notifies is
 * here, and not in the monitoring stack, because a stage can add and remove its portal.
 */
export class PortalAlarms extends Construct {
  public readonly failing: Alarm;

  public constructor(
    scope: Construct,
    id: string,
    { distribution, certificateArn, adminApiFailing, topic }: PortalAlarmsProps,
  ) {
    super(scope, id);
    this.failing = new ScimAlarm(this, 'PortalFailing', {
      description:
        'For ten minutes, CloudFront has answered more than 5% of the requests to the portal with a 5xx.',
      metric: new Metric({
        namespace: 'AWS/CloudFront',
        metricName: '5xxErrorRate',
        dimensionsMap: { DistributionId: distribution.distributionId, Region: 'Global' },
        period: Duration.minutes(5),
        statistic: 'Average',
      }),
      threshold: 5,
      evaluationPeriods: 2,
    });
    const degraded = new RootAlarm(this, 'PortalDegraded', {
      description: 'CloudFront fails to serve the portal, although the admin API behind it works.',
      parts: ['PortalFailing'],
      explainedBy: adminApiFailing,
      topic,
    });
    // CloudWatch creates the composite alarm only after its part, and deletes the part only after the
    // composite alarm.
    degraded.node.addDependency(this.failing);
    if (certificateArn) new CertificateAlarm(this, 'PortalCertificateExpires', { certificateArn, topic });
  }
}
