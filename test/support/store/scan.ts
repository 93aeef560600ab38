import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { ItemKey } from '../../../shared/store/table/keys';
import { keyOf, type Item } from '../../../shared/store/table/read-item';
import type { Table } from '../../../shared/store/table/table';
import { documentClient } from './document-client';

/** Returns the keys of the items in the whole table that `matches` accepts. */
export async function scanKeys(table: Table, matches: (item: Item) => boolean): Promise<ItemKey[]> {
  const found: ItemKey[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await documentClient(table).send(
      new ScanCommand({ TableName: table.name, ConsistentRead: true, ExclusiveStartKey }),
    );
    found.push(...(page.Items ?? []).filter(matches).map(keyOf));
    ({ LastEvaluatedKey: ExclusiveStartKey } = page);
  } while (ExclusiveStartKey);
  return found;
}
