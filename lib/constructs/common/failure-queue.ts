import { Duration, Validations } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { encryptQueue } from '../encryption/encrypt';

export interface FailureQueueProps {
  /** True for the failures of a FIFO queue, which SQS requires. @default false */
  readonly fifo?: boolean;
}

/**
 * A dead-letter queue. For stream records, its messages contain the position in the stream, not the record.
 */
export class FailureQueue extends Queue {
  public constructor(scope: Construct, id: string, { fifo }: FailureQueueProps = {}) {
    super(scope, id, {
      ...(fifo && { fifo }),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    encryptQueue(this);
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'This is itself a dead-letter queue; an alarm watches it.',
    });
  }
}
