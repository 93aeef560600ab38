import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import type { AuditFilter } from '../format/audit-filter';
import { useApi } from './api-provider';

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
    placeholderData: (previous) => previous,
  });
}

/** All events that match, as one file of JSON Lines. */
export function useExportAuditEvents(domainId: string) {
  const api = useApi();
  return useMutation({
    mutationFn: async (filter: AuditFilter) => {
      const parts: Blob[] = [];
      let cursor: string | undefined;
      do {
        const response = await api.response('GET /domains/{domainId}/audit-events/export', {
          path: { domainId },
          query: { ...filter, cursor },
        });
        parts.push(await response.blob());
        cursor = response.headers.get('x-next-cursor') ?? undefined;
      } while (cursor);
      return new Blob(parts, { type: 'application/jsonl' });
    },
  });
}
