import { useMutation } from '@tanstack/react-query';
import { useApi } from '../client/api-provider';
import { useInvalidateConnections } from './connections';
import type { NewClientSecret, NewTrust } from '../schema';

/** Identifies a connection. */
export interface ConnectionPath {
  readonly domainId: string;
  readonly connectionId: string;
}

export function useGenerateSecret(path: ConnectionPath) {
  const api = useApi();
  return useMutation({
    mutationFn: (body: NewClientSecret) =>
      api.call('POST /domains/{domainId}/connections/{connectionId}/secrets', { path, body }),
    // The response contains the secret, so it is discarded together with the dialog that shows it.
    gcTime: 0,
    onSuccess: useInvalidateConnections(path.domainId),
  });
}

export function useAddTrust(path: ConnectionPath) {
  const api = useApi();
  return useMutation({
    mutationFn: (body: NewTrust) =>
      api.call('POST /domains/{domainId}/connections/{connectionId}/trusts', { path, body }),
    onSuccess: useInvalidateConnections(path.domainId),
  });
}

export function useRevokeCredential(path: ConnectionPath) {
  const api = useApi();
  return useMutation({
    mutationFn: (credentialId: string) =>
      api.call('DELETE /domains/{domainId}/connections/{connectionId}/credentials/{credentialId}', {
        path: { ...path, credentialId },
      }),
    onSuccess: useInvalidateConnections(path.domainId),
  });
}

/** Tests an assertion. The service grants nothing, and the assertion can still be used. */
export function useTestAssertion(path: ConnectionPath) {
  const api = useApi();
  return useMutation({
    mutationFn: (assertion: string) =>
      api.call('POST /domains/{domainId}/connections/{connectionId}/assertion-tests', {
        path,
        body: { assertion },
      }),
    // The assertion is a credential, so it is discarded together with the page.
    gcTime: 0,
  });
}
