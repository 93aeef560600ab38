import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from './client/api-provider';
import type { DomainChange, NewDomain } from './schema';

const SECOND_MS = 1000;

export function useMe() {
  const api = useApi();
  return useQuery({ queryKey: ['me'], queryFn: ({ signal }) => api.call('GET /me', {}, signal) });
}

/** Returns what the deployment still lacks. For operators. */
export function useDeploymentChecks() {
  const api = useApi();
  return useQuery({
    queryKey: ['deployment-checks'],
    queryFn: ({ signal }) => api.call('GET /deployment-checks', {}, signal),
  });
}

/** Returns all domains that the user can see. Operators see all domains of the deployment. */
export function useDomains() {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: ['domains'],
    queryFn: ({ pageParam, signal }) =>
      api.call('GET /domains', { query: { limit: 50, cursor: pageParam } }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  });
}

export function useDomain(domainId: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['domain', domainId],
    queryFn: ({ signal }) => api.call('GET /domains/{domainId}', { path: { domainId } }, signal),
    refetchInterval: ({ state }) => (state.error ? false : 30 * SECOND_MS),
  });
}

export function useCreateDomain() {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewDomain) => api.call('POST /domains', { body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['domains'] }),
  });
}

export function useChangeDomain(domainId: string) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: DomainChange) => api.call('PATCH /domains/{domainId}', { path: { domainId }, body }),
    onSuccess: (domain) => {
      queries.setQueryData(['domain', domainId], domain);
      return Promise.all([
        queries.invalidateQueries({ queryKey: ['readiness', domainId] }),
        queries.invalidateQueries({ queryKey: ['me'] }),
        queries.invalidateQueries({ queryKey: ['domains'] }),
      ]);
    },
  });
}

export function useDeleteDomain(domainId: string) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (name: string) =>
      api.call('DELETE /domains/{domainId}', { path: { domainId }, query: { name } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['domains'] }),
  });
}
