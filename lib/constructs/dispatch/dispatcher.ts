import { Duration, Validations } from 'aws-cdk-lib';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import type { FailureQueue } from '../common/failure-queue';
import { ScimFunction } from '../common/scim-function';
import type { ScimTable } from '../common/scim-table';
import { allowKeyUse } from '../encryption/key-grants';
import { grantConsumerList } from './consumer-grants';
import { STREAM_FILTERS } from './stream-filters';
import type { WorkQueue } from './work-queue';

export interface DispatcherProps {
  readonly table: ScimTable;
  /** The queues of all kinds of work. */
  readonly queues: readonly WorkQueue[];
  /** The queue of records that could not be dispatched. */
  readonly failures: FailureQueue;
}

/**
 * The second reader of the table's stream, besides license-changes. A stream has at most two, so this one
 * distributes the records to the queues of all other functions.
 */
export class Dispatcher extends Construct {
  public readonly handler: ScimFunction;

  public constructor(scope: Construct, id: string, { table, queues, failures }: DispatcherProps) {
    super(scope, id);
    this.handler = new ScimFunction(this, 'Handler', {
      entry: 'dispatch',
      description: "Distributes the records of the table's stream to the queues of other functions",
      timeout: Duration.seconds(30),
      memorySize: 256,
    });
    Validations.of(this.handler.role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'The event source lists streams, an action that does not support resources.',
    });
    for (const queue of queues) queue.grantSend(this.handler);
    grantConsumerList(table, this.handler);
    // The stream is encrypted like the table.
    allowKeyUse(this.handler, 'table');
    allowKeyUse(this.handler, 'send');
    this.handler.addEventSource(
      new DynamoEventSource(table.table, {
        // A new mapping starts with the records of the last 24 hours, so no work is lost when it replaces
        // another one.
        startingPosition: StartingPosition.TRIM_HORIZON,
        batchSize: 100,
        // The records of other domains do not wait for those of a domain that deletes thousands of groups.
        parallelizationFactor: 10,
        filters: STREAM_FILTERS,
        reportBatchItemFailures: true,
        bisectBatchOnError: true,
        retryAttempts: 1_000,
        maxRecordAge: Duration.hours(20),
        onFailure: new SqsDlq(failures),
      }),
    );
  }
}
