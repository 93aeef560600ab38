import { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup, type LogGroupProps } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { encryptionKeyOf } from '../encryption/customer-key';
import { operationsOf } from '../stage/operations';

/** A log of this service. It is deleted with its stack. */
export class ServiceLog extends LogGroup {
  public constructor(scope: Construct, id: string, props: Pick<LogGroupProps, 'logGroupName'> = {}) {
    super(scope, id, {
      ...props,
      encryptionKey: encryptionKeyOf(scope),
      retention: operationsOf(scope).logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}
