import { ENV, requireEnv } from '../shared/env';
import { bulkRoutes } from '../shared/http/bulk/bulk-routes';
import { resourceRoutes } from '../shared/http/routes/resource-routes';
import { toScimError } from '../shared/http/chain/scim-errors';
import { scimHandler } from '../shared/http/chain/scim-handler';
import { logger, reportFailure } from '../shared/telemetry';
import { readRatePlans } from '../shared/rate-plan';
import { groupResourceType, userResourceType } from '../shared/scim/resource-type';
import { Groups } from '../shared/service/groups/groups';
import { Users } from '../shared/service/users/users';
import { openTable } from '../shared/store/table/table';

/** Serves `/Bulk`. */
export const handler = scimHandler((now) => {
  const table = openTable();
  const auditRetentionDays = Number(requireEnv(ENV.auditRetentionDays));
  return bulkRoutes({
    routes: [
      ...resourceRoutes(userResourceType, (caller) => new Users(table, auditRetentionDays, caller)),
      ...resourceRoutes(groupResourceType, (caller) => new Groups(table, auditRetentionDays, caller)),
    ],
    plans: readRatePlans(),
    now,
    toScimError: (error, requestId) => toScimError(error, requestId, reportFailure),
    onDone: (summary) => logger.info('bulk', { ...summary }),
  });
});
