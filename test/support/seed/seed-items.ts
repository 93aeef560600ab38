import { DynamoDBClient, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { newId } from '../../../shared/id';
import type { Attributes } from '../../../shared/scim/resource';
import { toAttributeValues } from '../../../shared/store/table/attribute-value';
import { membershipKey } from '../../../shared/store/table/keys';
import { countsWrite, withCounts } from '../../../shared/store/domains/counts-write';
import { toResourceItem, type ResourceRecord } from '../../../shared/store/resources/resource-record';
import { Table } from '../../../shared/store/table/table';
import { groupRecord, userRecord } from '../store/records';
import { session } from '../system/system';

/** Transactions are faster than batches on the local engines. */
const PUTS_PER_TRANSACTION = 100;
const CONCURRENT_TRANSACTIONS = 4;

/**
 * Writes users and the counts of a domain to the table, which is enough for lists. The users have no name
 * claims and no licenses; `seedUsers` creates those too. Returns the users in the order of their ids.
 */
export async function seedUserItems(
  table: Table,
  domainId: string,
  count: number,
  attributesOf: (at: number) => Attributes & { userName: string },
  groupIds: readonly string[] = [],
): Promise<ResourceRecord[]> {
  const ids = Array.from({ length: count }, newId).sort();
  const users = ids.map((id, at): ResourceRecord => {
    const { userName, ...attributes } = attributesOf(at);
    return { ...userRecord(userName, attributes), id, groupIds };
  });
  await putItems(
    table,
    users.map((user) => toResourceItem(domainId, 'USER', user)),
  );
  await withCounts(table, domainId, () =>
    table.transact([countsWrite(domainId, { users: count, groups: groupIds.length })]),
  );
  return users;
}

/** Writes a group of users whose records already contain its id. */
export async function seedGroupItems(
  table: Table,
  domainId: string,
  id: string,
  displayName: string,
  members: readonly ResourceRecord[],
): Promise<void> {
  const group = { ...groupRecord(displayName), id, memberCount: members.length };
  await putItems(table, [
    toResourceItem(domainId, 'GROUP', group),
    ...members.map((user) => membershipKey(domainId, id, user.id)),
  ]);
}

let engine: DynamoDBClient | undefined;

/**
 * Returns a table without DynamoDB's limits of a partition key, because a seed writes in a moment what
 * clients write in hours.
 */
export function withoutLimits({ name }: Table): Table {
  engine ??= new DynamoDBClient({ endpoint: session().engineUrl });
  return new Table(name, engine);
}

/** Writes items in concurrent transactions. */
export async function putItems(table: Table, items: readonly object[]): Promise<void> {
  const { name, client } = withoutLimits(table);
  const chunks: object[][] = [];
  for (let at = 0; at < items.length; at += PUTS_PER_TRANSACTION)
    chunks.push(items.slice(at, at + PUTS_PER_TRANSACTION));
  const put = (Items: object[]) =>
    client.send(
      new TransactWriteItemsCommand({
        TransactItems: Items.map((Item) => ({
          Put: { TableName: name, Item: toAttributeValues({ ...Item }) },
        })),
      }),
    );
  for (let at = 0; at < chunks.length; at += CONCURRENT_TRANSACTIONS)
    await Promise.all(chunks.slice(at, at + CONCURRENT_TRANSACTIONS).map(put));
}
