import { Duration, Validations } from 'aws-cdk-lib';
import { FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import { FailureQueue } from '../common/failure-queue';
import { ScimFunction } from '../common/scim-function';
import type { ScimTable } from '../common/scim-table';

export interface SweeperProps {
  readonly table: ScimTable;
}

/**
 * Takes away what deleted groups and domains left behind, driven by the table's stream. Nothing waits for it: readers leave out
 * what is not there any more.
 */
export class Sweeper extends Construct {
  public readonly handler: ScimFunction;
  public readonly failures: FailureQueue;

  public constructor(scope: Construct, id: string, { table }: SweeperProps) {
    super(scope, id);
    this.failures = new FailureQueue(this, 'Failures');
    this.handler = new ScimFunction(this, 'Handler', {
      entry: 'sweep',
      description: 'Takes away what deleted groups and domains left behind',
      // 84,000 memberships at the pace of shared/store/sweep/group-sweep.ts; what is left waits for the next try.
      timeout: Duration.minutes(15),
      memorySize: 256,
    });
    Validations.of(this.handler.role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'The event source lists streams, an action that AWS allows on all of them or none.',
    });
    table.grantSweep(this.handler);
    this.handler.function.addEventSource(
      new DynamoEventSource(table.table, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        batchSize: 10,
        // The groups of a domain share a shard. Two sweeps at once still leave clients a part of the partition of its users.
        parallelizationFactor: 2,
        filters: [GROUP_DELETIONS, DOMAIN_DELETIONS],
        reportBatchItemFailures: true,
        bisectBatchOnError: true,
        // Ten groups of 300,000 members in one batch are 36 tries. A sweep that cannot be swept is given up well before its
        // followers are too old.
        retryAttempts: 50,
        maxRecordAge: Duration.hours(20),
        onFailure: new SqsDlq(this.failures),
      }),
    );
  }
}

/** Page marks of groups have a key that ends alike, but no version. */
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
