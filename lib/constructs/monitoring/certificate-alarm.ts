import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { AlarmTopic } from '../common/alarm-topic';
import { ScimAlarm } from '../common/scim-alarm';

/** ACM renews its own certificates 60 days before they expire, so later the renewal has failed. */
const MIN_DAYS = 30;

export interface CertificateAlarmProps {
  readonly certificateArn: string;
  readonly topic: AlarmTopic;
}

/** An alarm on a certificate that expires soon, because nobody has renewed it. */
export class CertificateAlarm extends ScimAlarm {
  public constructor(scope: Construct, id: string, { certificateArn, topic }: CertificateAlarmProps) {
    super(scope, id, {
      description: `A certificate expires in less than ${MIN_DAYS} days.`,
      metric: new Metric({
        namespace: 'AWS/CertificateManager',
        metricName: 'DaysToExpiry',
        dimensionsMap: { CertificateArn: certificateArn },
        period: Duration.days(1),
        statistic: 'Minimum',
      }),
      threshold: MIN_DAYS,
      below: true,
      topic,
    });
  }
}
