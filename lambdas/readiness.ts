import { readinessRoutes } from '../shared/http/readiness-routes';
import { scimHandler } from '../shared/http/scim-handler';
import { logger } from '../shared/http/telemetry';
import { openReadiness } from '../shared/service/readiness/open-readiness';
import { openTable } from '../shared/store/table';

/** `/readiness`. */
export const handler = scimHandler(() =>
  readinessRoutes(
    openReadiness(openTable(), (error) => logger.warn('SES could not be asked.', error as Error)),
  ),
);
