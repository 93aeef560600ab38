import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ENV } from '../../../shared/env';
import { FailureQueue } from '../common/failure-queue';
import { allowKeyUse } from '../encryption/key-grants';
import type { MailIdentity } from './mail-identity';
import type { ScimFunction } from '../common/scim-function';
import type { ScimSecret } from '../common/scim-secret';
import type { MailBudgetLimits } from '../../../shared/limits/mail-budget';
import type { ScimTable } from '../common/scim-table';
import { grantMailBudget, grantMailDelivery, grantSuppressedAddresses } from './mail-grants';

export interface MailDeliveryProps {
  readonly table: ScimTable;
  /** The secret from which license keys are derived. */
  readonly licenseSecret: ScimSecret;
  readonly mailIdentity: MailIdentity;
  /** The retention of license histories, in days. */
  readonly auditRetentionDays: number;
  /** The limits on the emails of a domain that has none of its own. */
  readonly mailBudget: MailBudgetLimits;
}

/**
 * Everything that a function needs to send license emails, and the queue of emails that failed after all
 * retries.
 */
export class MailDelivery extends Construct {
  public readonly failures: FailureQueue;
  /** The files that must lie next to the bundle of a function that sends emails. */
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
    const { table, licenseSecret, mailIdentity, auditRetentionDays, mailBudget } = this.props;
    grantMailDelivery(table, fn);
    grantSuppressedAddresses(table, fn);
    grantMailBudget(table, fn);
    licenseSecret.grantRead(fn);
    mailIdentity.grantSend(fn);
    fn.grant(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.failures.queueArn] }), {
      [ENV.mailFailuresQueueUrl]: this.failures.queueUrl,
    });
    allowKeyUse(fn, 'send');
    fn.addEnvironment({
      [ENV.auditRetentionDays]: String(auditRetentionDays),
      [ENV.mailBudget]: JSON.stringify(mailBudget),
    });
  }
}
