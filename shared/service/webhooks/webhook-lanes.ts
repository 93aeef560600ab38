import { ENV, requireEnv } from '../../env';
import { MAX_DELAY_SECONDS, MessageQueue } from '../../queue/message-queue';
import type { EndpointHealth } from '../../store/webhooks/webhook-progress';
import { isSlow } from './endpoint-health';

/** Requests deliveries to a webhook, or to all webhooks of a domain or of the deployment. */
export interface WebhookMessage {
  /** The id of the domain, or `DEPLOYMENT`. */
  readonly domainId: string;
  readonly subscriptionId?: string;
  /** True if the schedule has found the webhook among those that wait for their next attempt. */
  readonly isParked?: boolean;
}

/** Reads the message of a queue. Throws if the body is not a message, which the service never sends. */
export function parseWebhookMessage(body: string): WebhookMessage {
  const { domainId, subscriptionId, isParked } = JSON.parse(body) as Partial<Record<string, unknown>>;
  if (typeof domainId !== 'string') throw new Error('The message names no domain.');
  return {
    domainId,
    ...(typeof subscriptionId === 'string' && { subscriptionId }),
    ...(isParked === true && { isParked }),
  };
}

/** Sends requests for deliveries. */
export interface WebhookLanes {
  readonly send: (
    message: WebhookMessage,
    options?: { readonly health?: EndpointHealth; readonly delaySeconds?: number },
  ) => Promise<void>;
}

/**
 * Opens the two queues of deliveries. Endpoints that are slow or fail have a queue of their own, so that they
 * take no time from the others. Later attempts are in it, too: the age of the messages in the other one shows
 * whether the service is late.
 */
export function openWebhookLanes(now: () => Date): WebhookLanes {
  const fast = new MessageQueue<WebhookMessage>(requireEnv(ENV.webhookQueueUrl));
  const slow = new MessageQueue<WebhookMessage>(requireEnv(ENV.slowWebhookQueueUrl));
  return {
    send: (message, { health, delaySeconds = 0 } = {}) =>
      (delaySeconds > 0 || (health && isSlow(health, now())) ? slow : fast).sendLater(message, {
        groupId: message.domainId,
        delaySeconds: Math.min(delaySeconds, MAX_DELAY_SECONDS),
      }),
  };
}
