import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { EmailSendingEvent, EventDestination } from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { ENV } from '../../../shared/env';
import { FailureQueue } from '../common/failure-queue';
import { encryptionKeyOf } from '../encryption/customer-key';
import { encryptTopic } from '../encryption/encrypt';
import { allowKeyUse } from '../encryption/key-grants';
import type { MailIdentity } from './mail-identity';
import { ScimFunction } from '../common/scim-function';
import type { ScimTable } from '../common/scim-table';
import { grantMailEvents } from './mail-grants';

export interface MailEventsProps {
  readonly table: ScimTable;
  readonly mailIdentity: MailIdentity;
  /** The number of days for which the entries of license histories are kept. */
  readonly auditRetentionDays: number;
}

/** The delivery events of SES (bounces, complaints, deliveries): configuration set → topic → function. */
export class MailEvents extends Construct {
  public readonly topic: Topic;
  public readonly handler: ScimFunction;
  /** The queue of events that failed after all retries. */
  public readonly failures: FailureQueue;

  public constructor(
    scope: Construct,
    id: string,
    { table, mailIdentity, auditRetentionDays }: MailEventsProps,
  ) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', {
      displayName: 'Events of license emails from SES',
      // The key of the stage replaces this one, if there is one.
      masterKey: encryptionKeyOf(this) ? undefined : this.createTopicKey(),
      enforceSSL: true,
    });
    encryptTopic(this.topic);
    this.failures = new FailureQueue(this, 'Failures');
    this.handler = new ScimFunction(this, 'Handler', {
      entry: 'mail-events',
      description: 'Records bounces, complaints and deliveries of emails',
      timeout: Duration.seconds(30),
      memorySize: 512,
    });
    this.handler.addEnvironment({ [ENV.auditRetentionDays]: String(auditRetentionDays) });
    grantMailEvents(table, this.handler);
    allowKeyUse(this.handler, 'send');
    // Both deliveries can fail permanently: from the topic to Lambda, and from Lambda to the function.
    this.handler.target.configureAsyncInvoke({
      retryAttempts: 2,
      maxEventAge: Duration.hours(6),
      onFailure: new SqsDestination(this.failures),
    });
    const subscription = this.topic.addSubscription(
      new LambdaSubscription(this.handler.target, { deadLetterQueue: this.failures }),
    );
    // The reference to an alias is its ARN, which the check does not know.
    Validations.of(subscription).acknowledge({
      id: 'CloudFormation-Validate::W3694',
      reason: 'The endpoint is a function or its alias.',
    });
    mailIdentity.configurationSet.addEventDestination('Events', {
      destination: EventDestination.snsTopic(this.topic),
      events: [
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.DELIVERY,
        EmailSendingEvent.REJECT,
      ],
    });
  }

  /**
   * Creates a key for the topic, because SES cannot publish to a topic with an AWS managed key. The topic's
   * policy decides who can publish. Nothing is stored under the key, so it is deleted with its stack.
   */
  private createTopicKey(): Key {
    const key = new Key(this, 'Key', {
      description: 'Key of the topic with the SES events of license emails',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    key.addToResourcePolicy(
      new PolicyStatement({
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        principals: [new ServicePrincipal('ses.amazonaws.com')],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    return key;
  }
}
