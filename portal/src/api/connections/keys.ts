import { useMutation } from '@tanstack/react-query';
import { useApi } from '../client/api-provider';
import { useInvalidateConnections } from './connections';
import type { NewScimKey } from '../schema';

export function useGenerateKey(domainId: string) {
  const api = useApi();
  return useMutation({
    mutationFn: (body: NewScimKey) => api.call('POST /domains/{domainId}/keys', { path: { domainId }, body }),
    // The response contains the token, so it is discarded together with the dialog that shows it.
    gcTime: 0,
    onSuccess: useInvalidateConnections(domainId),
  });
}
