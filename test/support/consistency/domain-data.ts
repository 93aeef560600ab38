import { retry } from '../../../shared/retry/retry';
import { paginateQuery, ScanCommand, TransactGetCommand } from '@aws-sdk/lib-dynamodb';
import type { AuditEvent } from '../../../shared/store/audit/audit';
import {
  readFormerCounts,
  toSnapshot,
  type CountsShard,
  type SeatCounts,
} from '../../../shared/store/domains/counts';
import { ADDRESS_INDEX_COMPLETE, addressIndexPartition } from '../../../shared/store/table/address-keys';
import {
  countsPartition,
  domainPartition,
  groupHeadPartition,
  type ItemKey,
  licenseRecordKey,
  membershipPartition,
  resourceKey,
  type ResourceKind,
  resourcePartition,
  tombstoneKey,
} from '../../../shared/store/table/keys';
import type { LicenseRecord } from '../../../shared/store/licenses/license-record';
import { readHead, withTotals } from '../../../shared/store/groups/group-heads';
import { GroupRecords } from '../../../shared/store/groups/group-records';
import { readResourceItem, type ResourceRecord } from '../../../shared/store/resources/resource-record';
import type { QueuedLicense } from '../../../shared/store/licenses/seat-queue';
import { openTable, type Table } from '../../../shared/store/table/table';
import { deployment, useSdkEnvironment } from '../system/system';
import { documentClient } from '../store/document-client';

/** Everything that the table holds of a domain's resources, each list in the order of its keys. */
export interface DomainData {
  readonly counts: SeatCounts;
  /** The shards of the counts; none if only a previous version has counted. */
  readonly shards?: readonly CountsShard[];
  readonly users: readonly ResourceRecord[];
  /** The groups with the totals of their heads. */
  readonly groups: readonly ResourceRecord[];
  /** The number of heads that exist, and the number that the group has, for each group that has any. */
  readonly heads: readonly { groupId: string; existing: number; expected: number }[];
  readonly claims: readonly NameClaim[];
  /** The items that find users by address. */
  readonly addressItems: readonly ItemKey[];
  /** Whether all users are found by address. */
  readonly indexesAddresses: boolean;
  /** The users who are listed as those whom administrators manage. */
  readonly managedUserIds?: readonly string[];
  readonly memberships: readonly { groupId: string; userId: string }[];
  readonly licenses: readonly LicenseRecord[];
  /** The pending licenses, oldest first. */
  readonly pendingQueue: readonly QueuedLicense[];
  /** The events of changes of users and groups, without refused requests. */
  readonly audit: readonly AuditEvent[];
}

interface NameClaim {
  readonly kind: string;
  readonly name: string;
  readonly ownerId: string;
}

export type Item = Record<string, unknown> & { readonly pk: string; readonly sk: string };

/** Opens the table of the running system. */
export async function systemTable(): Promise<Table> {
  useSdkEnvironment();
  return openTable((await deployment()).tableName);
}

/** Reads a domain from the table. No request may change it meanwhile, because a scan is not a snapshot. */
export const readDomain = async (domainId: string, table?: Table): Promise<DomainData> =>
  toDomainData(domainId, await scanDomain(domainId, table ?? (await systemTable())));

export type Memberships = Pick<DomainData, 'users' | 'groups' | 'memberships'>;

/** Reads the users, groups and memberships of a domain by key, which reads much less than a scan. */
export async function readMemberships(domainId: string): Promise<Memberships> {
  const table = await systemTable();
  const resources = async (kind: ResourceKind) =>
    (await queryPartition(resourcePartition(domainId, kind), table)).map(readResourceItem);
  const users = await resources('USER');
  const groups = [...(await new GroupRecords(table, domainId).complete(await resources('GROUP')))];
  const memberships = [];
  for (const { id } of groups)
    memberships.push(
      ...(await queryPartition(membershipPartition(domainId, id), table)).flatMap(parseMembership),
    );
  return { users, groups, memberships };
}

