import { scimReadinessRoutes } from '../shared/http/diagnostics/readiness-routes';
import { scimHandler } from '../shared/http/chain/scim-handler';
import { errorFields } from '../shared/logging/error-fields';
import { ENV } from '../shared/env';
import { cachedPortalUrl } from '../shared/portal/cached-portal-url';
import { readPortalUrl } from '../shared/portal/portal-url';
import { logger } from '../shared/logging/telemetry';
import { openReadiness } from '../shared/service/diagnostics/open-readiness';
import { openTable } from '../shared/store/table/table';

/** A stage without a portal has no parameter to read. */
const portalUrl =
  process.env[ENV.adminParameter] === undefined
    ? () => Promise.resolve(undefined)
    : cachedPortalUrl(readPortalUrl, (error) =>
        logger.warn('The address of the portal cannot be read', errorFields(error)),
      );

/** Serves `/readiness`. */
export const handler = scimHandler(() =>
  scimReadinessRoutes(
    openReadiness(openTable(), portalUrl, {
      namesAdministrators: false,
      onSenderUnknown: (error) => logger.warn('SES is unavailable.', error as Error),
    }),
  ),
);
