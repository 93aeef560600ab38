import type { ChangeEvent } from './events.ts';
import { type Store } from './store.ts';
import {
  decodeSecret,
  type VerifyWebhookOptions,
  verifyWebhook,
  WebhookError,
  type WebhookRequest,
} from './webhook.ts';

/** The response to a webhook. The service delivers it again, later, unless the status is 2xx. */
export interface WebhookResponse {
  readonly status: 204 | 400 | 401 | 409 | 500;
  /** Absent if the webhook was accepted. */
  readonly error?: unknown;
}

export interface WebhookReceiverOptions extends Omit<VerifyWebhookOptions, 'now'> {
  /** Handles an event. If it throws, the service delivers the event again. */
  readonly handle: (event: ChangeEvent) => Promise<void> | void;
  /** Remembers the handled messages. Instances that share a subscription share it. */
  readonly store: Store;
  /** @default - the clock of this machine */
  readonly now?: () => Date;
}

/** The service delivers an event for at most 30 days after its change. */
const REMEMBERED_SECONDS = 31 * 86_400;

/**
 * Receives webhooks. A message is handled once: a message that arrives again is accepted without being
 * handled again, whether the service or an attacker has sent it. A message is remembered only after it was
 * handled.
 */
export class WebhookReceiver {
  private readonly running = new Set<string>();

  /** Throws a `TypeError` if there is no secret, or if one is not a secret of a webhook. */
  constructor(private readonly options: WebhookReceiverOptions) {
    if (options.secrets.length === 0) throw new TypeError('A receiver needs the secret of its webhook.');
    options.secrets.forEach(decodeSecret);
  }

  async receive(request: WebhookRequest): Promise<WebhookResponse> {
    const { handle, store, now = () => new Date(), ...verify } = this.options;
    let id: string;
    let event: ChangeEvent;
    try {
      ({ id, event } = verifyWebhook(request, { ...verify, now: now() }));
    } catch (error) {
      if (!(error instanceof WebhookError)) throw error;
      return { status: error.code === 'signature' ? 401 : 400, error };
    }
    const name = `webhook:${id}`;
    // An attempt that takes too long is repeated while it still runs.
    if (this.running.has(name)) return { status: 409, error: new Error('The message is being handled.') };
    this.running.add(name);
    try {
      if ((await store.read(name)) !== undefined) return { status: 204 };
      await handle(event);
      await store.write(name, now().toISOString(), REMEMBERED_SECONDS);
      return { status: 204 };
    } catch (error) {
      return { status: 500, error };
    } finally {
      this.running.delete(name);
    }
  }
}
