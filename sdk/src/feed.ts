import { setTimeout as sleep } from 'node:timers/promises';
import { type ChangeEvent, type EventType, readEvent } from './events.ts';
import { type ApiAnswer, ServiceApi, ServiceRefusedError, ServiceUnavailableError } from './service-api.ts';

/**
 * Events after the cursor have expired: read all users, groups, and licenses again, and continue without a
 * cursor.
 */
export class FeedGapError extends Error {
  override readonly name = 'FeedGapError';
}

export interface FeedOptions {
  /** The URL of the admin API, which ends in `/admin/v1`. */
  readonly url: string;
  /** The token of the product, which reads events only. */
  readonly token: string;
  /** The ID of the domain. @default - all domains */
  readonly domainId?: string;
  /** @default - all types */
  readonly types?: readonly EventType[];
  /** The cursor of the last page that was handled. @default - the oldest event that the service keeps */
  readonly after?: string;
  /** Begins with the events that were written at this time or later. Used without `after`. */
  readonly since?: Date;
  /** The largest number of events in a page. @default - that of the service */
  readonly limit?: number;
  /** The seconds between two requests at the end of the feed. @default - the iteration ends there */
  readonly pollSeconds?: number;
  /** Ends the iteration. */
  readonly signal?: AbortSignal;
  /** @default - the `fetch` of the platform */
  readonly fetch?: typeof fetch;
}

/** Events in their order. */
export interface FeedPage {
  /** None if the page has none of the wanted types. */
  readonly events: readonly ChangeEvent[];
  /** Store it after you have handled the events, and continue there. */
  readonly cursor: string;
}

/**
 * Reads the feed of events, page by page. With `pollSeconds`, it waits for new events at the end, and while
 * the service cannot be reached. Throws `FeedGapError`, `ServiceRefusedError`, and without `pollSeconds`
 * `ServiceUnavailableError`.
 */
export async function* readFeed(options: FeedOptions): AsyncGenerator<FeedPage, void, void> {
  const { url, token, domainId, after, since, pollSeconds, signal, fetch } = options;
  const api = new ServiceApi({ url, timeoutMs: 30_000, ...(fetch && { fetch }) });
  const base = domainId === undefined ? 'events' : `domains/${encodeURIComponent(domainId)}/events`;
  let cursor = after;
  while (!signal?.aborted) {
    const query = queryOf(options, cursor, cursor === undefined ? since : undefined);
    const answer = await getPage(api, `${base}${query}`, token, pollSeconds !== undefined);
    if (answer instanceof ServiceUnavailableError) {
      if (!(await pause(answer.retryAfterSeconds ?? pollSeconds ?? 0, signal))) return;
      continue;
    }
    const { events, next, more } = readPage(answer);
    if (next !== cursor || events.length > 0) yield { events, cursor: next };
    cursor = next;
    if (more) continue;
    if (pollSeconds === undefined || !(await pause(pollSeconds, signal))) return;
  }
}

function queryOf({ types, limit }: FeedOptions, after?: string, since?: Date): string {
  const query = new URLSearchParams();
  if (after !== undefined) query.set('after', after);
  if (since !== undefined) query.set('since', since.toISOString());
  if (types) query.set('types', types.join(','));
  if (limit !== undefined) query.set('limit', String(limit));
  return query.size === 0 ? '' : `?${query.toString()}`;
}

/** Returns the error if the service cannot be reached and `waits` is true. */
async function getPage(
  api: ServiceApi,
  path: string,
  token: string,
  waits: boolean,
): Promise<ApiAnswer | ServiceUnavailableError> {
  try {
    return await api.get(path, { Authorization: `Bearer ${token}` });
  } catch (error) {
    if (error instanceof ServiceRefusedError && error.status === 409)
      throw new FeedGapError(error.message, { cause: error });
    if (waits && error instanceof ServiceUnavailableError) return error;
    throw error;
  }
}

function readPage({ body: { items, next, more } }: ApiAnswer) {
  if (!Array.isArray(items) || typeof next !== 'string')
    throw new ServiceUnavailableError('The answer is not a page of events.');
  return { events: items.map(readEvent), next, more: more === true };
}

/** Returns whether the time passed before the signal. */
async function pause(seconds: number, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    await sleep(seconds * 1000, undefined, { signal });
    return true;
  } catch (error) {
    if (signal?.aborted) return false;
    throw error;
  }
}
