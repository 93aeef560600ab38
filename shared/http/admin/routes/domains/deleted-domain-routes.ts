import type { DomainAdmin } from '../../../../service/domains/domain-admin';
import { fields } from '../../fields';
import { ID_POSITION, limitOf, pageBody, PAGING, positionIn } from '../../paging';
import { ok, route, type AdminRoute } from '../../route';

/** The domains that were deleted, and whether anything is left of them. */
export const deletedDomainRoutes = (admin: Pick<DomainAdmin, 'listDeletedDomains'>): AdminRoute[] => [
  route({
    method: 'GET',
    path: '/deleted-domains',
    access: 'operator',
    query: fields(PAGING),
    handle: async ({ query }) => {
      const after = positionIn(ID_POSITION, query.cursor);
      const { domains, next } = await admin.listDeletedDomains(limitOf(query), after);
      return ok(pageBody({ items: domains, next }));
    },
  }),
];
