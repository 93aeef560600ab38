import { Duration, Validations } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import { FailureQueue } from '../common/failure-queue';
import { ADDRESS_INDEX_REQUEST } from '../../../shared/store/table/keys';
import { ScimFunction } from '../common/scim-function';
import type { ScimTable } from '../common/scim-table';

export interface SweeperProps {
  readonly table: ScimTable;
}

/**
 * The function that removes what deleted groups and domains leave behind, and that indexes the addresses of domains
 * of an earlier version, driven by the table's stream. A schedule removes what requests left over that were in
 * progress. Nothing waits for it, because readers skip the leftovers, and find users by address without the index
 * until then.
 */
export class Sweeper extends Construct {
  public readonly handler: ScimFunction;
  public readonly failures: FailureQueue;

  public constructor(scope: Construct, id: string, { table }: SweeperProps) {
    super(scope, id);
    this.failures = new FailureQueue(this, 'Failures');
    this.handler = new ScimFunction(this, 'Handler', {
      entry: 'sweep',
      description: 'Removes what deleted groups and domains leave behind',
      // Enough for 84,000 memberships at the pace of shared/store/sweep/group-sweep.ts. A retry continues.
      timeout: Duration.minutes(15),
      memorySize: 256,
    });
    Validations.of(this.handler.role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'The event source lists streams, an action that does not support resources.',
    });
    table.grantSweep(this.handler);
    this.handler.function.addEventSource(
      new DynamoEventSource(table.table, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        batchSize: 10,
        // The groups of a domain share a shard. Two concurrent sweeps leave capacity of the users' partition
        // to clients.
        parallelizationFactor: 2,
        filters: [GROUP_DELETIONS, DOMAIN_DELETIONS, ADDRESS_INDEX_REQUESTS],
        reportBatchItemFailures: true,
        bisectBatchOnError: true,
        // Ten groups of 300,000 members in one batch take 36 attempts. A sweep that cannot succeed fails well
        // before the records behind it expire.
        retryAttempts: 50,
        maxRecordAge: Duration.hours(20),
        onFailure: new SqsDlq(this.failures),
      }),
    );
    new Rule(this, 'Leftovers', {
      description: 'Sweeps leftovers of requests that were in progress when their domain was deleted',
      schedule: Schedule.rate(LEFTOVER_INTERVAL),
      // A missed run needs no retry, because the next run does the same.
      targets: [
        new LambdaFunction(this.handler.function, { retryAttempts: 0, maxEventAge: LEFTOVER_INTERVAL }),
      ],
    });
  }
}

const LEFTOVER_INTERVAL = Duration.minutes(15);

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
  eventName: ['INSERT', 'MODIFY'],
  dynamodb: { Keys: { pk: { S: [{ suffix: '#EMAIL' }] }, sk: { S: [ADDRESS_INDEX_REQUEST] } } },
});
