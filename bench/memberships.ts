import type { EngineCall } from '../local/services/dynamodb/engine/call';
import { newId } from '../shared/id';
import { membershipKey, resourceKey, type ItemKey } from '../shared/store/table/keys';

/**
 * The limit of a transaction. The local engines write 100 items several times faster in one transaction than
 * in batches.
 */
const PUTS_PER_TRANSACTION = 100;

/**
 * Adds `size` memberships to a group directly in the table, because the service and the SDK are too slow for
 * 100,000 of them. Their users do not exist, and no change of another member reads them.
 */
export async function writeMemberships(
  call: EngineCall,
  TableName: string,
  { domainId, groupId, size }: { domainId: string; groupId: string; size: number },
): Promise<void> {
  for (let done = 0; done < size; done += PUTS_PER_TRANSACTION) {
    const TransactItems = Array.from({ length: Math.min(PUTS_PER_TRANSACTION, size - done) }, () => ({
      Put: { TableName, Item: toAttributeValues(membershipKey(domainId, groupId, newId())) },
    }));
    await call('DynamoDB_20120810.TransactWriteItems', { TransactItems });
  }
  await call('DynamoDB_20120810.UpdateItem', {
    TableName,
    Key: toAttributeValues(resourceKey(domainId, 'GROUP', groupId)),
    UpdateExpression: 'ADD memberCount :size',
    ExpressionAttributeValues: { ':size': { N: String(size) } },
  });
}

const toAttributeValues = ({ pk, sk }: ItemKey) => ({ pk: { S: pk }, sk: { S: sk } });
