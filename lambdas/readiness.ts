import { readinessRoutes } from '../shared/http/diagnostics/readiness-routes';
import { scimHandler } from '../shared/http/chain/scim-handler';
import { logger } from '../shared/telemetry';
import { openReadiness } from '../shared/service/diagnostics/open-readiness';
import { openTable } from '../shared/store/table/table';

/** Serves `/readiness`. */
export const handler = scimHandler(() =>
  readinessRoutes(openReadiness(openTable(), (error) => logger.warn('SES is unavailable.', error as Error))),
);
