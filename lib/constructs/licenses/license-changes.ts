import { Duration, Validations } from 'aws-cdk-lib';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import { FailureQueue } from '../common/failure-queue';
import type { MailDelivery } from '../mail/mail-delivery';
import { ScimFunction } from '../common/scim-function';
import type { ScimTable } from '../common/scim-table';
import { allowKeyUse } from '../encryption/key-grants';
import { grantHistories } from '../mail/mail-grants';

export interface LicenseChangesProps {
  readonly table: ScimTable;
  readonly delivery: MailDelivery;
}

/**
 * The function on license changes in the table's stream. It writes histories, and sends keys and notices by
 * email.
 */
export class LicenseChanges extends Construct {
  public readonly handler: ScimFunction;
  public readonly failures: FailureQueue;

  public constructor(scope: Construct, id: string, { table, delivery }: LicenseChangesProps) {
    super(scope, id);
    this.failures = new FailureQueue(this, 'Failures');
    this.handler = new ScimFunction(this, 'Handler', {
      entry: 'license-changes',
      description: 'Writes license histories, and sends license emails',
      timeout: Duration.seconds(60),
      memorySize: 512,
      files: [...delivery.files],
    });
    Validations.of(this.handler.role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'The event source lists streams, an action that does not support resources.',
    });
    delivery.grant(this.handler);
    grantHistories(table, this.handler);
    allowKeyUse(this.handler, 'send');
    this.handler.addEventSource(
      new DynamoEventSource(table.table, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        batchSize: 100,
        // The licenses of a domain share a partition key, and so their order is kept. Other domains have
        // other lanes.
        parallelizationFactor: 10,
        filters: [LICENSE_WRITES],
        reportBatchItemFailures: true,
        bisectBatchOnError: true,
        // Bisection isolates a record that can never succeed.
        retryAttempts: 100,
        // The stream keeps records for 24 hours. A backlog of an import is no reason to give up earlier.
        maxRecordAge: Duration.hours(23),
        onFailure: new SqsDlq(this.failures),
      }),
    );
  }
}

/** Matches writes of licenses. The service never removes a license, so it ignores removals. */
const LICENSE_WRITES = FilterCriteria.filter({
  eventName: FilterRule.or('INSERT', 'MODIFY'),
  dynamodb: { Keys: { pk: { S: [{ suffix: '#LICENSE' }] } } },
});
