import type { DomainAdmin } from '../../../../service/domains/domain-admin';
import { ok, route, type AdminRoute } from '../../route';
import { visibleDomains } from './visible-domains';

/** The caller, with the domains that the caller may see. */
export const meRoutes = (admin: Pick<DomainAdmin, 'getDomain'>): AdminRoute[] => [
  route({
    method: 'GET',
    path: '/me',
    access: 'anyone',
    allowsSetupLink: true,
    handle: async ({ caller }) => {
      const { id, name, kind, roles } = caller;
      const domains = roles.operator ? [] : await visibleDomains(caller, admin);
      return ok({
        id,
        ...(name && { name }),
        kind,
        operator: roles.operator,
        domains: domains.map((domain) => ({ ...domain, role: roles.domains[domain.domainId] })),
      });
    },
  }),
];
