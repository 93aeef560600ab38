import { Duration, Validations } from 'aws-cdk-lib';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import type { MailIdentity } from './mail-identity';
import { FailureQueue } from './failure-queue';
import { ScimFunction } from './scim-function';
import type { ScimSecret } from './scim-secret';
import type { ScimTable } from './scim-table';

export interface LicenseChangesProps {
  readonly table: ScimTable;
  /** License keys are derived from it. */
  readonly licenseSecret: ScimSecret;
  readonly mailIdentity: MailIdentity;
}

/** Does what follows from the changes of license items in the table's stream: mails license keys and notices. */
export class LicenseChanges extends Construct {
  public readonly handler: ScimFunction;
  public readonly failures: FailureQueue;

  public constructor(
    scope: Construct,
    id: string,
    { table, licenseSecret, mailIdentity }: LicenseChangesProps,
  ) {
    super(scope, id);
    this.failures = new FailureQueue(this, 'Failures');
    this.handler = new ScimFunction(this, 'Handler', {
      entry: 'license-changes',
      description: 'Mails license keys and notices',
      timeout: Duration.seconds(60),
      memorySize: 512,
      files: [mailIdentity.templatesFile],
    });
    Validations.of(this.handler.role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'The event source lists streams, an action that AWS allows on all of them or none.',
    });
    table.grantMailRecords(this.handler);
    licenseSecret.grantRead(this.handler);
    mailIdentity.grantSend(this.handler);
    this.handler.function.addEventSource(
      new DynamoEventSource(table.table, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        batchSize: 10,
        filters: [CHANGES_OF_LICENSES],
        reportBatchItemFailures: true,
        bisectBatchOnError: true,
        // An outage of SES passes; a record that cannot succeed is told apart by bisection and given up by itself.
        retryAttempts: 100,
        maxRecordAge: Duration.hours(2),
        onFailure: new SqsDlq(this.failures),
      }),
    );
  }
}

/** A license is written and rewritten, never removed; so no removal, by TTL or by hand, is of interest. */
const CHANGES_OF_LICENSES = FilterCriteria.filter({
  eventName: FilterRule.or('INSERT', 'MODIFY'),
  dynamodb: { Keys: { pk: { S: [{ suffix: '#LICENSE' }] } } },
});
