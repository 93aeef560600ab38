import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from './client/api-provider';
import { keepPreviousDataOfDomain } from './client/previous-data';
import type { OperationInput } from './client/operation';
import { PAGE_SIZE, type PageLoader } from './client/page-loader';
import { ApiProblem, retryDelayMs } from './client/problem';
import type { SuppressedAddress, User, UserDetail } from './schema';

const SECOND_MS = 1_000;
/** The status of an email can change for some minutes after a request. */
const FAST_POLLING_MS = 5 * 60 * SECOND_MS;

/** The number of pages without a match after which the list shows a button to continue. */
const MAX_EMPTY_PAGES = 5;

/** The filter parameters of the API. */
type UserQuery = Omit<OperationInput<'GET /domains/{domainId}/users'>['query'], 'cursor' | 'limit'>;

export function useUsers(domainId: string, filter: UserQuery) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: ['users', domainId, filter],
    queryFn: async ({ pageParam, signal }) => {
      for (let cursor = pageParam, pages = 1; ; pages++) {
        const query = { ...filter, cursor };
        const page = await api.call('GET /domains/{domainId}/users', { path: { domainId }, query }, signal);
        // A page of a filtered list may be empty although others follow.
        if (page.items.length > 0 || page.next === undefined || pages === MAX_EMPTY_PAGES) return page;
        cursor = page.next;
      }
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    // Shows the previous results while the next search runs.
    placeholderData: keepPreviousDataOfDomain(domainId),
  });
}

/** Returns a function that loads one page of the users, with as many as a page can have. */
export function useUserPages(domainId: string, filter: UserQuery): PageLoader<User> {
  const api = useApi();
  return (cursor, signal) =>
    api.call(
      'GET /domains/{domainId}/users',
      { path: { domainId }, query: { ...filter, cursor, limit: PAGE_SIZE } },
      signal,
    );
}

export function useUser(domainId: string, userId: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['user', domainId, userId],
    queryFn: ({ signal }) =>
      api.call('GET /domains/{domainId}/users/{userId}', { path: { domainId, userId } }, signal),
    refetchInterval: ({ state }) => {
      if (state.error) return false;
      return state.data && hasRecentChange(state.data, Date.now()) ? 5 * SECOND_MS : 60 * SECOND_MS;
    },
  });
}

/** Returns the license of a user. It is kept after the user is deleted. */
export function useLicense(domainId: string, userId: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['license', domainId, userId],
    queryFn: ({ signal }) =>
      api.call(
        'GET /domains/{domainId}/licenses/{userId}',
        { path: { domainId, userId }, query: { limit: 50 } },
        signal,
      ),
  });
}

function hasRecentChange({ user, history }: UserDetail, now: number): boolean {
  return [user.lastModified, history[0]?.at, history[0]?.mail?.at].some(
    (at) => at !== undefined && now - Date.parse(at) < FAST_POLLING_MS,
  );
}

function useInvalidateUsers(domainId: string) {
  const queries = useQueryClient();
  return () =>
    Promise.all(
      ['users', 'user', 'domain', 'suppressed', 'readiness'].map((kind) =>
        queries.invalidateQueries({ queryKey: [kind, domainId] }),
      ),
    );
}

export function useDeactivateUser(domainId: string) {
  const api = useApi();
  return useMutation({
    mutationFn: (userId: string) =>
      api.call('POST /domains/{domainId}/users/{userId}/deactivate', { path: { domainId, userId } }),
    onSuccess: useInvalidateUsers(domainId),
  });
}

export function useResendMail(domainId: string) {
  const api = useApi();
  return useMutation({
    mutationFn: (userId: string) =>
      api.call('POST /domains/{domainId}/users/{userId}/resend-mail', { path: { domainId, userId } }),
    onSuccess: useInvalidateUsers(domainId),
  });
}

export function useReplaceKey(domainId: string) {
  const api = useApi();
  return useMutation({
    mutationFn: (userId: string) =>
      api.call('POST /domains/{domainId}/licenses/{userId}/replace-key', { path: { domainId, userId } }),
    onSuccess: useInvalidateUsers(domainId),
  });
}

export function useSuppressedAddresses(domainId: string) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: ['suppressed', domainId],
    queryFn: ({ pageParam, signal }) =>
      api.call(
        'GET /domains/{domainId}/suppressed-addresses',
        { path: { domainId }, query: { cursor: pageParam } },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  });
}

/** Returns a function that loads one page of the suppressed addresses. */
export function useSuppressedAddressPages(domainId: string): PageLoader<SuppressedAddress> {
  const api = useApi();
  return (cursor, signal) =>
    api.call(
      'GET /domains/{domainId}/suppressed-addresses',
      { path: { domainId }, query: { cursor, limit: PAGE_SIZE } },
      signal,
    );
}

const MAX_CLEAR_REQUESTS = 20;

export function useClearAddress(domainId: string) {
  const api = useApi();
  return useMutation({
    mutationFn: (address: string) =>
      api.call('DELETE /domains/{domainId}/suppressed-addresses/{address}', { path: { domainId, address } }),
    // An address that tens of thousands of users share takes several requests.
    retry: (failures, error) =>
      error instanceof ApiProblem &&
      error.status === 429 &&
      failures < MAX_CLEAR_REQUESTS &&
      retryDelayMs(error, failures) !== undefined,
    retryDelay: (failures, error) => retryDelayMs(error, failures) ?? 0,
    onSuccess: useInvalidateUsers(domainId),
  });
}
