import type { AdministratorAdmin } from '../../../../service/administrators/administrator-admin';
import type { InvitationAdmin } from '../../../../service/administrators/invitation-admin';
import type { AccountOffers } from '../../../../service/setup-links/account-offers';
import type { Administrator } from '../../../../store/administrators/administrator';
import { DEPLOYMENT } from '../../../../store/table/keys';
import type { Clock } from '../../../chain/clock';
import { Problem } from '../../problem';
import { ok, route, type AdminRoute } from '../../route';
import { NEW_ADMINISTRATOR, NEW_OPERATOR, ROLE_CHANGE } from './administrator-bodies';
import { invitationView } from './invitation-view';

export interface AdministratorRoutesOptions {
  readonly administrators: AdministratorAdmin;
  readonly invitations: InvitationAdmin;
  readonly offers: Pick<AccountOffers, 'use'>;
  readonly now: Clock;
}

/** The administrators of a domain and of the deployment. A new one is invited. */
export const administratorRoutes = (options: AdministratorRoutesOptions): AdminRoute[] => [
  ...domainAdministratorRoutes(options),
  ...operatorRoutes(options),
];

function domainAdministratorRoutes({
  administrators,
  invitations,
  offers,
  now,
}: AdministratorRoutesOptions): AdminRoute[] {
  return [
    route({
      method: 'GET',
      path: '/domains/{domainId}/administrators',
      access: 'viewer',
      handle: async ({ domain }) =>
        ok({ items: (await administrators.list(domain.domainId)).map(administratorView) }),
    }),
    route({
      method: 'POST',
      path: '/domains/{domainId}/administrators',
      access: 'owner',
      // Only for the account that the administrator offered who created the link.
      allowsSetupLink: true,
      body: NEW_ADMINISTRATOR,
      handle: async ({ caller, domain, body, actor }) => {
        const { domainId } = domain;
        const invite = () => invitations.invite(domainId, body, actor);
        const isGuest = caller.kind === 'setupLink';
        const invitation = await (isGuest ? offers.use(domainId, caller.id, body, invite) : invite());
        if (!invitation)
          throw Problem.forbidden(
            'A setup link allows only the account that it offers. Ask the person who sent it for another account.',
          );
        return { status: 201, body: invitationView(invitation, now()) };
      },
    }),
    route({
      method: 'PATCH',
      path: '/domains/{domainId}/administrators/{administratorId}',
      access: 'owner',
      body: ROLE_CHANGE,
      handle: async ({ domain: { domainId }, parameters: { administratorId }, body: { role }, actor }) =>
        ok(administratorView(await administrators.setRole(domainId, administratorId, role, actor))),
    }),
    route({
      method: 'DELETE',
      path: '/domains/{domainId}/administrators/{administratorId}',
      access: 'owner',
      handle: async ({ domain: { domainId }, parameters: { administratorId }, actor }) => {
        await administrators.remove(domainId, administratorId, actor);
        return { status: 204 };
      },
    }),
  ];
}

function operatorRoutes({ administrators, invitations, now }: AdministratorRoutesOptions): AdminRoute[] {
  return [
    route({
      method: 'GET',
      path: '/administrators',
      access: 'operator',
      handle: async () => ok({ items: (await administrators.list(DEPLOYMENT)).map(administratorView) }),
    }),
    route({
      method: 'POST',
      path: '/administrators',
      access: 'operator',
      body: NEW_OPERATOR,
      handle: async ({ body, actor }) => {
        const invitation = await invitations.invite(DEPLOYMENT, { ...body, role: 'operator' }, actor);
        return { status: 201, body: invitationView(invitation, now()) };
      },
    }),
    route({
      method: 'DELETE',
      path: '/administrators/{administratorId}',
      access: 'operator',
      handle: async ({ parameters: { administratorId }, actor }) => {
        await administrators.remove(DEPLOYMENT, administratorId, actor);
        return { status: 204 };
      },
    }),
  ];
}

const administratorView = (administrator: Administrator): object => {
  const { administratorId, email, name, role, grantedAt, grantedBy, source } = administrator;
  return { administratorId, email, name, role, grantedAt, grantedBy, source };
};
