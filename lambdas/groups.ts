import { ENV, requireEnv } from '../shared/env';
import { resourceRoutes } from '../shared/http/routes/resource-routes';
import { scimHandler } from '../shared/http/chain/scim-handler';
import { groupResourceType } from '../shared/scim/resource-type';
import { Groups } from '../shared/service/groups/groups';
import { openTable } from '../shared/store/table/table';

/** Serves `/Groups`. */
export const handler = scimHandler(() => {
  const table = openTable();
  const auditRetentionDays = Number(requireEnv(ENV.auditRetentionDays));
  return resourceRoutes(groupResourceType, (caller) => new Groups(table, auditRetentionDays, caller));
});
