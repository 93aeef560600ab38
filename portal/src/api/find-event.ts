import { timeRangeOfId, type AuditFilter } from '../format/filters/audit-filter';
import type { ApiClient } from './client/client';
import { PAGE_SIZE } from './client/page-loader';
import type { AuditEvent, Request } from './schema';

/** The time of an event can differ a little from that of its request. */
const MARGIN_MS = 2_000;

type Api = Pick<ApiClient, 'call'>;

/** Returns an audit event, and null if it does not exist. */
export const findEvent = (
  api: Api,
  domainId: string,
  eventId: string,
  signal: AbortSignal,
): Promise<AuditEvent | null> =>
  firstEvent(api, domainId, timeRangeOfId(eventId), (event) => event.eventId === eventId, signal);

/** Returns the audit event of a request, and null if the request left none. */
export function findEventOfRequest(
  api: Api,
  domainId: string,
  { requestId, at, milliseconds = 0, credential }: Request,
  signal: AbortSignal,
): Promise<AuditEvent | null> {
  const start = Date.parse(at);
  const filter = {
    from: new Date(start - MARGIN_MS).toISOString(),
    to: new Date(start + milliseconds + MARGIN_MS).toISOString(),
    actor: credential.id,
  };
  return firstEvent(api, domainId, filter, (event) => event.requestId === requestId, signal);
}

/**
 * Returns the newest event that matches. A page of a busy second may lack it, and a page may even be empty.
 */
async function firstEvent(
  api: Api,
  domainId: string,
  filter: AuditFilter,
  matches: (event: AuditEvent) => boolean,
  signal: AbortSignal,
): Promise<AuditEvent | null> {
  let cursor: string | undefined;
  do {
    const { items, next } = await api.call(
      'GET /domains/{domainId}/audit-events',
      { path: { domainId }, query: { ...filter, cursor, limit: PAGE_SIZE } },
      signal,
    );
    const event = items.find(matches);
    if (event) return event;
    cursor = next;
  } while (cursor !== undefined);
  return null;
}
