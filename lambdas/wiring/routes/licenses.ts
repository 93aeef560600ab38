import type { AdminRoute } from '../../../shared/http/admin/route';
import { licenseRoutes } from '../../../shared/http/admin/routes/licenses/license-routes';
import { licenseUsageRoutes } from '../../../shared/http/admin/routes/licenses/license-usage-routes';
import { openLicenseAdmin } from '../../../shared/service/licenses/license-admin';
import { readLicenseUsage } from '../../../shared/store/usage/license-usage';
import type { AdminParts } from '../admin-parts';

/** Wires the routes of licenses. */
export const wireLicenseRoutes = ({ table, deployment, now }: AdminParts): AdminRoute[] => [
  ...licenseRoutes(openLicenseAdmin(deployment)),
  ...licenseUsageRoutes((domainId, days) => readLicenseUsage(table, domainId, days, new Date(now()))),
];
