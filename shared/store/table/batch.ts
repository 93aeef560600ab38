import { BatchGetCommand, BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { ScimError } from '../../scim/error';
import { backoff } from '../../retry/backoff';
import { retry } from '../../retry/retry';
import type { TableClient } from './client';
import { readable } from './item-version';
import type { ItemKey } from './keys';
import { keyOf, type Item } from './read-item';

/** DynamoDB's limits for one request. */
const GET_BATCH_SIZE = 100;
const DELETE_BATCH_SIZE = 25;
/** Consecutive attempts that process no key. */
const MAX_ATTEMPTS_WITHOUT_PROGRESS = 10;

/** Reads the items of `keys` that exist, in no order, strongly consistent. */
export async function getBatches(
  { name, client }: TableClient,
  keys: readonly ItemKey[],
  deadline?: number,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  await inBatches(keys, GET_BATCH_SIZE, async (batch) => {
    const command = new BatchGetCommand({ RequestItems: { [name]: { Keys: batch, ConsistentRead: true } } });
    const { Responses, UnprocessedKeys } = await retry(() => client.send(command), { deadline });
    items.push(...(Responses?.[name] ?? []).map(readable));
    return (UnprocessedKeys?.[name]?.Keys ?? []).map(keyOf);
  });
  return items;
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
    const command = new BatchWriteCommand({
      RequestItems: { [name]: batch.map((Key) => ({ DeleteRequest: { Key } })) },
    });
    const { UnprocessedItems } = await retry(() => client.send(command), { deadline });
    return (UnprocessedItems?.[name] ?? []).flatMap(({ DeleteRequest }) =>
      DeleteRequest?.Key ? keyOf(DeleteRequest.Key) : [],
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
  send: (batch: Record<'pk' | 'sk', string>[]) => Promise<ItemKey[]>,
): Promise<void> {
  for (let at = 0; at < keys.length; at += size) {
    let batch = keys.slice(at, at + size).map(({ pk, sk }) => ({ pk, sk }));
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
