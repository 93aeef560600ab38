import { ENV } from '../../shared/env';
import type { AdminRoute } from '../../shared/http/admin/route';
import { healthRoutes } from '../../shared/http/admin/routes/health/readiness-routes';
import type { Clock } from '../../shared/http/chain/clock';
import { readRatePlans } from '../../shared/limits/rate-plan';
import { readConnectionNames } from '../../shared/service/diagnostics/connection-names';
import { openReadiness } from '../../shared/service/diagnostics/open-readiness';
import { readRateUsage } from '../../shared/store/limits/rate-usage';
import { readLicenseUsage } from '../../shared/store/usage/license-usage';
import type { Table } from '../../shared/store/table/table';
import { logger } from '../../shared/logging/telemetry';

/** Wires the routes of the admin API about readiness, rate usage, and license usage. */
export function wireHealthRoutes(table: Table, now: Clock): AdminRoute[] {
  return healthRoutes({
    plans: readRatePlans(),
    readiness: openReadiness(table, () => Promise.resolve(process.env[ENV.portalUrl]), {
      namesAdministrators: true,
      onSenderUnknown: (error) => logger.warn('SES is unavailable.', error as Error),
    }),
    connectionNames: (domainId) => readConnectionNames(table, domainId),
    licenseUsage: (domainId, days) => readLicenseUsage(table, domainId, days, new Date(now())),
    usage: (domainId, connectionIds) => readRateUsage(table, domainId, new Date(now()), connectionIds),
  });
}
