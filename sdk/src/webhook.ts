import { createHmac, timingSafeEqual } from 'node:crypto';
import { type ChangeEvent, readEvent } from './events.ts';

/**
 * The reasons for which a webhook is refused:
 *
 * - `missingHeader`: it lacks one of the three headers
 * - `timestamp`: the header `webhook-timestamp` is not a time
 * - `stale`: it was signed too long ago, so it may be sent again by somebody else
 * - `future`: it was signed in the future, so a clock is wrong
 * - `signature`: it is forged, changed, or signed with another secret
 * - `malformed`: it is signed, but is not an event
 */
export type WebhookProblem = 'missingHeader' | 'timestamp' | 'stale' | 'future' | 'signature' | 'malformed';

/** A webhook that must not be accepted. */
export class WebhookError extends Error {
  override readonly name = 'WebhookError';

  constructor(
    readonly code: WebhookProblem,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A request with an event. */
export interface WebhookRequest {
  /** The bytes of the body as they arrived, before any parser. */
  readonly body: string | Uint8Array;
  /** The headers as Node or `fetch` present them. */
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
}

export interface VerifyWebhookOptions {
  /** The secrets of the subscription, which begin with `whsec_`: one, or two during a rotation. */
  readonly secrets: readonly string[];
  /** @default - the clock of this machine */
  readonly now?: Date;
  /** The number of seconds that the time of the signature may differ from `now`. @default 300 */
  readonly toleranceSeconds?: number;
}

/** A verified webhook. */
export interface Webhook {
  /** The ID of the message. Each attempt to deliver it has the same. */
  readonly id: string;
  readonly event: ChangeEvent;
}

/**
 * Verifies the signature of a webhook (Standard Webhooks), and returns its event. Throws a `WebhookError`.
 */
export function verifyWebhook({ body, headers }: WebhookRequest, options: VerifyWebhookOptions): Webhook {
  const { secrets, now = new Date(), toleranceSeconds = 300 } = options;
  const keys = secrets.map(decodeSecret);
  const id = header(headers, 'webhook-id');
  const timestamp = header(headers, 'webhook-timestamp');
  const signatures = header(headers, 'webhook-signature')
    .split(' ')
    .filter((each) => each.startsWith('v1,'))
    .map((each) => each.slice('v1,'.length));
  if (!/^\d{1,12}$/.test(timestamp))
    throw new WebhookError('timestamp', 'The header webhook-timestamp is not a time.');
  const bytes = typeof body === 'string' ? Buffer.from(body) : Buffer.from(body);
  const expected = keys.map((key) =>
    createHmac('sha256', key).update(`${id}.${timestamp}.`).update(bytes).digest(),
  );
  if (!signatures.some((each) => expected.some((digest) => isSame(Buffer.from(each, 'base64'), digest))))
    throw new WebhookError('signature', 'None of the secrets has signed the webhook.');
  // A wrong signature says nothing about the time, so the signature comes first.
  const age = Math.floor(now.getTime() / 1000) - Number(timestamp);
  if (age > toleranceSeconds) throw new WebhookError('stale', `The webhook was signed ${age} seconds ago.`);
  if (age < -toleranceSeconds)
    throw new WebhookError('future', `The webhook was signed ${-age} seconds in the future.`);
  return { id, event: parseEvent(bytes) };
}

const SECRET_PREFIX = 'whsec_';

/** Returns the key in a secret. Throws a `TypeError` if it is not a secret of a webhook. */
export function decodeSecret(secret: string): Buffer {
  const key = Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64');
  if (!secret.startsWith(SECRET_PREFIX) || key.length < 16)
    throw new TypeError('The secret of a webhook begins with whsec_ and has at least 128 bits.');
  return key;
}

function header(headers: WebhookRequest['headers'], name: string): string {
  const value = headers instanceof Headers ? headers.get(name) : valueOf(headers, name);
  if (value) return value;
  throw new WebhookError('missingHeader', `The webhook has no header ${name}.`);
}

/** Names of headers are the same in any case. */
function valueOf(headers: Exclude<WebhookRequest['headers'], Headers>, name: string): string | undefined {
  const values = Object.entries(headers).find(([each]) => each.toLowerCase() === name)?.[1];
  return typeof values === 'string' ? values : values?.[0];
}

/** Compares in a time that does not depend on the content. */
const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && timingSafeEqual(one, other);

function parseEvent(bytes: Uint8Array): ChangeEvent {
  try {
    return readEvent(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch (error) {
    throw new WebhookError('malformed', 'The webhook is not an event.', { cause: error });
  }
}
