import type { LicensesDeployment } from '../../../shared/deployment';
import { ENV, requireEnv } from '../../../shared/env';
import type { AdminRoute } from '../../../shared/http/admin/route';
import { mailRoutes } from '../../../shared/http/admin/routes/mail/mail-routes';
import { suppressedAddressRoutes } from '../../../shared/http/admin/routes/mail/suppressed-address-routes';
import { openRedriveAdmin } from '../../../shared/service/mail/redrive-admin';
import { openSuppressionAdmin } from '../../../shared/service/mail/suppression-admin';
import type { AdminParts } from '../admin-parts';

/** Wires the routes of undelivered emails and suppressed addresses. */
export const wireMailRoutes = ({ deployment }: AdminParts): AdminRoute[] => [
  ...mailRoutes(openRedriveAdmin(deployment, JSON.parse(requireEnv(ENV.licenses)) as LicensesDeployment)),
  ...suppressedAddressRoutes(openSuppressionAdmin(deployment)),
];
