import { bulkRoutes } from '../shared/http/bulk/bulk-routes';
import { resourceRoutes } from '../shared/http/routes/resource-routes';
import { toScimError } from '../shared/http/chain/scim-errors';
import { scimHandler } from '../shared/http/chain/scim-handler';
import { logger, reportFailure } from '../shared/logging/telemetry';
import { readRatePlans } from '../shared/limits/rate-plan';
import { groupResourceType } from '../shared/scim/resource-type';
import { Groups } from '../shared/service/groups/groups';
import { readUserSettings, Users } from '../shared/service/users/users';
import { openTable } from '../shared/store/table/table';
import { userResourceType } from '../shared/product/product';

/** Serves `/Bulk`. */
export const handler = scimHandler((now) => {
  const table = openTable();
  const settings = readUserSettings();
  return bulkRoutes({
    routes: [
      ...resourceRoutes(userResourceType, (caller) => new Users(table, settings, caller)),
      ...resourceRoutes(
        groupResourceType,
        (caller) => new Groups(table, settings.auditRetentionDays, caller),
      ),
    ],
    plans: readRatePlans(),
    now,
    toScimError: (error, requestId) => toScimError(error, requestId, reportFailure),
    onDone: (summary) => logger.info('bulk', { ...summary }),
  });
});
