import type { RatePlans } from '../../../limits/rate-plan';
import { DiagnosticsStore } from '../../../store/diagnostics/diagnostics-store';
import { readRateUsage } from '../../../store/limits/rate-usage';
import type { Table } from '../../../store/table/table';
import type { StoredConnection } from '../../connections/connection-view';
import { type ConnectionNames, namesOfConnections } from '../connection-names';
import { filterFindings } from './filter-findings';
import type { CheckedDomain, FindingDraft } from '../finding';
import { keyFindings } from './key-findings';
import { rateFindings } from './rate-findings';
import { ignoredFindings, refusedFindings, unknownMemberFindings } from './request-findings';

/** The connections that are checked. */
export interface CheckedConnections {
  /** All connections of the domain. */
  readonly connections: readonly StoredConnection[];
  readonly plans: RatePlans;
  readonly now: Date;
  /** Only this connection is checked. */
  readonly connectionId?: string;
}

/** Checks the credentials and the requests of one connection, or of all connections of the domain. */
export async function checkConnections(
  table: Table,
  domain: CheckedDomain,
  { connections, plans, now, connectionId }: CheckedConnections,
): Promise<FindingDraft[]> {
  const { domainId } = domain;
  const diagnostics = new DiagnosticsStore(table);
  const names = namesOfConnections(connections);
  const checked = connections.filter(
    ({ record }) => connectionId === undefined || record.connectionId === connectionId,
  );
  const credentials = keyFindings(
    checked.flatMap((connection) => connection.credentials),
    now,
    { scope: connectionId === undefined ? 'domain' : 'connection', names },
  );
  const drafts = await Promise.all([
    checkRate(table, domain, { plans, now, connectionId }, names),
    diagnostics.refusals(domainId, now, connectionId).then((page) => refusedFindings(page, names)),
    diagnostics
      .unknownMembers(domainId, now, connectionId)
      .then((page) => unknownMemberFindings(page, names)),
    diagnostics.ignored(domainId, now, connectionId).then((page) => ignoredFindings(page, names)),
    diagnostics
      .unknownFilterAttributes(domainId, now, connectionId)
      .then((page) => filterFindings(page, names)),
  ]);
  return [...credentials, ...drafts.flat()];
}

/** All connections share the limit. One of them is affected in the minutes in which it sent requests. */
async function checkRate(
  table: Table,
  { domainId, ratePlan }: CheckedDomain,
  { plans, now, connectionId }: Pick<CheckedConnections, 'plans' | 'now' | 'connectionId'>,
  names: ConnectionNames,
): Promise<FindingDraft[]> {
  const limit = plans[ratePlan];
  if (!limit) return [];
  const usage = await readRateUsage(table, domainId, now, [...names.keys()]);
  const affected = usage.filter(
    ({ connections }) => connectionId === undefined || connections.has(connectionId),
  );
  return rateFindings(affected, limit, names);
}
