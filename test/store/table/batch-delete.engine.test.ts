import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { batchDelete } from '../../../shared/store/table/batch-delete';
import type { Table } from '../../../shared/store/table/table';
import { systemTable } from '../../support/consistency/domain-data';
import { queryItems, newDomainId } from '../../support/store/records';

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
    await table.client.send(new BatchWriteCommand({ RequestItems: { [table.name]: puts } }));
  }
  return keys;
}

/** A table that takes `taken` of the items of each request and leaves the others unprocessed. */
function throttledTable(taken: number): Table & { requests: number } {
  const state = { ...table, requests: 0 };
  const send = async ({ input }: BatchWriteCommand) => {
    state.requests++;
    const all = input.RequestItems?.[table.name] ?? [];
    if (taken > 0) {
      const RequestItems = { [table.name]: all.slice(0, taken) };
      await table.client.send(new BatchWriteCommand({ RequestItems }));
    }
    return { UnprocessedItems: taken < all.length ? { [table.name]: all.slice(taken) } : {} };
  };
  return Object.assign(state, { client: { send } as unknown as Table['client'] });
}

describe('batchDelete', () => {
  it('deletes any number of items, and those that are not there', async () => {
    const keys = await putItems(60);
    await batchDelete(table, [...keys, { pk, sk: 'never' }]);
    expect(await queryItems(table, pk)).toEqual([]);
    await batchDelete(table, []);
  });

  it('leaves the others', async () => {
    const keys = await putItems(3);
    await batchDelete(table, keys.slice(1));
    expect(await queryItems(table, pk)).toEqual([keys[0]]);
  });

  it('sends again what was left unprocessed', async () => {
    const keys = await putItems(25);
    const table = throttledTable(10);
    await batchDelete(table, keys);
    expect(await queryItems(await systemTable(), pk)).toEqual([]);
    expect(table.requests).toBe(3);
  });

  it('gives up where nothing is taken any more', async () => {
    const keys = await putItems(1);
    const table = throttledTable(0);
    await expect(batchDelete(table, keys)).rejects.toMatchObject({ status: 503 });
    expect(table.requests).toBe(10);
  });
});
