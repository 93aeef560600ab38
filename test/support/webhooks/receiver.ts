import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { HOOK_HOST_VARIABLE, type HookResponse, type ReceivedHook } from '../jest/hook-host';

/** A receiver of webhooks that the running system can reach. */
export class Receiver {
  readonly url = `${process.env[HOOK_HOST_VARIABLE] ?? ''}/${randomUUID()}`;

  /**
   * Sets the responses to the next messages. The last one is that of all later messages. Releases those that
   * hang.
   */
  async respond(...responses: HookResponse[]): Promise<void> {
    await fetch(this.url, { method: 'PUT', body: JSON.stringify(responses) });
  }

  async received(): Promise<ReceivedHook[]> {
    return (await (await fetch(this.url)).json()) as ReceivedHook[];
  }

  /** Returns the parsed bodies of the messages. */
  async events(): Promise<{ id: string; type: string; subject: { type: string; id: string } }[]> {
    return (await this.received()).map(({ body }) => JSON.parse(body) as never);
  }
}

/** Returns whether one of the signatures of a message is of this secret, as Standard Webhooks defines it. */
export function isSignedWith(secret: string, { headers, body }: ReceivedHook): boolean {
  const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', key).update(content).digest();
  return (headers['webhook-signature'] ?? '').split(' ').some((text) => {
    const [version, signature = ''] = text.split(',');
    const actual = Buffer.from(signature, 'base64');
    return version === 'v1' && actual.length === expected.length && timingSafeEqual(actual, expected);
  });
}
