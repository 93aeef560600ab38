import { setTimeout as sleep } from 'node:timers/promises';
import { adminClient, type AdminBody } from '../../system/admin-client';

/** The response of the admin API, and how many attempts it took. */
export interface AdminReply {
  readonly status: number;
  readonly body: AdminBody;
  readonly attempts: number;
}

const MAX_ATTEMPTS = 20;
const PAUSE_MS = 200;

/**
 * Sends a request to the admin API until it does not fail. `body` may be a function that returns that of an
 * attempt.
 */
export async function adminRequest(
  method: string,
  path: string,
  body?: object | (() => object),
): Promise<AdminReply> {
  for (let attempts = 1; ; attempts++) {
    const sent = typeof body === 'function' ? (body as () => object)() : body;
    const response = await adminClient()(method, path, sent).catch((error: unknown) => error as Error);
    if (!(response instanceof Error) && response.status < 500) return { ...response, attempts };
    if (attempts === MAX_ATTEMPTS) throw new Error(`${method} ${path} failed ${MAX_ATTEMPTS} times.`);
    await sleep(PAUSE_MS);
  }
}
