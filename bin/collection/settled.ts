import { HANG_LIMIT_MS, until } from '../../local/host/processes/until';
import type { HttpRequest } from './bru-file';
import { type HttpResponse, send } from './http';

interface Mailed {
  readonly history: readonly { readonly what: string; readonly mail?: { readonly status: string } }[];
}

const isDelivered = ({ history }: Mailed, entries: number): boolean =>
  history.length === entries && history.every(({ mail }) => mail?.status === 'delivered');

/**
 * The time by which the service has written everything that a response shows. Emails are sent and delivered
 * asynchronously.
 */
const SETTLED: Readonly<Record<string, (body: never) => boolean>> = {
  // The user has been issued a key.
  'admin/5-users/get': (body: Mailed) => isDelivered(body, 1),
  // The key was requested again and replaced, and the license has ended.
  'admin/5-users/license': (body: Mailed) => isDelivered(body, 4),
};

/** Sends a request of the collection. Repeats it until its response no longer depends on time. */
export async function sendWhenSettled(path: string, request: HttpRequest): Promise<HttpResponse> {
  let response = await send(request);
  const isSettled = SETTLED[path];
  if (!isSettled) return response;
  await until(`the response to ${path}`, HANG_LIMIT_MS, async () => {
    if (isSettled(JSON.parse(response.body) as never)) return true;
    response = await send(request);
    return false;
  });
  return response;
}
