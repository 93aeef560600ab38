import { Duration, Validations } from 'aws-cdk-lib';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import { ADDRESS_INDEX_REQUEST, SEATS, TOMBSTONE } from '../../../shared/store/table/keys';
import type { FailureQueue } from '../common/failure-queue';
import { ScimFunction } from '../common/scim-function';
import type { ScimTable } from '../common/scim-table';
import { allowKeyUse } from '../encryption/key-grants';
import type { WorkQueue } from './work-queue';

export interface DispatcherProps {
  readonly table: ScimTable;
  /** The queues of all kinds of work. */
  readonly queues: readonly WorkQueue[];
  /** The queue of records that could not be dispatched. */
  readonly failures: FailureQueue;
}

/**
 * The second reader of the table's stream, besides license-changes. A stream has at most two, so this one distributes
 * the records to the queues of all other functions.
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
    // The stream is encrypted like the table.
    allowKeyUse(this.handler, 'table');
    allowKeyUse(this.handler, 'send');
    this.handler.addEventSource(
      new DynamoEventSource(table.table, {
        // A new mapping starts with the records of the last 24 hours, so no work is lost when it replaces another one.
        startingPosition: StartingPosition.TRIM_HORIZON,
        batchSize: 100,
        // The records of other domains do not wait for those of a domain that deletes thousands of groups.
        parallelizationFactor: 10,
        filters: FILTERS,
        reportBatchItemFailures: true,
        bisectBatchOnError: true,
        retryAttempts: 1_000,
        maxRecordAge: Duration.hours(20),
        onFailure: new SqsDlq(failures),
      }),
    );
  }
}

/** Matches deletions of groups. Page marks of groups have a key with the same suffix, but no version. */
const GROUP_DELETIONS = FilterCriteria.filter({
  eventName: ['REMOVE'],
  dynamodb: {
    Keys: { pk: { S: [{ suffix: '#GROUP' }] } },
    OldImage: { version: { N: [{ exists: true }] } },
  },
});

const DOMAIN_DELETIONS = FilterCriteria.filter({
  eventName: ['REMOVE'],
  dynamodb: { Keys: { pk: { S: [{ prefix: 'DOMAIN#' }] }, sk: { S: ['DOMAIN'] } } },
});

const ADDRESS_INDEX_REQUESTS = FilterCriteria.filter({
  eventName: FilterRule.or('INSERT', 'MODIFY'),
  dynamodb: { Keys: { pk: { S: [{ suffix: '#EMAIL' }] }, sk: { S: [ADDRESS_INDEX_REQUEST] } } },
});

/** Matches licenses that have ended, or that wait for a seat. */
const LICENSES_WITHOUT_SEAT = FilterCriteria.filter({
  eventName: FilterRule.or('INSERT', 'MODIFY'),
  dynamodb: {
    Keys: { pk: { S: [{ suffix: '#LICENSE' }] } },
    NewImage: { status: { S: FilterRule.or('inactive', 'pending') } },
  },
});

/** Matches changed seats, and counts that functions of a previous version change during a deployment. */
const SEATS_WRITES = FilterCriteria.filter({
  eventName: FilterRule.or('INSERT', 'MODIFY'),
  dynamodb: { Keys: { sk: { S: FilterRule.or(SEATS, TOMBSTONE) } } },
});

/** By default, AWS allows five filters. */
const FILTERS = [
  ...[GROUP_DELETIONS, DOMAIN_DELETIONS, ADDRESS_INDEX_REQUESTS],
  ...[LICENSES_WITHOUT_SEAT, SEATS_WRITES],
];
