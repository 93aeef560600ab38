import { randomUUID } from 'node:crypto';
import { type EngineCall, engineCall } from '../../../../../local/services/dynamodb/engine/call';
import { IndexLag } from '../../../../../local/services/dynamodb/index-lag/index-lag';
import { createCopy } from '../../../../../local/services/dynamodb/table';
import { eventually } from '../../../../support/jest/timeouts';
import { session } from '../../../../support/system/system';
import { resolved } from '../../../resources';

const LONG_MS = 3_600_000;
const SHORT_MS = 40;

type Wire = Record<string, unknown>;

const call: EngineCall = (operation, body) => engineCall(session().engineUrl)(operation, body);
const attributes = (...names: string[]) =>
  names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' }));
const schema = (hash: string, range: string) => [
  { AttributeName: hash, KeyType: 'HASH' },
  { AttributeName: range, KeyType: 'RANGE' },
];

/** Opens a table with the index `byName`, and returns a way to send requests as a function does. */
async function open(lagMs: number, ...items: readonly Wire[]) {
  const TableName = `lag-${randomUUID()}`;
  const definition = {
    AttributeDefinitions: attributes('pk', 'sk', 'name'),
    KeySchema: schema('pk', 'sk'),
    GlobalSecondaryIndexes: [
      { IndexName: 'byName', KeySchema: schema('pk', 'name'), Projection: { ProjectionType: 'KEYS_ONLY' } },
    ],
    BillingMode: 'PAY_PER_REQUEST',
  };
  const [resource] = resolved({
    Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName, ...definition } },
  });
  if (!resource) throw new Error('The template has no table.');
  await call('DynamoDB_20120810.CreateTable', { TableName, ...definition });
  for (const Item of items) await call('DynamoDB_20120810.PutItem', { TableName, Item });
  const errors: unknown[] = [];
  const lag = new IndexLag({ call, lagMs, onError: (error) => errors.push(error) });
  await lag.add(await createCopy(call, resource, `${TableName}.lag`));
  opened.push(lag);
  const send = (operation: string, request: Wire) =>
    lag.run(operation, { TableName, ...request }, async (sent) => {
      const { TableName: table, RequestItems, TransactItems } = sent;
      const own = RequestItems
        ? { RequestItems }
        : TransactItems
          ? { TransactItems }
          : { ...sent, TableName: table };
      return { status: 200, body: await call<Wire>(`DynamoDB_20120810.${operation}`, own) };
    });
  const names = async (own: Wire = {}): Promise<string[]> => {
    const { body } = await send('Query', {
      IndexName: 'byName',
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: 'p' } },
      ...own,
    });
    return (body.Items as { name: { S: string } }[]).map(({ name }) => name.S);
  };
  return { TableName, send, names, errors };
}

const opened: IndexLag[] = [];
afterAll(() => opened.forEach((lag) => lag.stop()));

const key = (sk: string) => ({ pk: { S: 'p' }, sk: { S: sk } });
const named = (sk: string, name: string) => ({ ...key(sk), name: { S: name } });

it('shows the table as it was before the lag, whatever is written', async () => {
  const { TableName, send, names } = await open(LONG_MS, named('1', 'ann'), named('2', 'bob'), key('3'));
  await send('PutItem', { Item: named('4', 'cid') });
  await send('DeleteItem', { Key: key('1') });
  const rename = {
    Key: key('2'),
    UpdateExpression: 'SET #n = :n',
    ExpressionAttributeNames: { '#n': 'name' },
    ExpressionAttributeValues: { ':n': { S: 'bea' } },
  };
  await send('UpdateItem', rename);
  await send('TransactWriteItems', { TransactItems: [{ Put: { TableName, Item: named('5', 'dan') } }] });
  expect(await names()).toEqual(['ann', 'bob']);
  const scanned = await send('Scan', { IndexName: 'byName' });
  expect(scanned.body.Count).toBe(2);
  const stored = await send('Query', {
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': { S: 'p' } },
  });
  expect(stored.body.Count).toBe(4);
});

it('shows every kind of write after the lag, and not earlier', async () => {
  const { TableName, send, names, errors } = await open(SHORT_MS, named('1', 'ann'), named('2', 'bob'));
  const startedAt = Date.now();
  await send('PutItem', { Item: named('3', 'cid') });
  await eventually('the put', async () => (await names()).includes('cid'));
  expect(Date.now() - startedAt).toBeGreaterThanOrEqual(SHORT_MS);
  await send('TransactWriteItems', {
    TransactItems: [
      { Delete: { TableName, Key: key('1') } },
      {
        Update: {
          TableName,
          Key: key('4'),
          UpdateExpression: 'SET #n = :n',
          ExpressionAttributeNames: { '#n': 'name' },
          ExpressionAttributeValues: { ':n': { S: 'dan' } },
        },
      },
      { ConditionCheck: { TableName, Key: key('2'), ConditionExpression: 'attribute_exists(pk)' } },
    ],
  });
  await eventually('the transaction', async () => (await names()).join() === 'bob,cid,dan');
  await send('BatchWriteItem', {
    RequestItems: {
      [TableName]: [{ DeleteRequest: { Key: key('2') } }, { PutRequest: { Item: named('5', 'eva') } }],
    },
  });
  await eventually('the batch', async () => (await names()).join() === 'cid,dan,eva');
  await send('UpdateItem', {
    Key: key('3'),
    UpdateExpression: 'REMOVE #n',
    ExpressionAttributeNames: { '#n': 'name' },
  });
  await eventually('the update', async () => (await names()).join() === 'dan,eva');
  expect(errors).toEqual([]);
});

it('ends with the last of many concurrent writes of an item', async () => {
  const { send, names } = await open(SHORT_MS);
  const writes = Array.from({ length: 40 }, (_, at) => send('PutItem', { Item: named('1', `name-${at}`) }));
  await Promise.all(writes);
  await send('PutItem', { Item: named('2', 'last') });
  await eventually('the last write', async () => (await names()).includes('last'));
  const { body } = await send('GetItem', { Key: key('1'), ConsistentRead: true });
  expect(await names()).toEqual(['last', (body.Item as { name: { S: string } }).name.S]);
});

it('pages through the index as it was', async () => {
  const { send, names } = await open(LONG_MS, named('1', 'ann'), named('2', 'bob'), named('3', 'cid'));
  await send('PutItem', { Item: named('4', 'abe') });
  expect(await names({ Limit: 1 })).toEqual(['ann']);
  const after = { ...named('1', 'ann') };
  expect(await names({ Limit: 1, ExclusiveStartKey: after })).toEqual(['bob']);
});
