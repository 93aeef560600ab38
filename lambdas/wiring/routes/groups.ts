import type { AdminRoute } from '../../../shared/http/admin/route';
import { groupRoutes } from '../../../shared/http/admin/routes/groups/group-routes';
import { mappingRoutes } from '../../../shared/http/admin/routes/groups/mapping-routes';
import { product } from '../../../shared/product/product';
import { GroupDirectory } from '../../../shared/service/groups/group-directory';
import { openMappingAdmin } from '../../../shared/service/mappings/mapping-admin';
import type { Domain } from '../../../shared/store/domains/domain-store';
import { LicenseStore } from '../../../shared/store/licenses/license-store';
import type { AdminParts } from '../admin-parts';

/** Wires the routes of groups and mappings. */
export function wireGroupRoutes({ table, deployment }: AdminParts): AdminRoute[] {
  const store = new LicenseStore(table);
  const { keyGraceDays } = deployment;
  const licenses = (domainId: string, userIds: readonly string[]) => store.readAll(domainId, userIds);
  const admin = openMappingAdmin(deployment);
  const { userTypes } = product.settings;
  // A domain that never had mappings needs no read.
  const mappings = async ({ domainId, mappingsVersion }: Domain) =>
    mappingsVersion === undefined ? [] : (await admin.get(domainId)).mappings;
  return [
    ...groupRoutes({
      directory: (domainId) => new GroupDirectory(table, domainId),
      licenses,
      keyGraceDays,
      mappings,
    }),
    ...mappingRoutes({ admin, userTypes: userTypes.names, defaultUserType: userTypes.default }),
  ];
}
