import type { Context, ScheduledEvent, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { ENV, requireEnv } from '../shared/env';
import { errorFields } from '../shared/logging/error-fields';
import { MessageQueue } from '../shared/queue/message-queue';
import { processWork } from '../shared/service/dispatch/work-messages';
import { parseWebhookMessage, type WebhookMessage } from '../shared/service/webhooks/webhook-lanes';
import {
  deliverWebhooks,
  wakeParked,
  type WebhookWorkParts,
} from '../shared/service/webhook-delivery/webhook-work';
import { openWebhookWork } from '../shared/service/webhook-delivery/open-webhook-work';
import type { FeedEvent } from '../shared/service/webhook-delivery/event-feed';
import type { DeliveryAttempt } from '../shared/store/webhooks/delivery-log';
import type { SkippedEvents } from '../shared/store/webhooks/webhook-progress';
import type { SubscriptionRef } from '../shared/store/webhooks/webhook-keys';
import { openTable } from '../shared/store/table/table';
import { addMetric, logger, withTelemetry } from '../shared/logging/telemetry';

/** A webhook with a backlog has a turn of this time. Then other webhooks have theirs. */
const TURN_MS = 20_000;
const FIRST_RETRY_SECONDS = 1;
/** The visibility timeout of the queues (lib/constructs/webhooks/webhooks.ts). */
const LONGEST_RETRY_SECONDS = 70;

const now = (): Date => new Date();

let parts: WebhookWorkParts | undefined;

/**
 * Delivers events to the endpoints of webhooks. Two queues deliver the webhooks that have something to
 * deliver, and a schedule those whose next attempt is due.
 */
export async function handler(
  event: SQSEvent | ScheduledEvent,
  context: Context,
): Promise<SQSBatchResponse | undefined> {
  return withTelemetry(context, event, async () => {
    parts ??= openWebhookWork(openTable(), {
      now,
      onAttempt: logAttempt,
      onDeadLetter: logDeadLetter,
      onSkipped: logSkipped,
    });
    return 'Records' in event ? deliver(event, context, parts) : wake(parts);
  });
}

function deliver({ Records }: SQSEvent, context: Context, work: WebhookWorkParts): Promise<SQSBatchResponse> {
  const start = now().getTime();
  return processWork<WebhookMessage>(Records, {
    parse: parseWebhookMessage,
    run: (message, _, isRepeated) =>
      deliverWebhooks(message, { isRepeated, isTimeUp: () => now().getTime() - start >= TURN_MS }, work),
    remainingMs: () => context.getRemainingTimeInMillis(),
    reserveMs: 0,
    continueLater: (message) => work.lanes.send(message),
    retryAfter: ({ receiptHandle, eventSourceARN }, seconds) => hide(eventSourceARN, receiptHandle, seconds),
    firstRetrySeconds: FIRST_RETRY_SECONDS,
    longestRetrySeconds: LONGEST_RETRY_SECONDS,
    onError: logError,
  });
}

/** Lets a failed message reappear in its queue after a time. */
async function hide(queueArn: string, receiptHandle: string, seconds: number): Promise<void> {
  const name = queueArn.split(':').pop();
  const urls = [requireEnv(ENV.webhookQueueUrl), requireEnv(ENV.slowWebhookQueueUrl)];
  const url = urls.find((each) => each.split('/').pop() === name);
  if (url !== undefined) await new MessageQueue<WebhookMessage>(url).hide(receiptHandle, seconds);
}

async function wake(work: WebhookWorkParts): Promise<undefined> {
  const { failing, oldestSeconds } = await wakeParked(work);
  addMetric('WebhooksFailing', failing);
  addMetric('WebhookBacklogAge', oldestSeconds, 'Seconds');
}

/** The first attempts of endpoints that work show how late events arrive. Others depend on the endpoint. */
function logAttempt(
  { scope, subscriptionId }: SubscriptionRef,
  event: FeedEvent,
  attempt: DeliveryAttempt,
): void {
  const { delivered, attempt: number, durationMs, status, error } = attempt;
  addMetric(delivered ? 'WebhookDelivered' : 'WebhookRefused');
  if (delivered && number === 1)
    addMetric('WebhookDelay', (now().getTime() - Date.parse(event.changedAt)) / 1_000, 'Seconds');
  logger[delivered ? 'info' : 'warn']('Webhook', {
    ...{ scope, subscriptionId, eventId: event.id, type: event.type, attempt: number, durationMs, delivered },
    ...(status !== undefined && { status }),
    ...(error !== undefined && { error }),
  });
}

function logDeadLetter({ scope, subscriptionId }: SubscriptionRef, eventId: string, type: string): void {
  addMetric('WebhookDeadLetters');
  logger.error('A webhook did not accept an event for 24 hours', { scope, subscriptionId, eventId, type });
}

/** They count as dead letters, because the receiver lacks them, too. */
function logSkipped({ scope, subscriptionId }: SubscriptionRef, skipped: SkippedEvents): void {
  addMetric('WebhookDeadLetters');
  logger.error('Events expired before a webhook could deliver them', { scope, subscriptionId, ...skipped });
}

function logError(message: WebhookMessage | undefined, error: unknown): void {
  addMetric('WebhookRunFailed');
  logger.error('Delivering to webhooks failed and will be retried', { ...message, ...errorFields(error) });
}
