import openApi from '../docs/admin-api.openapi.json';
import type { Deployment, LicensesDeployment } from '../shared/deployment';
import { ENV, requireEnv } from '../shared/env';
import { adminHandler } from '../shared/http/admin/admin-handler';
import { auditRoutes } from '../shared/http/admin/routes/audit-routes';
import { domainRoutes } from '../shared/http/admin/routes/domain-routes';
import { healthRoutes } from '../shared/http/admin/routes/health-routes';
import { keyRoutes } from '../shared/http/admin/routes/key-routes';
import { licenseRoutes } from '../shared/http/admin/routes/license-routes';
import { mailRoutes } from '../shared/http/admin/routes/mail-routes';
import { ok, route, type AdminRoute } from '../shared/http/admin/route';
import { userRoutes } from '../shared/http/admin/routes/user-routes';
import { logger } from '../shared/telemetry';
import { readRatePlans } from '../shared/rate-plan';
import { readSecret } from '../shared/store/secrets/secret';
import { openDomainAdmin } from '../shared/service/domains/domain-admin';
import { openLicenseAdmin } from '../shared/service/licenses/license-admin';
import { openMailRedrive } from '../shared/service/mail/mail-redrive';
import { openReadiness } from '../shared/service/diagnostics/open-readiness';
import { openScimKeyAdmin } from '../shared/service/credentials/scim-key-admin';
import { openSuppressionAdmin } from '../shared/service/mail/suppression-admin';
import { UserSearch } from '../shared/service/users/user-search';
import { Users } from '../shared/service/users/users';
import { type AuditEvent, putAudit } from '../shared/store/audit/audit';
import { AuditLog } from '../shared/store/audit/audit-log';
import { DomainStore } from '../shared/store/domains/domain-store';
import { DEPLOYMENT } from '../shared/store/table/keys';
import { LicenseHistory } from '../shared/store/licenses/license-history';
import { LicenseStore } from '../shared/store/licenses/license-store';
import { readRateUsage } from '../shared/store/limits/rate-usage';
import { openTable, type Table } from '../shared/store/table/table';

/** The admin API. */
export const handler = adminHandler(() => {
  const deployment = JSON.parse(requireEnv(ENV.deployment)) as Deployment;
  const table = openTable(deployment.tableName);
  const writeAudit = (domainId: string, event: AuditEvent) =>
    putAudit(table, domainId, event, deployment.auditRetentionDays);
  const domains = new DomainStore(table, deployment.auditRetentionDays);
  return {
    findDomain: (domainId) => domains.get(domainId),
    writeAudit,
    readOriginSecret: () => readSecret(requireEnv(ENV.portalOriginSecretArn)),
    routes: [
      route({ method: 'GET', path: '/openapi.json', access: 'public', handle: () => ok(openApi) }),
      ...domainRoutes({ admin: openDomainAdmin(deployment), scimBaseUrl: deployment.baseUrl }),
      ...keyRoutes(openScimKeyAdmin(deployment)),
      ...mailRoutes({
        addresses: openSuppressionAdmin(deployment),
        redrive: openMailRedrive(deployment, JSON.parse(requireEnv(ENV.licenses)) as LicensesDeployment),
        writeAudit: (event) => writeAudit(DEPLOYMENT, event),
      }),
      ...auditRoutes((domainId) => new AuditLog(table, domainId)),
      ...licenseRoutes(openLicenseAdmin(deployment)),
      ...wireUserRoutes(table, deployment),
      ...wireHealthRoutes(table),
    ],
  };
});

function wireUserRoutes(table: Table, deployment: Deployment): AdminRoute[] {
  const licenses = new LicenseStore(table);
  const history = new LicenseHistory(table);
  return userRoutes({
    search: (domainId) => new UserSearch(table, domainId),
    users: (caller) => new Users(table, deployment.auditRetentionDays, caller),
    licenses: (domainId, userIds) => licenses.readAll(domainId, userIds),
    history: async (domainId, userId, limit) => (await history.page(domainId, userId, limit)).entries,
    admin: openLicenseAdmin(deployment),
    scimBaseUrl: deployment.baseUrl,
  });
}

function wireHealthRoutes(table: Table): AdminRoute[] {
  const open = openReadiness(table, (error) => logger.warn('SES could not be asked.', error as Error));
  return healthRoutes({
    plans: readRatePlans(),
    readiness: (domain) => open(domain),
    usage: (domainId) => readRateUsage(table, domainId, new Date()),
  });
}
