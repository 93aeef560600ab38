import { Duration, Validations } from 'aws-cdk-lib';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import { COUNTS } from '../../../shared/store/table/keys';
import { FailureQueue } from '../common/failure-queue';
import type { MailDelivery } from '../mail/mail-delivery';
import { ScimFunction } from '../common/scim-function';
import type { ScimTable } from '../common/scim-table';

export interface LicenseChangesProps {
  readonly table: ScimTable;
  readonly delivery: MailDelivery;
}

/**
 * Does what follows from the changes of license items in the table's stream: writes their histories, mails keys and notices; and gives
 * seats that became free to those who wait.
 */
export class LicenseChanges extends Construct {
  public readonly handler: ScimFunction;
  public readonly failures: FailureQueue;

  public constructor(scope: Construct, id: string, { table, delivery }: LicenseChangesProps) {
    super(scope, id);
    this.failures = new FailureQueue(this, 'Failures');
    this.handler = new ScimFunction(this, 'Handler', {
      entry: 'license-changes',
      description: 'Mails license keys and notices, and gives free seats',
      timeout: Duration.seconds(60),
      memorySize: 512,
      files: [...delivery.files],
    });
    Validations.of(this.handler.role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'The event source lists streams, an action that AWS allows on all of them or none.',
    });
    delivery.grant(this.handler);
    table.grantPromotion(this.handler);
    this.handler.function.addEventSource(
      new DynamoEventSource(table.table, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        batchSize: 10,
        filters: [LICENSE_WRITES, COUNTS_WITH_PENDING_LICENSES],
        reportBatchItemFailures: true,
        bisectBatchOnError: true,
        // An outage passes; a record that cannot succeed is told apart by bisection and given up by itself.
        retryAttempts: 100,
        maxRecordAge: Duration.hours(2),
        onFailure: new SqsDlq(this.failures),
      }),
    );
  }
}

/** A license is written and rewritten, never removed; so no removal, by TTL or by hand, is of interest. */
const LICENSE_WRITES = FilterCriteria.filter({
  eventName: FilterRule.or('INSERT', 'MODIFY'),
  dynamodb: { Keys: { pk: { S: [{ suffix: '#LICENSE' }] } } },
});

/** A seat may have become free for somebody who waits. DynamoDB writes numbers as text. */
const COUNTS_WITH_PENDING_LICENSES = FilterCriteria.filter({
  eventName: FilterRule.or('INSERT', 'MODIFY'),
  dynamodb: {
    Keys: { sk: { S: [COUNTS] } },
    NewImage: { pendingLicenses: { N: FilterRule.notEquals('0') } },
  },
});
