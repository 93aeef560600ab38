import type { Deployment } from '../shared/deployment';
import { ENV, requireEnv } from '../shared/env';
import { adminHandler } from '../shared/http/admin/admin-handler';
import { putAudit } from '../shared/store/audit/audit';
import { DomainStore } from '../shared/store/domains/domain-store';
import { openTable } from '../shared/store/table/table';
import { readOriginSecrets } from './wiring/origin-secrets';
import { wireUserRoutes } from './wiring/user-routes';

/**
 * Serves the users of a domain to administrators, below `/domains/{domainId}/users`. It is a function of its
 * own, so that imports do not keep the rest of the admin API busy.
 */
export const handler = adminHandler((now) => {
  const deployment = JSON.parse(requireEnv(ENV.deployment)) as Deployment;
  const table = openTable(deployment.tableName);
  const domains = new DomainStore(table, deployment.auditRetentionDays);
  return {
    findDomain: (domainId) => domains.get(domainId),
    writeAudit: (domainId, event) => putAudit(table, domainId, event, deployment.auditRetentionDays),
    limitFlushes: () => Promise.reject(new Error('No route of users flushes the cache.')),
    readOriginSecrets,
    routes: wireUserRoutes(table, deployment, now),
  };
});
