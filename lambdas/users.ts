import { ENV, requireEnv } from '../shared/env';
import { resourceRoutes } from '../shared/http/routes/resource-routes';
import { scimHandler } from '../shared/http/chain/scim-handler';
import { userResourceType } from '../shared/scim/resource-type';
import { Users } from '../shared/service/users/users';
import { openTable } from '../shared/store/table/table';

/** Serves `/Users`. */
export const handler = scimHandler(() => {
  const table = openTable();
  const auditRetentionDays = Number(requireEnv(ENV.auditRetentionDays));
  return resourceRoutes(userResourceType, (caller) => new Users(table, auditRetentionDays, caller));
});
