import { createHmac } from 'node:crypto';

/*
 * The signature of the specification Standard Webhooks 1.0: an HMAC-SHA-256 of the id, the time in seconds,
 * and the body, which dots separate. So a receiver can tell a forged, a changed, and a replayed message from
 * a genuine one.
 */

/** The prefix of a secret. The rest of it is base64 of the key. */
export const SECRET_PREFIX = 'whsec_';
const VERSION = 'v1';

/** The parts of a message that are signed. */
export interface SignedMessage {
  /** Identifies the event. It is the same for each attempt. */
  readonly id: string;
  /** The time of the attempt. */
  readonly at: Date;
  readonly body: Buffer;
}

/** Returns the headers of a message. It has a signature of each secret, because a rotation has two. */
export function signatureHeaders(
  { id, at, body }: SignedMessage,
  secrets: readonly string[],
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const content = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
  const signatures = secrets.map((secret) => `${VERSION},${hmac(secret, content)}`);
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
}

function hmac(secret: string, content: Buffer): string {
  const key = Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64');
  return createHmac('sha256', key).update(content).digest('base64');
}
