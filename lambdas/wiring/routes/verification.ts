import type { AdminRoute } from '../../../shared/http/admin/route';
import { verifyCountRoutes } from '../../../shared/http/admin/routes/verification/verify-count-routes';
import { verifyItemRoutes } from '../../../shared/http/admin/routes/verification/verify-item-routes';
import { verifyNameRoutes } from '../../../shared/http/admin/routes/verification/verify-name-routes';
import { consumedCapacity } from '../../../shared/logging/consumed-capacity';
import { NameVerifier } from '../../../shared/service/verification/name-verification';
import { CountVerifier } from '../../../shared/service/verification/count-verification';
import { ItemVerifier } from '../../../shared/service/verification/item-verification';
import type { AdminParts } from '../admin-parts';

/** Wires the routes that verify the table. */
export function wireVerificationRoutes({
  table,
  deployment: { auditRetentionDays },
}: AdminParts): AdminRoute[] {
  const readUnits = (): number => consumedCapacity().read;
  return [
    ...verifyNameRoutes(
      (domainId, actor) => new NameVerifier(table, domainId, { actor, auditRetentionDays }),
      readUnits,
    ),
    ...verifyCountRoutes(
      (domainId, actor) => new CountVerifier(table, domainId, actor, { auditRetentionDays }),
      readUnits,
    ),
    ...verifyItemRoutes(
      (domainId, actor) => new ItemVerifier(table, domainId, actor, { auditRetentionDays, readUnits }),
    ),
  ];
}
