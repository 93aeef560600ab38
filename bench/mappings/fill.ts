import type { EngineCall } from '../../local/services/dynamodb/engine/call';
import { newId } from '../../shared/id';
import { countsWrite, withCounts } from '../../shared/store/domains/counts-write';
import { toResourceItem } from '../../shared/store/resources/resource-record';
import { licenseRecordKey, membershipKey, resourceKey } from '../../shared/store/table/keys';
import type { BenchDomain } from '../contention/bench-domain';
import { toAttributeValues } from '../../shared/store/table/attribute-value';

/** The users of a transaction. The local engines write 99 items faster in one transaction than in batches. */
const USERS_PER_TRANSACTION = 33;

/**
 * Writes users with their licenses directly to the table, because the service is too slow for 100,000 of
 * them. They are members of `groupId`, if there is one. The licenses name no change, so no histories and
 * emails follow.
 */
export async function fillUsers(
  call: EngineCall,
  { table, domainId }: BenchDomain,
  count: number,
  groupId?: string,
): Promise<void> {
  const at = new Date().toISOString();
  const itemsOf = (): object[] => {
    const id = newId();
    const userName = `${id}@example.com`;
    const user = {
      ...{ id, attributes: { userName, active: true }, version: 1, created: at, lastModified: at },
      ...{ groupIds: groupId === undefined ? [] : [groupId], memberCount: 0 },
    };
    return [
      toResourceItem(domainId, 'USER', user),
      {
        ...licenseRecordKey(domainId, id),
        domainId,
        userId: id,
        status: 'active',
        userName,
        userType: 'Basic User',
      },
      ...(groupId === undefined ? [] : [membershipKey(domainId, groupId, id)]),
    ];
  };
  for (let done = 0; done < count; done += USERS_PER_TRANSACTION) {
    const items = Array.from({ length: Math.min(USERS_PER_TRANSACTION, count - done) }, itemsOf).flat();
    const TransactItems = items.map((item) => ({
      Put: { TableName: table.name, Item: toAttributeValues({ ...item }) },
    }));
    await call('DynamoDB_20120810.TransactWriteItems', { TransactItems });
  }
  if (groupId !== undefined)
    await call('DynamoDB_20120810.UpdateItem', {
      TableName: table.name,
      Key: toAttributeValues({ ...resourceKey(domainId, 'GROUP', groupId) }),
      UpdateExpression: 'ADD memberCount :count',
      ExpressionAttributeValues: { ':count': { N: String(count) } },
    });
  await withCounts(table, domainId, () =>
    table.transact([countsWrite(domainId, { users: count, activeLicenses: count })]),
  );
}
