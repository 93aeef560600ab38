import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from './client/api-provider';
import type { NewSetupLink } from './schema';

const SECOND_MS = 1000;

const linksQueryKey = (domainId: string) => ['setup-links', domainId];

export function useSetupLinks(domainId: string) {
  const api = useApi();
  return useQuery({
    queryKey: linksQueryKey(domainId),
    queryFn: ({ signal }) => api.call('GET /domains/{domainId}/setup-links', { path: { domainId } }, signal),
    // The page shows when somebody opens a link.
    refetchInterval: 30 * SECOND_MS,
  });
}

export function useCreateSetupLink(domainId: string) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewSetupLink) =>
      api.call('POST /domains/{domainId}/setup-links', { path: { domainId }, body }),
    // The response contains the secret, so it is discarded together with the dialog that shows it.
    gcTime: 0,
    onSuccess: () => queries.invalidateQueries({ queryKey: linksQueryKey(domainId) }),
  });
}

export function useRevokeSetupLink(domainId: string) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (linkId: string) =>
      api.call('DELETE /domains/{domainId}/setup-links/{linkId}', { path: { domainId, linkId } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: linksQueryKey(domainId) }),
  });
}

/** The parts of a setup link after the `#`. */
export interface LinkParts {
  readonly domainId: string;
  readonly linkId: string;
  readonly secret: string;
}

export function useSendSetupCode({ linkId, ...body }: LinkParts) {
  const api = useApi();
  return useMutation({
    mutationFn: () => api.call('POST /setup-links/{linkId}/codes', { path: { linkId }, body }),
  });
}

export function useOpenSetupLink({ linkId, ...parts }: LinkParts) {
  const api = useApi();
  return useMutation({
    mutationFn: (code: string) =>
      api.call('POST /setup-links/{linkId}/sessions', { path: { linkId }, body: { ...parts, code } }),
    gcTime: 0,
  });
}

/** Invites the person with a setup link to the account that the link offers. */
export function useRequestAccount(domainId: string) {
  const api = useApi();
  return useMutation({
    mutationFn: (body: { readonly email: string; readonly role: 'owner' | 'viewer' }) =>
      api.call('POST /domains/{domainId}/administrators', { path: { domainId }, body }),
  });
}

/**
 * Returns how far the setup has come, by the requests of one connection or of all. Asks often until the first
 * email was sent, because somebody watches.
 */
export function useSetupProgress(domainId: string, connectionId?: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['setup-progress', domainId, connectionId],
    queryFn: ({ signal }) =>
      api.call(
        'GET /domains/{domainId}/setup-progress',
        { path: { domainId }, query: { connectionId } },
        signal,
      ),
    refetchInterval: ({ state }) => (state.data?.mails.firstSentAt ? 15 : 5) * SECOND_MS,
  });
}
