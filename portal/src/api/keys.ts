import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from './api-provider';
import { useInvalidateConnections } from './connections';
import type { NewScimKey } from './schema';

const keysQueryKey = (domainId: string) => ['keys', domainId];

function useInvalidateKeys(domainId: string) {
  const queries = useQueryClient();
  const invalidateConnections = useInvalidateConnections(domainId);
  return () =>
    Promise.all([queries.invalidateQueries({ queryKey: keysQueryKey(domainId) }), invalidateConnections()]);
}

export function useKeys(domainId: string) {
  const api = useApi();
  return useQuery({
    queryKey: keysQueryKey(domainId),
    queryFn: ({ signal }) => api.call('GET /domains/{domainId}/keys', { path: { domainId } }, signal),
    // While setting up an identity provider, the user waits for the first use of a key.
    refetchInterval: 30_000,
  });
}

export function useGenerateKey(domainId: string) {
  const api = useApi();
  return useMutation({
    mutationFn: (body: NewScimKey) => api.call('POST /domains/{domainId}/keys', { path: { domainId }, body }),
    // The response contains the token, so it is discarded together with the dialog that shows it.
    gcTime: 0,
    onSuccess: useInvalidateKeys(domainId),
  });
}

export function useRevokeKey(domainId: string) {
  const api = useApi();
  return useMutation({
    mutationFn: (keyId: string) =>
      api.call('DELETE /domains/{domainId}/keys/{keyId}', { path: { domainId, keyId } }),
    onSuccess: useInvalidateKeys(domainId),
  });
}
