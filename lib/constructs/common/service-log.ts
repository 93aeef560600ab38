import { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/** A log of this service: kept for three months, and no longer than what writes it. */
export class ServiceLog extends LogGroup {
  public constructor(scope: Construct, id: string) {
    super(scope, id, { retention: RetentionDays.THREE_MONTHS, removalPolicy: RemovalPolicy.DESTROY });
  }
}
