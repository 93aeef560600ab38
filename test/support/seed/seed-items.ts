import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { newId } from '../../../shared/id';
import type { Attributes } from '../../../shared/scim/resource';
import { countsKey, membershipKey } from '../../../shared/store/table/keys';
import { toResourceItem, type ResourceRecord } from '../../../shared/store/resources/resource-record';
import type { Table } from '../../../shared/store/table/table';
import { groupRecord, userRecord } from '../store/records';

/** Puts of one transaction, which is the fastest way to write much. */
const PUTS_PER_TRANSACTION = 100;
const CONCURRENT_TRANSACTIONS = 4;

/**
 * Users of a domain past the service, in the order of their ids, and the counts that go with them: enough for lists. They have no
 * name claims and no licenses, which `seedUsers` gives them.
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
  await putItems(table, [
    ...users.map((user) => toResourceItem(domainId, 'USER', user)),
    { ...countsKey(domainId), users: count, groups: groupIds.length, activeLicenses: 0 },
  ]);
  return users;
}

/** A group of these users, who know of it already. */
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

export async function putItems({ name, client }: Table, items: readonly object[]): Promise<void> {
  const chunks: object[][] = [];
  for (let at = 0; at < items.length; at += PUTS_PER_TRANSACTION)
    chunks.push(items.slice(at, at + PUTS_PER_TRANSACTION));
  const put = (Items: object[]) =>
    client.send(
      new TransactWriteCommand({
        TransactItems: Items.map((Item) => ({ Put: { TableName: name, Item: { ...Item } } })),
      }),
    );
  for (let at = 0; at < chunks.length; at += CONCURRENT_TRANSACTIONS)
    await Promise.all(chunks.slice(at, at + CONCURRENT_TRANSACTIONS).map(put));
}
