import type { AdminRoute } from '../../../shared/http/admin/route';
import { auditEventRoutes } from '../../../shared/http/admin/routes/audit/audit-event-routes';
import { openAuditSubjects } from '../../../shared/service/audit/open-audit-subjects';
import { AuditLog } from '../../../shared/store/audit/audit-log';
import type { AdminParts } from '../admin-parts';

/** Wires the routes of audit logs. */
export const wireAuditRoutes = ({
  table,
  deployment: { auditRetentionDays },
  now,
}: AdminParts): AdminRoute[] =>
  auditEventRoutes({
    open: (domainId) => new AuditLog(table, domainId),
    subjects: (scope) => openAuditSubjects(table, scope, auditRetentionDays, () => new Date(now())),
  });
