import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ENV } from '../../../shared/env';
import { FailureQueue } from '../common/failure-queue';
import type { MailIdentity } from './mail-identity';
import type { ScimFunction } from '../common/scim-function';
import type { ScimSecret } from '../common/scim-secret';
import type { ScimTable } from '../common/scim-table';

export interface MailDeliveryProps {
  readonly table: ScimTable;
  /** License keys are derived from it. */
  readonly licenseSecret: ScimSecret;
  readonly mailIdentity: MailIdentity;
  /** How long the histories of licenses are kept. */
  readonly auditRetentionDays: number;
}

/** All that a function needs to send license mails, and the queue of those that nobody tries to send any more. */
export class MailDelivery extends Construct {
  public readonly failures: FailureQueue;
  /** Files that have to lie beside the bundle of such a function. */
  public readonly files: readonly string[];

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: MailDeliveryProps,
  ) {
    super(scope, id);
    this.failures = new FailureQueue(this, 'MailFailures');
    this.files = [props.mailIdentity.templatesFile];
  }

  public grant(fn: ScimFunction): void {
    const { table, licenseSecret, mailIdentity, auditRetentionDays } = this.props;
    table.grantMailDelivery(fn);
    table.grantSuppressedAddresses(fn);
    licenseSecret.grantRead(fn);
    mailIdentity.grantSend(fn);
    fn.grant(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.failures.queueArn] }), {
      [ENV.mailFailuresQueueUrl]: this.failures.queueUrl,
    });
    fn.addEnvironment({ [ENV.auditRetentionDays]: String(auditRetentionDays) });
  }
}
