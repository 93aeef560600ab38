import type { InvitationAdmin } from '../../../../service/administrators/invitation-admin';
import { DEPLOYMENT } from '../../../../store/table/keys';
import type { Clock } from '../../../chain/clock';
import { ok, route, type AdminRoute } from '../../route';
import { invitationView } from './invitation-view';

/** The invitations to become an administrator of a domain or of the deployment. */
export function invitationRoutes(invitations: InvitationAdmin, now: Clock): AdminRoute[] {
  return [
    route({
      method: 'GET',
      path: '/domains/{domainId}/invitations',
      access: 'viewer',
      handle: async ({ domain: { domainId } }) =>
        ok({ items: (await invitations.list(domainId)).map((each) => invitationView(each, now())) }),
    }),
    route({
      method: 'DELETE',
      path: '/domains/{domainId}/invitations/{invitationId}',
      access: 'owner',
      handle: async ({ domain: { domainId }, parameters: { invitationId }, actor }) => {
        await invitations.withdraw(domainId, invitationId, actor);
        return { status: 204 };
      },
    }),
    route({
      method: 'GET',
      path: '/invitations',
      access: 'operator',
      handle: async () =>
        ok({ items: (await invitations.list(DEPLOYMENT)).map((each) => invitationView(each, now())) }),
    }),
    route({
      method: 'DELETE',
      path: '/invitations/{invitationId}',
      access: 'operator',
      handle: async ({ parameters: { invitationId }, actor }) => {
        await invitations.withdraw(DEPLOYMENT, invitationId, actor);
        return { status: 204 };
      },
    }),
  ];
}
