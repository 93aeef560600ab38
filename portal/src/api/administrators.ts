import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from './client/api-provider';
import type { NewOperator, Role } from './schema';

/** The domain whose administrators are meant; undefined for the operators of the deployment. */
type Scope = string | undefined;

const administratorsKey = (domainId: Scope) => ['administrators', domainId ?? 'deployment'];
const invitationsKey = (domainId: Scope) => ['invitations', domainId ?? 'deployment'];

/** Reads the administrators of a domain, or the operators. */
export function useAdministrators(domainId: Scope) {
  const api = useApi();
  return useQuery({
    queryKey: administratorsKey(domainId),
    queryFn: ({ signal }) =>
      domainId === undefined
        ? api.call('GET /administrators', {}, signal)
        : api.call('GET /domains/{domainId}/administrators', { path: { domainId } }, signal),
    // Somebody may accept an invitation.
    refetchInterval: 30_000,
  });
}

/** Reads the users of a domain whom mappings make administrators. */
export function useMappedAdministrators(domainId: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['mapped-administrators', domainId],
    queryFn: ({ signal }) =>
      api.call('GET /domains/{domainId}/mapped-administrators', { path: { domainId } }, signal),
    refetchInterval: 30_000,
  });
}

/** Sends the invitation of an administrator from a mapping again. */
export function useResendMapped(domainId: string) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (userId: string) =>
      api.call('POST /domains/{domainId}/mapped-administrators/{userId}/resend-invitation', {
        path: { domainId, userId },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['mapped-administrators', domainId] }),
  });
}

/** Reads the invitations to a domain, or those of operators. */
export function useInvitations(domainId: Scope) {
  const api = useApi();
  return useQuery({
    queryKey: invitationsKey(domainId),
    queryFn: ({ signal }) =>
      domainId === undefined
        ? api.call('GET /invitations', {}, signal)
        : api.call('GET /domains/{domainId}/invitations', { path: { domainId } }, signal),
    refetchInterval: 30_000,
  });
}

function useInvalidateAdministrators(domainId: Scope) {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: administratorsKey(domainId) }),
      queries.invalidateQueries({ queryKey: invitationsKey(domainId) }),
      // The caller's own role may have changed, and the addresses that the domain notifies.
      queries.invalidateQueries({ queryKey: ['me'] }),
      ...(domainId === undefined ? [] : [queries.invalidateQueries({ queryKey: ['domain', domainId] })]),
    ]);
}

export type InvitationInput = NewOperator & { readonly role: Exclude<Role, 'operator'> };

/** Invites an administrator of a domain, or an operator. The role is that in the domain. */
export function useInvite(domainId: Scope) {
  const api = useApi();
  return useMutation({
    mutationFn: ({ role, ...person }: InvitationInput) =>
      domainId === undefined
        ? api.call('POST /administrators', { body: person })
        : api.call('POST /domains/{domainId}/administrators', {
            path: { domainId },
            body: { ...person, role },
          }),
    onSuccess: useInvalidateAdministrators(domainId),
  });
}

export function useChangeRole(domainId: string) {
  const api = useApi();
  return useMutation({
    mutationFn: ({ administratorId, role }: { administratorId: string; role: InvitationInput['role'] }) =>
      api.call('PATCH /domains/{domainId}/administrators/{administratorId}', {
        path: { domainId, administratorId },
        body: { role },
      }),
    onSuccess: useInvalidateAdministrators(domainId),
  });
}

export function useRemoveAdministrator(domainId: Scope) {
  const api = useApi();
  return useMutation({
    mutationFn: (administratorId: string) =>
      domainId === undefined
        ? api.call('DELETE /administrators/{administratorId}', { path: { administratorId } })
        : api.call('DELETE /domains/{domainId}/administrators/{administratorId}', {
            path: { domainId, administratorId },
          }),
    onSuccess: useInvalidateAdministrators(domainId),
  });
}

export function useWithdrawInvitation(domainId: Scope) {
  const api = useApi();
  return useMutation({
    mutationFn: (invitationId: string) =>
      domainId === undefined
        ? api.call('DELETE /invitations/{invitationId}', { path: { invitationId } })
        : api.call('DELETE /domains/{domainId}/invitations/{invitationId}', {
            path: { domainId, invitationId },
          }),
    onSuccess: useInvalidateAdministrators(domainId),
  });
}
