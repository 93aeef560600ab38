import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useApi } from './client/api-provider';
import { PAGE_SIZE, type PageLoader } from './client/page-loader';
import { keepPreviousDataOfDomain } from './client/previous-data';
import type { Group, User } from './schema';

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

/** Returns a function that loads one page of the groups. */
export function useGroupPages(domainId: string, search: string): PageLoader<Group> {
  const api = useApi();
  return (cursor, signal) =>
    api.call(
      'GET /domains/{domainId}/groups',
      { path: { domainId }, query: { search, cursor, limit: PAGE_SIZE } },
      signal,
    );
}

/** Returns a function that loads one page of the members of a group. */
export function useGroupMemberPages(domainId: string, groupId: string): PageLoader<User> {
  const api = useApi();
  return (cursor, signal) =>
    api.call(
      'GET /domains/{domainId}/groups/{groupId}/members',
      { path: { domainId, groupId }, query: { cursor, limit: PAGE_SIZE } },
      signal,
    );
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
