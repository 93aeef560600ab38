import type { AdminRoute } from '../../../shared/http/admin/route';
import { deletedDomainRoutes } from '../../../shared/http/admin/routes/domains/deleted-domain-routes';
import { domainRoutes } from '../../../shared/http/admin/routes/domains/domain-routes';
import { meRoutes } from '../../../shared/http/admin/routes/domains/me-routes';
import { openDomainAdmin } from '../../../shared/service/domains/domain-admin';
import type { AdminParts } from '../admin-parts';

/** Wires the routes of domains, and of the caller with its domains. */
export function wireDomainRoutes({ deployment }: AdminParts): AdminRoute[] {
  const admin = openDomainAdmin(deployment);
  return [
    ...meRoutes(admin),
    ...domainRoutes({ admin, scimBaseUrl: deployment.baseUrl }),
    ...deletedDomainRoutes(admin),
  ];
}
