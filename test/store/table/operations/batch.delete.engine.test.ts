import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { Table } from '../../../../shared/store/table/table';
import { systemTable } from '../../../support/consistency/domain-data';
import { newDomainId, queryItems } from '../../../support/store/records';
import { documentClient } from '../../../support/store/document-client';

let table: Table;
let pk: string;
beforeAll(async () => {
  table = await systemTable();
});
beforeEach(() => {
  pk = `${newDomainId()}#TEST`;
});

async function putItems(count: number) {
  const keys = Array.from({ length: count }, (_, at) => ({ pk, sk: String(at) }));
  for (let at = 0; at < count; at += 25) {
    const puts = keys.slice(at, at + 25).map((Item) => ({ PutRequest: { Item } }));
    await documentClient(table).send(new BatchWriteCommand({ RequestItems: { [table.name]: puts } }));
  }
  return keys;
}

/** A table that processes `processed` items of each request and leaves the others unprocessed. */
function throttledTable(processed: number): { throttled: Table; requests: () => number } {
  let requests = 0;
  const send = async ({ input }: BatchWriteItemCommand) => {
    requests++;
    const all = input.RequestItems?.[table.name] ?? [];
    if (processed > 0) {
      const RequestItems = { [table.name]: all.slice(0, processed) };
      await table.client.send(new BatchWriteItemCommand({ RequestItems }));
    }
    return { UnprocessedItems: processed < all.length ? { [table.name]: all.slice(processed) } : {} };
  };
  const throttled = new Table(table.name, { send } as unknown as Table['client']);
  return { throttled, requests: () => requests };
}

describe('deleteAll', () => {
  it('deletes any number of items, and skips keys without an item', async () => {
    const keys = await putItems(60);
    await table.deleteAll([...keys, { pk, sk: 'never' }]);
    expect(await queryItems(table, pk)).toEqual([]);
    await table.deleteAll([]);
  });

  it('keeps the other items', async () => {
    const keys = await putItems(3);
    await table.deleteAll(keys.slice(1));
    expect(await queryItems(table, pk)).toEqual([keys[0]]);
  });

  it('sends unprocessed keys again', async () => {
    const keys = await putItems(25);
    const { throttled, requests } = throttledTable(10);
    await throttled.deleteAll(keys);
    expect(await queryItems(table, pk)).toEqual([]);
    expect(requests()).toBe(3);
  });

  it('throws a 503 after too many attempts without progress', async () => {
    const keys = await putItems(1);
    const { throttled, requests } = throttledTable(0);
    await expect(throttled.deleteAll(keys)).rejects.toMatchObject({ status: 503 });
    expect(requests()).toBe(10);
  });
});
