import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useApi } from './client/api-provider';
import type { MappingPreview, Mappings, MappingsChange, MappingsToPreview } from './schema';

/** The interval at which the page asks for the progress of an evaluation. */
const PROGRESS_POLLING_MS = 2_000;
/** The largest number of changed users that a preview lists. */
const MAX_PREVIEWED_USERS = 100;

const isEvaluating = (mappings: Mappings | undefined): boolean =>
  mappings?.evaluation !== undefined && mappings.evaluation.finishedAt === undefined;

export function useMappings(domainId: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['mappings', domainId],
    queryFn: ({ signal }) => api.call('GET /domains/{domainId}/mappings', { path: { domainId } }, signal),
    refetchInterval: ({ state }) => (!state.error && isEvaluating(state.data) ? PROGRESS_POLLING_MS : false),
  });
}

export function useReplaceMappings(domainId: string) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: MappingsChange) =>
      api.call('PUT /domains/{domainId}/mappings', { path: { domainId }, body }),
    onSuccess: async (mappings) => {
      queries.setQueryData(['mappings', domainId], mappings);
      await Promise.all(
        ['users', 'user', 'group', 'domain'].map((kind) =>
          queries.invalidateQueries({ queryKey: [kind, domainId] }),
        ),
      );
    },
  });
}

/** The sums of all parts of a preview that have arrived. */
export type PreviewSum = Pick<MappingPreview, 'examined' | 'total' | 'changed' | 'users'>;

/** Evaluates the users of a domain with other mappings, part by part, while the component is rendered. */
export function useMappingPreview(domainId: string, body: MappingsToPreview) {
  const api = useApi();
  const preview = useInfiniteQuery({
    queryKey: ['mapping-preview', domainId, body],
    queryFn: ({ pageParam, signal }) =>
      api.call(
        'POST /domains/{domainId}/mappings/preview',
        { path: { domainId }, query: { cursor: pageParam }, body },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    gcTime: 0,
    staleTime: Infinity,
  });
  const { hasNextPage, isFetching, isError, fetchNextPage } = preview;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage]);
  return {
    sum: preview.data && sumOf(preview.data.pages),
    isComplete: preview.isSuccess && !hasNextPage,
    error: preview.error,
    retry: () => void (preview.data ? fetchNextPage() : preview.refetch()),
  };
}

const sumOf = (pages: readonly MappingPreview[]): PreviewSum => ({
  examined: pages.reduce((sum, { examined }) => sum + examined, 0),
  total: pages.at(-1)?.total ?? 0,
  changed: pages.reduce((sum, { changed }) => sum + changed, 0),
  users: pages.flatMap(({ users }) => users).slice(0, MAX_PREVIEWED_USERS),
});
