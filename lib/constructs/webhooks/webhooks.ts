import { CrossStackReferences, Duration, ReferenceStrength } from 'aws-cdk-lib';
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ENV } from '../../../shared/env';
import type { Config } from '../../config';
import { FailureQueue } from '../common/failure-queue';
import { ScimFunction } from '../common/scim-function';
import type { ScimSecret } from '../common/scim-secret';
import type { ScimTable } from '../common/scim-table';
import { invokeOnSchedule } from '../common/schedules';
import type { ScimEventBus } from '../events/event-bus';
import { encryptQueue } from '../encryption/encrypt';
import { allowKeyUse } from '../encryption/key-grants';
import { grantWebhookAdministration, grantWebhookDelivery } from './webhook-grants';

/** A turn of 20 seconds, and the last attempt in it. */
const TIMEOUT = Duration.seconds(60);
const VISIBILITY_TIMEOUT = Duration.seconds(70);

/** The endpoints to which the function delivers at the same time. */
const CONCURRENCY = { fast: 20, slow: 10 } as const;

export interface WebhooksProps {
  readonly table: ScimTable;
  readonly webhookSecret: ScimSecret;
  /** The bus of subscriptions of the kind `eventBridge`. @default - the deployment does not have the kind */
  readonly eventBus?: ScimEventBus;
  readonly config: Pick<Config, 'webhookOrigins'>;
}

/**
 * The function that delivers events to webhooks and to the event bus. Endpoints that are slow or fail have a
 * queue of their own, so that they take no concurrency from the others.
 */
export class Webhooks extends Construct {
  public readonly handler: ScimFunction;
  /** The queue of messages that failed after all deliveries. */
  public readonly failures: FailureQueue;
  private readonly queues: Readonly<Record<keyof typeof CONCURRENCY, Queue>>;

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: WebhooksProps,
  ) {
    super(scope, id);
    this.handler = new ScimFunction(this, 'Handler', {
      entry: 'webhooks',
      description: 'Delivers events to webhooks',
      timeout: TIMEOUT,
      memorySize: 256,
    });
    grantWebhookDelivery(props.table, this.handler);
    this.grantSigning(this.handler);
    props.eventBus?.grantSend(this.handler);
    this.failures = new FailureQueue(this, 'Failures');
    CrossStackReferences.of(this.failures).produce(ReferenceStrength.WEAK);
    this.queues = { fast: this.addQueue('Fast', 'fast'), slow: this.addQueue('Slow', 'slow') };
    allowKeyUse(this.handler, 'receive');
    this.grantSend(this.handler);
    invokeOnSchedule(this, this.handler, [
      {
        id: 'EveryMinute',
        description: 'Tries the webhooks whose next attempt is due',
        interval: Duration.minutes(1),
      },
    ]);
  }

  /** Returns the metric of the seconds for which the oldest work for endpoints that work has been waiting. */
  public metricAgeOfOldestMessage(options: MetricOptions): Metric {
    return this.queues.fast.metricApproximateAgeOfOldestMessage(options);
  }

  /** Allows the function to do what administrators do with webhooks. It may already read the whole table. */
  public grantAdministration(fn: ScimFunction): void {
    grantWebhookAdministration(this.props.table, fn);
    this.grantSigning(fn);
    this.props.eventBus?.grantSend(fn);
    this.grantSend(fn);
  }

  /** Allows the function to sign events, and to send them to the endpoints that the settings permit. */
  private grantSigning(fn: ScimFunction): void {
    const { webhookSecret, config } = this.props;
    webhookSecret.grantRead(fn);
    fn.addEnvironment({ [ENV.webhookOrigins]: JSON.stringify(config.webhookOrigins) });
  }

  /** Allows the function to request deliveries. */
  public grantSend(fn: ScimFunction): void {
    const { fast, slow } = this.queues;
    fn.grant(
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [fast.queueArn, slow.queueArn] }),
      { [ENV.webhookQueueUrl]: fast.queueUrl, [ENV.slowWebhookQueueUrl]: slow.queueUrl },
    );
    allowKeyUse(fn, 'send');
  }

  private addQueue(id: string, lane: keyof typeof CONCURRENCY): Queue {
    const queue = new Queue(this, id, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: VISIBILITY_TIMEOUT,
      retentionPeriod: Duration.days(14),
      // A message that fails each time is tried for about an hour. The schedule requests parked webhooks
      // again.
      deadLetterQueue: { queue: this.failures, maxReceiveCount: 60 },
    });
    encryptQueue(queue);
    // So that a stage can go back to a version without webhooks.
    CrossStackReferences.of(queue).produce(ReferenceStrength.WEAK);
    this.handler.addEventSource(
      new SqsEventSource(queue, {
        // A batch can contain several webhooks, and then one would wait for another.
        batchSize: 1,
        maxConcurrency: CONCURRENCY[lane],
        reportBatchItemFailures: true,
      }),
    );
    return queue;
  }
}
