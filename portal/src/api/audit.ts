import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { AuditFilter } from '../format/filters/audit-filter';
import { useApi } from './client/api-provider';
import { PAGE_SIZE, type PageLoader } from './client/page-loader';
import { keepPreviousDataOfDomain } from './client/previous-data';
import { findEvent } from './find-event';
import type { AuditEvent } from './schema';

export function useAuditEvents(domainId: string, filter: AuditFilter) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: ['audit', domainId, filter],
    queryFn: ({ pageParam, signal }) =>
      api.call(
        'GET /domains/{domainId}/audit-events',
        { path: { domainId }, query: { ...filter, cursor: pageParam } },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousDataOfDomain(domainId),
  });
}

/** Returns a function that loads one page of the events. */
export function useAuditPages(domainId: string, filter: AuditFilter): PageLoader<AuditEvent> {
  const api = useApi();
  return (cursor, signal) =>
    api.call(
      'GET /domains/{domainId}/audit-events',
      { path: { domainId }, query: { ...filter, cursor, limit: PAGE_SIZE } },
      signal,
    );
}

/**
 * Returns one event: `listed` if a list already contains it. The data is null if the event does not exist.
 */
export function useAuditEvent(domainId: string, eventId: string, listed: AuditEvent | undefined) {
  const api = useApi();
  return useQuery({
    queryKey: ['audit-event', domainId, eventId],
    queryFn: ({ signal }) => findEvent(api, domainId, eventId, signal),
    enabled: listed === undefined,
    initialData: listed,
  });
}

/** Returns a function that loads one page of the export, whose rows are lines of JSON. */
export function useAuditExportPages(domainId: string, filter: AuditFilter): PageLoader<string> {
  const api = useApi();
  return async (cursor, signal) => {
    const response = await api.callForResponse(
      'GET /domains/{domainId}/audit-events/export',
      { path: { domainId }, query: { ...filter, cursor } },
      signal,
    );
    const lines = (await response.text()).split('\n').filter((line) => line !== '');
    return { items: lines, next: response.headers.get('x-next-cursor') ?? undefined };
  };
}
