import type { Deployment } from '../shared/deployment';
import openApi from '../docs/admin-api.openapi.json';
import { ENV, requireEnv } from '../shared/env';
import { adminHandler } from '../shared/http/admin/admin-handler';
import { domainRoutes } from '../shared/http/admin/domain-routes';
import { keyRoutes } from '../shared/http/admin/key-routes';
import { ok, route } from '../shared/http/admin/route';
import { openDomainAdmin } from '../shared/service/domain-admin';
import { openScimKeyAdmin } from '../shared/service/scim-key-admin';
import { readCounts } from '../shared/store/counts';
import { DomainStore } from '../shared/store/domain-store';
import { openTable } from '../shared/store/table';

/** The admin API. */
export const handler = adminHandler(() => {
  const deployment = JSON.parse(requireEnv(ENV.deployment)) as Deployment;
  const { auditRetentionDays } = deployment;
  const table = openTable(deployment.tableName);
  const domains = new DomainStore(table, auditRetentionDays);
  const document = route({
    method: 'GET',
    path: '/openapi.json',
    access: 'public',
    handle: () => ok(openApi),
  });
  return {
    findDomain: (domainId) => domains.get(domainId),
    routes: [
      document,
      ...domainRoutes({
        admin: openDomainAdmin(deployment),
        counts: (domainId) => readCounts(table, domainId),
        scimBaseUrl: deployment.baseUrl,
      }),
      ...keyRoutes(openScimKeyAdmin(deployment)),
    ],
  };
});
