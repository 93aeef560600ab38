import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { RequestFilter } from '../format/filters/request-filter';
import { useApi } from './client/api-provider';
import { PAGE_SIZE, type PageLoader } from './client/page-loader';
import { keepPreviousDataOfDomain } from './client/previous-data';
import { findEventOfRequest } from './find-event';
import type { Request, RequestCounts } from './schema';

const REFRESH_MS = 30_000;

/** Returns the requests of a domain. The list refreshes itself as long as it has one page. */
export function useRequests(domainId: string, filter: RequestFilter) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: ['requests', domainId, filter],
    queryFn: ({ pageParam, signal }) =>
      api.call(
        'GET /domains/{domainId}/requests',
        { path: { domainId }, query: { ...filter, cursor: pageParam } },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousDataOfDomain(domainId),
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 1) > 1 ? false : REFRESH_MS),
  });
}

/** Returns a function that loads one page of the requests. */
export function useRequestPages(domainId: string, filter: RequestFilter): PageLoader<Request> {
  const api = useApi();
  return (cursor, signal) =>
    api.call(
      'GET /domains/{domainId}/requests',
      { path: { domainId }, query: { ...filter, cursor, limit: PAGE_SIZE } },
      signal,
    );
}

export function useRequestCounts(domainId: string, period: RequestCounts['period'], connectionId?: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['request-counts', domainId, period, connectionId],
    queryFn: ({ signal }) =>
      api.call(
        'GET /domains/{domainId}/request-counts',
        { path: { domainId }, query: { period, connectionId } },
        signal,
      ),
    placeholderData: keepPreviousDataOfDomain(domainId),
    // A long period changes slowly, and counting it costs more.
    refetchInterval: period === 'hour' ? 2 * REFRESH_MS : false,
  });
}

/** Returns the ID of the audit event of a request. The data is null if the request left none. */
export function useEventOfRequest(domainId: string, request: Request) {
  const api = useApi();
  const { requestId } = request;
  return useQuery({
    queryKey: ['event-of-request', domainId, requestId],
    queryFn: async ({ signal }) =>
      (await findEventOfRequest(api, domainId, request, signal))?.eventId ?? null,
    enabled: requestId !== undefined,
  });
}
