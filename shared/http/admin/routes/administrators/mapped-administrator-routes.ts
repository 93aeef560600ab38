import type { MappedAdministrators } from '../../../../service/administrators/mapped-administrators';
import { invitationEnd, type MappedInvitations } from '../../../../service/administrators/mapped-invitations';
import type { MappedAdministrator } from '../../../../store/administrators/mapped-administrator';
import { ok, route, type AdminRoute } from '../../route';

/** The users of a domain whom its mappings make administrators. */
export function mappedAdministratorRoutes(
  mapped: MappedAdministrators,
  invitations: Pick<MappedInvitations, 'resend'>,
): AdminRoute[] {
  return [
    route({
      method: 'GET',
      path: '/domains/{domainId}/mapped-administrators',
      access: 'viewer',
      handle: async ({ domain: { domainId } }) =>
        ok({ items: (await mapped.list(domainId)).map(mappedAdministratorView) }),
    }),
    route({
      method: 'POST',
      path: '/domains/{domainId}/mapped-administrators/{userId}/resend-invitation',
      access: 'owner',
      handle: async ({ domain: { domainId }, parameters: { userId }, actor }) =>
        ok(mappedAdministratorView(await invitations.resend(domainId, userId, actor))),
    }),
  ];
}

function mappedAdministratorView(administrator: MappedAdministrator): object {
  const { userId, administratorId, email, name, role, mappingId, since } = administrator;
  const { signedInAt, invitedAt, mailProblem } = administrator;
  return {
    ...{ userId, administratorId, email, name, role, mappingId, since, signedInAt, invitedAt, mailProblem },
    invitationExpireTime: invitationEnd(administrator)?.toISOString(),
  };
}
