import type { RatePlans } from '../../../limits/rate-plan';
import { DiagnosticsStore } from '../../../store/diagnostics/diagnostics-store';
import { readRateUsage } from '../../../store/limits/rate-usage';
import type { Table } from '../../../store/table/table';
import type { StoredConnection } from '../../connections/connection-view';
import { type ConnectionNames, namesOf } from '../connection-names';
import { hasNoIdentityProvider } from './availability-finding';
import { filterFindings } from './filter-findings';
import type { CheckedDomain, FindingDraft } from '../finding';
import { keyFindings } from './key-findings';
import { rateFindings } from './rate-findings';
import { ignoredFindings, refusedFindings, unknownMemberFindings } from './request-findings';

/** Checks the credentials and the requests of one connection, or of all `connections` of the domain. */
export async function checkConnections(
  table: Table,
  domain: CheckedDomain,
  connections: readonly StoredConnection[],
  { plans }: { readonly plans: RatePlans },
  now: Date,
  connectionId?: string,
): Promise<FindingDraft[]> {
  const { domainId } = domain;
  const diagnostics = new DiagnosticsStore(table);
  const names = namesOf(connections);
  const checked = connections.filter(
    ({ record }) => connectionId === undefined || record.connectionId === connectionId,
  );
  const credentials = keyFindings(
    checked.flatMap((connection) => connection.credentials),
    now,
    {
      scope: connectionId === undefined ? 'domain' : 'connection',
      mayHaveNone: connectionId === undefined && hasNoIdentityProvider(domain, connections),
      names,
    },
  );
  const drafts = await Promise.all([
    checkRate(table, domain, plans, names, now, connectionId),
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
  plans: RatePlans,
  names: ConnectionNames,
  now: Date,
  connectionId: string | undefined,
): Promise<FindingDraft[]> {
  const limit = plans[ratePlan];
  if (!limit) return [];
  const usage = await readRateUsage(table, domainId, now, [...names.keys()]);
  const affected = usage.filter(
    ({ connections }) => connectionId === undefined || connections.has(connectionId),
  );
  return rateFindings(affected, limit, names);
}
