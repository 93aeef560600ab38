import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { ItemKey } from '../../../shared/store/table/keys';
import { keyOf, type Item } from '../../../shared/store/table/read-item';
import type { Table } from '../../../shared/store/table/table';

/** Returns the keys of the items in the whole table that `matches` accepts. */
export async function scanKeys(
  { name, client }: Table,
  matches: (item: Item) => boolean,
): Promise<ItemKey[]> {
  const found: ItemKey[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName: name, ConsistentRead: true, ExclusiveStartKey }),
    );
    found.push(...(page.Items ?? []).filter(matches).map(keyOf));
    ({ LastEvaluatedKey: ExclusiveStartKey } = page);
  } while (ExclusiveStartKey);
  return found;
}
