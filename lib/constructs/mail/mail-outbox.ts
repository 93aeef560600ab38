import { Duration, Validations } from 'aws-cdk-lib';
import type { Rule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ENV } from '../../../shared/env';
import { encryptQueue } from '../encryption/encrypt';
import { allowKeyUse } from '../encryption/key-grants';
import type { MailDelivery } from './mail-delivery';
import type { MailIdentity } from './mail-identity';
import { ScimFunction } from '../common/scim-function';
import type { ScimTable } from '../common/scim-table';
import { invokeOnSchedule } from '../common/schedules';
import { grantOutbox } from './mail-grants';

/** A run starts no email that it could not finish within a minute, before the next run. */
const TIMEOUT = Duration.seconds(75);

export interface MailOutboxProps {
  readonly table: ScimTable;
  readonly delivery: MailDelivery;
  readonly mailIdentity: MailIdentity;
}

/**
 * The function that sends due emails from the outbox: every minute, and when a function has emails for it.
 */
export class MailOutbox extends Construct {
  public readonly handler: ScimFunction;
  public readonly rule: Rule;
  /**
   * Each message requests a run. A lost one does no harm, because the schedule requests a run every minute.
   */
  private readonly requests: Queue;

  public constructor(scope: Construct, id: string, { table, delivery, mailIdentity }: MailOutboxProps) {
    super(scope, id);
    this.handler = new ScimFunction(this, 'Handler', {
      entry: 'mail-outbox',
      description: 'Sends due emails from the outbox',
      timeout: TIMEOUT,
      memorySize: 512,
      files: [...delivery.files],
    });
    delivery.grant(this.handler);
    grantOutbox(table, this.handler);
    mailIdentity.grantSendQuota(this.handler);
    this.requests = new Queue(this, 'Requests', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: TIMEOUT,
      retentionPeriod: Duration.minutes(5),
    });
    Validations.of(this.requests).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'The schedule does every minute what a message asks for.',
    });
    encryptQueue(this.requests);
    allowKeyUse(this.handler, 'receive');
    // One run sends at a time. A second one only tells it that there is more to send.
    this.handler.addEventSource(new SqsEventSource(this.requests, { maxConcurrency: 2 }));
    this.grantWake(this.handler);
    [this.rule] = invokeOnSchedule(this, this.handler, [
      {
        id: 'EveryMinute',
        description: 'Sends the license emails that are due',
        interval: Duration.minutes(1),
      },
    ]);
  }

  /** Allows the function to request a run. */
  public grantWake(fn: ScimFunction): void {
    fn.grant(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.requests.queueArn] }), {
      [ENV.outboxQueueUrl]: this.requests.queueUrl,
    });
    allowKeyUse(fn, 'send');
  }
}
