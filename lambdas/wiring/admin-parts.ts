import type { Deployment } from '../../shared/deployment';
import { ENV, requireEnv } from '../../shared/env';
import type { AdminDependencies } from '../../shared/http/admin/admin-handler';
import type { Clock } from '../../shared/http/chain/clock';
import { putAudit } from '../../shared/store/audit/audit';
import { DomainStore } from '../../shared/store/domains/domain-store';
import { openTable, type Table } from '../../shared/store/table/table';
import { readOriginSecrets } from './origin-secrets';

/** The parts from which all routes of the admin API are wired. */
export interface AdminParts {
  readonly deployment: Deployment;
  readonly table: Table;
  readonly now: Clock;
}

/** Opens the parts, as the environment of the function configures them. */
export function openAdminParts(now: Clock): AdminParts {
  const deployment = JSON.parse(requireEnv(ENV.deployment)) as Deployment;
  return { deployment, table: openTable(deployment.tableName), now };
}

/** Wires what the handler needs besides routes. */
export function wireAdminChain({
  deployment: { auditRetentionDays },
  table,
}: AdminParts): Pick<AdminDependencies, 'findDomain' | 'writeAudit' | 'readOriginSecrets'> {
  const domains = new DomainStore(table, auditRetentionDays);
  return {
    findDomain: (domainId) => domains.get(domainId),
    writeAudit: (domainId, event) => putAudit(table, domainId, event, auditRetentionDays),
    readOriginSecrets,
  };
}
