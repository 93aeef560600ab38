import { ENV } from '../../../shared/env';
import { rateUsageRoutes } from '../../../shared/http/admin/routes/health/rate-usage-routes';
import { readinessRoutes } from '../../../shared/http/admin/routes/health/readiness-routes';
import type { AdminRoute } from '../../../shared/http/admin/route';
import { readRatePlans } from '../../../shared/limits/rate-plan';
import { logger } from '../../../shared/logging/telemetry';
import { readConnectionNames } from '../../../shared/service/diagnostics/connection-names';
import { openReadiness } from '../../../shared/service/diagnostics/open-readiness';
import { readRateUsage } from '../../../shared/store/limits/rate-usage';
import type { AdminParts } from '../admin-parts';

/** Wires the routes of the readiness and the rate usage of domains. */
export function wireHealthRoutes({ table, now }: AdminParts): AdminRoute[] {
  const readiness = openReadiness(table, () => Promise.resolve(process.env[ENV.portalUrl]), {
    namesAdministrators: true,
    onSenderUnknown: (error) => logger.warn('SES is unavailable.', error as Error),
  });
  return [
    ...readinessRoutes(readiness),
    ...rateUsageRoutes({
      plans: readRatePlans(),
      connectionNames: (domainId) => readConnectionNames(table, domainId),
      usage: (domainId, connectionIds) => readRateUsage(table, domainId, new Date(now()), connectionIds),
    }),
  ];
}
