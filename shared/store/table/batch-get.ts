import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import { ScimError } from '../../scim/error';
import { backoff } from './backoff';
import type { ItemKey } from './keys';
import type { Table } from './table';

/** DynamoDB's limit for one request. */
const BATCH_SIZE = 100;
/** Tries in a row that bring nothing. */
const MAX_ATTEMPTS_WITHOUT_PROGRESS = 10;

/**
 * The items of `keys` that exist, in no order, strongly consistent. DynamoDB leaves keys unprocessed under load, and where
 * the items are more than 16 MB: they are asked for again, and are a 503 in the end.
 */
export async function batchGet(table: Table, keys: readonly ItemKey[]): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  for (let at = 0; at < keys.length; at += BATCH_SIZE) {
    let wanted: Record<string, unknown>[] = keys.slice(at, at + BATCH_SIZE).map((key) => ({ ...key }));
    for (let attempt = 1; ; attempt++) {
      const { Responses, UnprocessedKeys } = await table.client.send(
        new BatchGetCommand({ RequestItems: { [table.name]: { Keys: wanted, ConsistentRead: true } } }),
      );
      const found = Responses?.[table.name] ?? [];
      items.push(...found);
      wanted = UnprocessedKeys?.[table.name]?.Keys ?? [];
      if (wanted.length === 0) break;
      if (found.length > 0) attempt = 1;
      if (attempt === MAX_ATTEMPTS_WITHOUT_PROGRESS) {
        throw ScimError.unavailable('The database is busy. Send the request again.', 1);
      }
      await backoff(attempt);
    }
  }
  return items;
}
