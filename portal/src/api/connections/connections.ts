import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../client/api-provider';
import type { ConnectionChange, NewConnection } from '../schema';

const connectionsKey = (domainId: string) => ['connections', domainId];

/** While a user sets up an identity provider, the page waits for the first request. */
const REFRESH_MS = 30_000;

/** Returns a function that refreshes everything that shows connections and their credentials. */
export function useInvalidateConnections(domainId: string) {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: connectionsKey(domainId) }),
      // Readiness reports credentials that are missing, unused, or about to expire.
      queries.invalidateQueries({ queryKey: ['readiness', domainId] }),
    ]);
}

export function useConnections(domainId: string) {
  const api = useApi();
  return useQuery({
    queryKey: connectionsKey(domainId),
    queryFn: ({ signal }) => api.call('GET /domains/{domainId}/connections', { path: { domainId } }, signal),
    refetchInterval: REFRESH_MS,
  });
}

/** Returns a function for the name of a connection; undefined until the names are loaded. */
export function useConnectionName(
  domainId: string,
): (connectionId: string | undefined) => string | undefined {
  const { data } = useConnections(domainId);
  const names = new Map(data?.items.map(({ connectionId, name }) => [connectionId, name]));
  return (connectionId) => (connectionId === undefined ? undefined : names.get(connectionId));
}

export function useConnection(domainId: string, connectionId: string) {
  const api = useApi();
  return useQuery({
    queryKey: [...connectionsKey(domainId), connectionId],
    queryFn: ({ signal }) =>
      api.call(
        'GET /domains/{domainId}/connections/{connectionId}',
        { path: { domainId, connectionId } },
        signal,
      ),
    refetchInterval: ({ state }) => (state.error ? false : REFRESH_MS),
  });
}

export function useCreateConnection(domainId: string) {
  const api = useApi();
  return useMutation({
    mutationFn: (body: NewConnection) =>
      api.call('POST /domains/{domainId}/connections', { path: { domainId }, body }),
    onSuccess: useInvalidateConnections(domainId),
  });
}

export function useChangeConnection(domainId: string, connectionId: string) {
  const api = useApi();
  return useMutation({
    mutationFn: (body: ConnectionChange) =>
      api.call('PATCH /domains/{domainId}/connections/{connectionId}', {
        path: { domainId, connectionId },
        body,
      }),
    onSuccess: useInvalidateConnections(domainId),
  });
}

export function useRevokeConnection(domainId: string) {
  const api = useApi();
  return useMutation({
    mutationFn: (connectionId: string) =>
      api.call('DELETE /domains/{domainId}/connections/{connectionId}', { path: { domainId, connectionId } }),
    onSuccess: useInvalidateConnections(domainId),
  });
}

export function useConfirmAdministrators(domainId: string) {
  const api = useApi();
  return useMutation({
    mutationFn: (connectionId: string) =>
      api.call('POST /domains/{domainId}/connections/{connectionId}/administrators-from-roles', {
        path: { domainId, connectionId },
      }),
    onSuccess: useInvalidateConnections(domainId),
  });
}

export function useWithdrawAdministrators(domainId: string) {
  const api = useApi();
  return useMutation({
    mutationFn: (connectionId: string) =>
      api.call('DELETE /domains/{domainId}/connections/{connectionId}/administrators-from-roles', {
        path: { domainId, connectionId },
      }),
    onSuccess: useInvalidateConnections(domainId),
  });
}
