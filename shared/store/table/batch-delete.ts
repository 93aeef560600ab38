import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { ScimError } from '../../scim/error';
import { backoff } from './backoff';
import type { ItemKey } from './keys';
import type { Table } from './table';

/** DynamoDB's limit for one request. */
const BATCH_SIZE = 25;
/** Tries in a row that bring nothing. */
const MAX_ATTEMPTS_WITHOUT_PROGRESS = 10;

/**
 * Deletes the items of `keys`, each of which stands there once, whether they exist or not, and at half of what a transaction
 * costs. Where that fails, some are gone. DynamoDB leaves keys unprocessed under load: they are sent again, and are a 503 in
 * the end.
 */
export async function batchDelete(table: Table, keys: readonly ItemKey[]): Promise<void> {
  for (let at = 0; at < keys.length; at += BATCH_SIZE) {
    let wanted = keys
      .slice(at, at + BATCH_SIZE)
      .map(({ pk, sk }) => ({ DeleteRequest: { Key: { pk, sk } } }));
    for (let attempt = 1; wanted.length > 0; attempt++) {
      const { UnprocessedItems } = await table.client.send(
        new BatchWriteCommand({ RequestItems: { [table.name]: wanted } }),
      );
      const left = (UnprocessedItems?.[table.name] ?? []) as typeof wanted;
      if (left.length > 0) {
        if (left.length < wanted.length) attempt = 1;
        if (attempt === MAX_ATTEMPTS_WITHOUT_PROGRESS)
          throw ScimError.unavailable('The database is busy. Try again.', 1);
        await backoff(attempt);
      }
      wanted = left;
    }
  }
}