/** Parses all items of a domain. */
export function toDomainData(domainId: string, unordered: readonly Item[]): DomainData {
  const items = [...unordered].sort(
    (one, other) => compareText(one.pk, other.pk) || compareText(one.sk, other.sk),
  );
  const of = (partition: string): Item[] => items.filter(({ pk }) => pk === `${domainId}#${partition}`);
  const former = readFormerCounts(
    items.find(({ pk, sk }) => pk === domainPartition(domainId) && sk === tombstoneKey(domainId).sk),
  );
  const headsOf = (groupId: string) => items.filter(({ pk }) => pk === groupHeadPartition(domainId, groupId));
  const groups = of('GROUP').map(readResourceItem);
  const withHeads = items.flatMap(({ pk }) => /#HEAD#(.+)$/.exec(pk)?.[1] ?? []);
  const spread = groups.filter(({ headCount }) => headCount !== undefined).map(({ id }) => id);
  const {
    shards,
    version: _version,
    ...counts
  } = toSnapshot(items.filter(({ pk }) => pk === countsPartition(domainId)));
  const addressPartition = addressIndexPartition(domainId);
  const addressItems = items
    .filter(({ pk }) => pk === addressPartition || pk.startsWith(`${addressPartition}#`))
    .map(({ pk, sk }) => ({ pk, sk }));
  return {
    counts: shards.length === 0 ? former : withFormerCounts(counts, former),
    shards,
    users: of('USER').map(readResourceItem),
    groups: groups.map((group) => withTotals({ ...group, heads: headsOf(group.id).map(readHead) })),
    heads: [...new Set([...withHeads, ...spread])].map((groupId) => ({
      groupId,
      existing: headsOf(groupId).length,
      expected: groups.find(({ id }) => id === groupId)?.headCount ?? 0,
    })),
    claims: items.flatMap(parseClaim),
    addressItems: addressItems.filter(({ sk }) => !sk.startsWith('#')),
    indexesAddresses: addressItems.some(({ sk }) => sk === ADDRESS_INDEX_COMPLETE),
    managedUserIds: of('MANAGED').map(({ sk }) => sk),
    memberships: items.flatMap(parseMembership),
    licenses: of('LICENSE') as unknown as LicenseRecord[],
    pendingQueue: of('PENDING').map(({ sk, userId }) => ({ changeId: sk, userId: userId as string })),
    audit: of('AUDIT')
      .map((item) => ({
        ...(item as unknown as AuditEvent),
        ...(item.exactAction !== undefined && { action: item.exactAction as AuditEvent['action'] }),
        id: item.sk,
      }))
      .filter(({ action }) => !/^(domain|key|request)\./.test(action)),
  };
}

/** Functions of the previous version may still add to their counts. */
const withFormerCounts = (counts: SeatCounts, former: SeatCounts): SeatCounts => ({
  ...counts,
  users: counts.users + former.users,
  groups: counts.groups + former.groups,
  activeLicenses: counts.activeLicenses + former.activeLicenses,
  pendingLicenses: counts.pendingLicenses + former.pendingLicenses,
});

/** Reads a user and its license in one transaction. */
export async function userWithLicense(
  domainId: string,
  userId: string,
): Promise<{ user?: ResourceRecord; license?: LicenseRecord }> {
  const table = await systemTable();
  const keys = [resourceKey(domainId, 'USER', userId), licenseRecordKey(domainId, userId)];
  const TransactItems = keys.map((Key) => ({ Get: { TableName: table.name, Key } }));
  const { Responses = [] } = await retry(() =>
    documentClient(table).send(new TransactGetCommand({ TransactItems })),
  );
  const [user, license] = Responses.map(({ Item }) => Item);
  return {
    ...(user && { user: readResourceItem(user) }),
    ...(license && { license: license as unknown as LicenseRecord }),
  };
}

async function queryPartition(pk: string, table: Table): Promise<Item[]> {
  const items: Item[] = [];
  const pages = paginateQuery(
    { client: documentClient(table) },
    {
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      ConsistentRead: true,
    },
  );
  for await (const { Items = [] } of pages) items.push(...(Items as Item[]));
  return items;
}

async function scanDomain(domainId: string, table: Table): Promise<Item[]> {
  const items: Item[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await documentClient(table).send(
      new ScanCommand({
        TableName: table.name,
        FilterExpression: 'pk = :domain OR begins_with(pk, :prefix)',
        ExpressionAttributeValues: { ':domain': domainPartition(domainId), ':prefix': `${domainId}#` },
        ConsistentRead: true,
        ExclusiveStartKey,
      }),
    );
    items.push(...((page.Items ?? []) as Item[]));
    ({ LastEvaluatedKey: ExclusiveStartKey } = page);
  } while (ExclusiveStartKey);
  return items;
}

const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

function parseMembership({ pk, sk }: Item): { groupId: string; userId: string }[] {
  const groupId = /#GROUP#(.+)$/.exec(pk)?.[1];
  return groupId !== undefined && sk !== 'CLAIM' && !pk.includes('#NAME#')
    ? [{ groupId, userId: sk.slice('USER#'.length) }]
    : [];
}

function parseClaim({ pk, ownerId }: Item): NameClaim[] {
  const [, kind, name] = /#NAME#(USER|GROUP)#(.*)$/s.exec(pk) ?? [];
  return kind !== undefined && name !== undefined ? [{ kind, name, ownerId: ownerId as string }] : [];
}
