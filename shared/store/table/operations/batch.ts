import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  TransactGetItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { ScimError } from '../../../scim/error';
import { backoff } from '../../../retry/backoff';
import { retry } from '../../../retry/retry';
import { type AttributeValues, fromAttributeValues } from '../attribute-value';
import type { TableClient } from './client';
import { readable } from '../item-version';
import type { ItemKey } from '../keys';
import type { Item } from '../read-item';
import { toKey } from '../write';

/** DynamoDB's limits for one request. */
const GET_BATCH_SIZE = 100;
const DELETE_BATCH_SIZE = 25;
/** Consecutive attempts that process no key. */
const MAX_ATTEMPTS_WITHOUT_PROGRESS = 10;

/** Reads the items of `keys` that exist, in no order. Strongly consistent reads cost twice as much. */
export async function getBatches(
  { name, client }: TableClient,
  keys: readonly ItemKey[],
  deadline?: number,
  isConsistent = true,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  await inBatches(keys, GET_BATCH_SIZE, async (batch) => {
    const command = new BatchGetItemCommand({
      RequestItems: { [name]: { Keys: batch, ConsistentRead: isConsistent } },
    });
    const { Responses, UnprocessedKeys } = await retry(() => client.send(command), { deadline });
    items.push(...(Responses?.[name] ?? []).map((item) => readable(fromAttributeValues(item))));
    return UnprocessedKeys?.[name]?.Keys ?? [];
  });
  return items;
}

/**
 * Reads at most 100 items as they are at one moment: no transaction is in part of them only. An item that
 * does not exist is undefined. A read unit of it counts twice.
 */
export async function getTogether(
  { name: TableName, client }: TableClient,
  keys: readonly ItemKey[],
  deadline?: number,
): Promise<(Item | undefined)[]> {
  const TransactItems = keys.map((key) => ({ Get: { TableName, Key: toKey(key) } }));
  const command = new TransactGetItemsCommand({ TransactItems });
  const { Responses = [] } = await retry(() => client.send(command), { deadline });
  return keys.map((_, at) => {
    const item = Responses[at]?.Item;
    return item && readable(fromAttributeValues(item));
  });
}

/**
 * Deletes the items of `keys`, which must differ, at half the cost of a transaction. Keys without an item are
 * skipped. If this throws, some of the items are deleted.
 */
export async function deleteBatches(
  { name, client }: TableClient,
  keys: readonly ItemKey[],
  deadline?: number,
): Promise<void> {
  await inBatches(keys, DELETE_BATCH_SIZE, async (batch) => {
    const command = new BatchWriteItemCommand({
      RequestItems: { [name]: batch.map((Key) => ({ DeleteRequest: { Key } })) },
    });
    const { UnprocessedItems } = await retry(() => client.send(command), { deadline });
    return (UnprocessedItems?.[name] ?? []).flatMap(({ DeleteRequest }) =>
      DeleteRequest?.Key ? [DeleteRequest.Key] : [],
    );
  });
}

/**
 * Sends `keys` in batches of `size`. `send` returns the keys that DynamoDB left unprocessed, which happens
 * under load and, for reads, if the items exceed 16 MB. They are sent again; after too many attempts without
 * progress, a 503 is thrown.
 */
async function inBatches(
  keys: readonly ItemKey[],
  size: number,
  send: (batch: AttributeValues[]) => Promise<AttributeValues[]>,
): Promise<void> {
  for (let at = 0; at < keys.length; at += size) {
    let batch = keys.slice(at, at + size).map(toKey);
    for (let attempt = 1; batch.length > 0; attempt++) {
      const unprocessed = await send(batch);
      if (unprocessed.length > 0) {
        if (unprocessed.length < batch.length) attempt = 1;
        if (attempt === MAX_ATTEMPTS_WITHOUT_PROGRESS)
          throw ScimError.unavailable('The database is busy. Send the request again.', 1);
        await backoff(attempt);
      }
      batch = unprocessed;
    }
  }
}
