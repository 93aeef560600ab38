import { ENV, requireEnv } from '../shared/env';
import { bulkRoutes } from '../shared/http/bulk-routes';
import { resourceRoutes } from '../shared/http/resource-routes';
import { scimErrorOf } from '../shared/http/scim-errors';
import { scimHandler } from '../shared/http/scim-handler';
import { logger, tellFailure } from '../shared/http/telemetry';
import { readRatePlans } from '../shared/rate-plan';
import { groupResourceType, userResourceType } from '../shared/scim/resource-type';
import { Groups } from '../shared/service/groups';
import { Users } from '../shared/service/users';
import { openTable } from '../shared/store/table';

/** `/Bulk`. */
export const handler = scimHandler(() => {
  const table = openTable();
  const auditRetentionDays = Number(requireEnv(ENV.auditRetentionDays));
  return bulkRoutes({
    routes: [
      ...resourceRoutes(userResourceType, (caller) => new Users(table, auditRetentionDays, caller)),
      ...resourceRoutes(groupResourceType, (caller) => new Groups(table, auditRetentionDays, caller)),
    ],
    plans: readRatePlans(),
    now: Date.now,
    toScimError: (error, requestId) => scimErrorOf(error, requestId, tellFailure),
    onDone: (done) => logger.info('bulk', { ...done }),
  });
});
