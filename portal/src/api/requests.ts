import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { RequestFilter } from '../format/filters/request-filter';
import { useApi } from './client/api-provider';
import { PAGE_SIZE, type PageLoader } from './client/page-loader';
import { keepPreviousDataOfDomain } from './client/previous-data';
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

const MARGIN_MS = 2_000;

/** Returns the ID of the audit event of a request. The data is null if the request left none. */
export function useEventOfRequest(
  domainId: string,
  { requestId, at, milliseconds = 0, credential }: Request,
) {
  const api = useApi();
  const start = Date.parse(at);
  return useQuery({
    queryKey: ['event-of-request', domainId, requestId],
    queryFn: async ({ signal }) => {
      const query = {
        from: new Date(start - MARGIN_MS).toISOString(),
        to: new Date(start + milliseconds + MARGIN_MS).toISOString(),
        actor: credential.id,
        limit: 100,
      };
      const { items } = await api.call(
        'GET /domains/{domainId}/audit-events',
        { path: { domainId }, query },
        signal,
      );
      return items.find((event) => event.requestId === requestId)?.eventId ?? null;
    },
    enabled: requestId !== undefined,
  });
}
