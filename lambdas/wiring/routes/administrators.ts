import type { AdminRoute } from '../../../shared/http/admin/route';
import { administratorRoutes } from '../../../shared/http/admin/routes/administrators/administrator-routes';
import { invitationRoutes } from '../../../shared/http/admin/routes/administrators/invitation-routes';
import { mappedAdministratorRoutes } from '../../../shared/http/admin/routes/administrators/mapped-administrator-routes';
import { wireAccountOffers } from '../account-offers';
import type { AdminParts } from '../admin-parts';
import { wireAdministration } from '../administration';

/** Wires the routes of administrators and their invitations. */
export function wireAdministratorRoutes(parts: AdminParts): AdminRoute[] {
  const { table, deployment, now } = parts;
  const { administrators, invitations, mapped, mappedInvitations } = wireAdministration(table, deployment);
  const offers = wireAccountOffers(parts);
  return [
    ...administratorRoutes({ administrators, invitations, offers, now }),
    ...mappedAdministratorRoutes(mapped, mappedInvitations),
    ...invitationRoutes(invitations, now),
  ];
}
