import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { MeasuredSystem } from '../contention/bench-domain';
import { BENCH_ACTOR } from '../contention/bench-domain';
import { newId } from '../../shared/id';
import type { Attributes } from '../../shared/scim/resource';
import { auditWrite } from '../../shared/store/audit/audit';
import { countsWrite, withCounts } from '../../shared/store/domains/counts-write';
import { licenseWrite } from '../../shared/store/licenses/license-write';
import { createWrites } from '../../shared/store/resources/resource-writes';
import { membershipKey } from '../../shared/store/table/keys';
import { Table } from '../../shared/store/table/table';
import { MAX_TRANSACTION_WRITES, inTransactions, type Write } from '../../shared/store/table/write';

const CONCURRENT_TRANSACTIONS = 4;
const AT = '2026-03-01T12:00:00.000Z';
const RETENTION_DAYS = 365;

/** The contents of a domain to fill. */
export interface DomainContent {
  readonly users: number;
  /** The attributes of the user with a number. */
  readonly attributesOf: (number: number) => Attributes & { readonly userName: string };
  /** The name of a group with all users. @default there is no group */
  readonly group?: string;
}

/**
 * Returns the table of the system without the limits of a partition key, because a bench writes in minutes
 * what clients write in days.
 */
export const unlimitedTable = ({ session, deployment }: MeasuredSystem): Table =>
  new Table(
    deployment.tableName,
    new DynamoDBClient({ endpoint: session.engineUrl, cacheMiddleware: true, maxAttempts: 1 }),
  );

/**
 * Writes inactive users, and a group of all of them, as the service would, because requests would take hours.
 * Returns the ids of the users and of the group.
 */
export async function fillDomain(
  table: Table,
  domainId: string,
  { users, attributesOf, group }: DomainContent,
): Promise<{ readonly userIds: readonly string[]; readonly groupId: string | undefined }> {
  const groupId = group === undefined ? undefined : newId();
  const groupIds = groupId === undefined ? [] : [groupId];
  const userIds = Array.from({ length: users }, () => newId());
  const units = userIds.map((id, at) => userWrites(domainId, id, attributesOf(at), groupIds));
  if (groupId !== undefined && group !== undefined) {
    const record = { ...recordOf(groupId, { displayName: group }), memberCount: users };
    units.push(createWrites(domainId, 'GROUP', record));
  }
  const transactions = inTransactions(units, (unit) => unit);
  const worker = async (): Promise<void> => {
    for (const { writes } of transactions) await table.transact(writes);
  };
  await Promise.all(Array.from({ length: CONCURRENT_TRANSACTIONS }, worker));
  // The transactions above share no item, so that none of them is canceled because of another.
  await withCounts(table, domainId, () =>
    table.transact([countsWrite(domainId, { users, groups: groupIds.length })]),
  );
  return { userIds, groupId };
}

function userWrites(
  domainId: string,
  id: string,
  attributes: DomainContent['attributesOf'] extends (number: number) => infer A ? A : never,
  groupIds: readonly string[],
): Write[] {
  const { userName } = attributes;
  const holder = { userName, userType: 'Basic User' } as const;
  const event = { id: newId(), at: AT, action: 'user.created', resourceId: id } as const;
  const writes = [
    ...createWrites(domainId, 'USER', { ...recordOf(id, { ...attributes, active: false }), groupIds }),
    licenseWrite({
      domainId,
      userId: id,
      at: AT,
      actor: BENCH_ACTOR,
      holder,
      change: { status: 'inactive' },
    }),
    auditWrite(domainId, { ...event, requestId: 'bench', actor: BENCH_ACTOR }, RETENTION_DAYS),
    ...groupIds.map((groupId): Write => ({ put: { ...membershipKey(domainId, groupId, id) } })),
  ];
  if (writes.length > MAX_TRANSACTION_WRITES) throw new Error('A user does not fit into a transaction.');
  return writes;
}

const recordOf = (id: string, attributes: Attributes) => ({
  ...{ id, attributes, version: 1, created: AT, lastModified: AT },
  ...{ groupIds: [], memberCount: 0 },
});
