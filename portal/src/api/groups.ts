import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useApi } from './api-provider';
import { keepPreviousDataOfDomain } from './previous-data';

export function useGroups(domainId: string, search: string) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: ['groups', domainId, search],
    queryFn: ({ pageParam, signal }) =>
      api.call(
        'GET /domains/{domainId}/groups',
        { path: { domainId }, query: { search, cursor: pageParam } },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    // Shows the previous results while the next search runs.
    placeholderData: keepPreviousDataOfDomain(domainId),
  });
}

export function useGroup(domainId: string, groupId: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['group', domainId, groupId],
    queryFn: ({ signal }) =>
      api.call('GET /domains/{domainId}/groups/{groupId}', { path: { domainId, groupId } }, signal),
  });
}

export function useGroupMembers(domainId: string, groupId: string) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: ['group-members', domainId, groupId],
    queryFn: ({ pageParam, signal }) =>
      api.call(
        'GET /domains/{domainId}/groups/{groupId}/members',
        { path: { domainId, groupId }, query: { cursor: pageParam } },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  });
}
