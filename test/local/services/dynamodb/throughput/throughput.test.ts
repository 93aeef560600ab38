import { TableKeys } from '../../../../../local/services/dynamodb/front/table-keys';
import { Throughput } from '../../../../../local/services/dynamodb/throughput/throughput';
import { resolved } from '../../../resources';

type Wire = Record<string, unknown>;

const key = (name: string) => [{ AttributeName: name, KeyType: 'HASH' }];
const tables = new TableKeys(
  resolved({
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        TableName: 'T',
        KeySchema: key('pk'),
        GlobalSecondaryIndexes: [{ IndexName: 'byTeam', KeySchema: key('team') }],
      },
    },
  }),
);

let now: number;
let throughput: Throughput;
/** The requests that reached the engine. */
let sent: Wire[];
beforeEach(() => {
  now = 1_000_000;
  sent = [];
  throughput = new Throughput(
    () => tables,
    () => now,
  );
});

const units = (own: object) => ({ TableName: 'T', ...own });
const writes = (table: number, byTeam = 0) => ({
  ConsumedCapacity: units({
    CapacityUnits: table + byTeam,
    Table: { CapacityUnits: table },
    GlobalSecondaryIndexes: { byTeam: { CapacityUnits: byTeam } },
  }),
});

/** Sends a request to an engine that responds with `body`. */
async function run(operation: string, request: Wire, body: Wire = {}, status = 200) {
  const response = await throughput.run(operation, request, (own) => {
    sent.push(own);
    return Promise.resolve({ status, body });
  });
  return {
    ...response,
    type: ((response.body.__type as string | undefined) ?? '').split('#').pop(),
  };
}
const text = (S: string) => ({ S });
const item = (pk: string, team?: string) => ({ pk: text(pk), ...(team && { team: text(team) }) });
const put = (pk: string, cost: Wire = writes(1), team?: string) =>
  run('PutItem', { TableName: 'T', Item: item(pk, team) }, cost);
const get = (pk: string, cost: number) =>
  run(
    'GetItem',
    { TableName: 'T', Key: item(pk) },
    { ConsumedCapacity: units({ CapacityUnits: cost, Table: { CapacityUnits: cost } }) },
  );
const isThrottled = { status: 400, type: 'ProvisionedThroughputExceededException' };

describe('a partition key', () => {
  it('serves 1,000 write units a second, and refuses more like AWS', async () => {
    for (let at = 0; at < 10; at++) expect(await put('a', writes(100))).toMatchObject({ status: 200 });
    const refused = await put('a');
    expect(refused).toMatchObject(isThrottled);
    expect(refused.body).toMatchObject({
      message: expect.stringContaining('check if you have a hot key') as string,
      ThrottlingReasons: [
        {
          reason: 'TableWriteKeyRangeThroughputExceeded',
          resource: 'arn:aws:dynamodb:us-east-1:000000000000:table/T',
        },
      ],
    });
    expect(sent).toHaveLength(10);
    now += 1;
    expect(await put('a', writes(1))).toMatchObject({ status: 200 });
    expect(await put('a', writes(1))).toMatchObject(isThrottled);
  });

  it('saves no units of the seconds in which it was idle', async () => {
    await put('a', writes(1_000));
    now += 300_000;
    await put('a', writes(1_000));
    expect(await put('a')).toMatchObject(isThrottled);
  });

  it('pays later for a request that costs more than a second', async () => {
    await put('a', writes(2_500));
    now += 1_000;
    expect(await put('a')).toMatchObject(isThrottled);
    now += 501;
    expect(await put('a')).toMatchObject({ status: 200 });
  });

  it('serves 3,000 read units a second, whatever it writes', async () => {
    await put('a', writes(1_000));
    await get('a', 2_999);
    expect(await get('a', 1)).toMatchObject({ status: 200 });
    const refused = await get('a', 1);
    expect(refused).toMatchObject(isThrottled);
    expect(refused.body.ThrottlingReasons).toMatchObject([{ reason: 'TableReadKeyRangeThroughputExceeded' }]);
  });

  it('does not affect other partition keys', async () => {
    await put('a', writes(1_000));
    expect(await put('b')).toMatchObject({ status: 200 });
  });

  it('pays for a write whose condition fails', async () => {
    const failed = { __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException' };
    const Item = { ...item('a'), data: text('x'.repeat(600 * 1_024)) };
    await run('PutItem', { TableName: 'T', Item }, failed, 400);
    await run('PutItem', { TableName: 'T', Item }, failed, 400);
    expect(await put('a')).toMatchObject(isThrottled);
  });
});

describe('a partition key of an index', () => {
  it('throttles the writes of the table that it receives', async () => {
    for (let at = 0; at < 10; at++) await put(`a${at}`, writes(1, 100), 'team');
    const refused = await put('b', writes(1, 1), 'team');
    expect(refused).toMatchObject(isThrottled);
    expect(refused.body.ThrottlingReasons).toEqual([
      {
        reason: 'IndexWriteKeyRangeThroughputExceeded',
        resource: 'arn:aws:dynamodb:us-east-1:000000000000:table/T/index/byTeam',
      },
    ]);
    expect(await put('b', writes(1, 1), 'other')).toMatchObject({ status: 200 });
    expect(await put('b')).toMatchObject({ status: 200 });
  });

  it('is found in an update', async () => {
    await put('a', writes(1, 1_000), 'team');
    const update = {
      TableName: 'T',
      Key: item('b'),
      UpdateExpression: 'SET #t = :team',
      ExpressionAttributeNames: { '#t': 'team' },
      ExpressionAttributeValues: { ':team': text('team') },
    };
    expect(await run('UpdateItem', update)).toMatchObject(isThrottled);
  });

  it('has read units of its own', async () => {
    const query = (own: object) => ({
      TableName: 'T',
      ExpressionAttributeValues: { ':key': text('a') },
      ...own,
    });
    const byTeam = query({ IndexName: 'byTeam', KeyConditionExpression: 'team = :key' });
    const cost = {
      CapacityUnits: 3_000,
      Table: { CapacityUnits: 0 },
      GlobalSecondaryIndexes: { byTeam: { CapacityUnits: 3_000 } },
    };
    await run('Query', byTeam, { ConsumedCapacity: units(cost) });
    const refused = await run('Query', byTeam);
    expect(refused).toMatchObject(isThrottled);
    expect(refused.body.ThrottlingReasons).toMatchObject([{ reason: 'IndexReadKeyRangeThroughputExceeded' }]);
    expect(await run('Query', query({ KeyConditionExpression: 'pk = :key' }))).toMatchObject({ status: 200 });
  });
});

describe('a transaction', () => {
  const transaction = (...keys: string[]) => ({
    TransactItems: keys.map((pk) => ({ Put: { TableName: 'T', Item: item(pk) } })),
  });
  const cost = (table: number) => ({ ConsumedCapacity: [units({ Table: { WriteCapacityUnits: table } })] });

  it('is canceled with the reason for each part', async () => {
    await put('hot', writes(1_000));
    const refused = await run('TransactWriteItems', transaction('cold', 'hot'));
    expect(refused).toMatchObject({ status: 400, type: 'TransactionCanceledException' });
    expect(refused.body).toMatchObject({
      Message:
        'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ThrottlingError]',
      CancellationReasons: [{ Code: 'None' }, { Code: 'ThrottlingError' }],
    });
    expect(sent).toHaveLength(1);
  });

  it('divides its units among its parts by their size', async () => {
    const large = { Put: { TableName: 'T', Item: { ...item('large'), data: text('x'.repeat(8_900)) } } };
    const { TransactItems } = transaction('small');
    await run('TransactWriteItems', { TransactItems: [...TransactItems, large] }, cost(1_100));
    expect(await put('large')).toMatchObject({ status: 200 });
    await run('TransactWriteItems', { TransactItems: [...TransactItems, large] }, cost(110));
    expect(await put('large')).toMatchObject(isThrottled);
    expect(await put('small')).toMatchObject({ status: 200 });
  });

  it('costs two units for each kilobyte if a conflict cancels it', async () => {
    for (let at = 0; at < 500; at++) throughput.chargeCanceled('TransactWriteItems', transaction('a', 'b'));
    expect(await put('a')).toMatchObject(isThrottled);
    expect(await put('b')).toMatchObject(isThrottled);
    expect(await put('c')).toMatchObject({ status: 200 });
  });

  it('of reads is canceled too', async () => {
    await get('a', 3_000);
    const TransactItems = [{ Get: { TableName: 'T', Key: item('a') } }];
    const refused = await run('TransactGetItems', { TransactItems });
    expect(refused.body.CancellationReasons).toMatchObject([{ Code: 'ThrottlingError' }]);
  });
});

describe('a batch', () => {
  const batch = (...keys: string[]) => ({
    RequestItems: { T: keys.map((pk) => ({ PutRequest: { Item: item(pk) } })) },
  });
  const reads = (...keys: string[]) => ({
    RequestItems: { T: { Keys: keys.map((pk) => item(pk)), ConsistentRead: true } },
  });

  it('leaves the writes of a busy key unprocessed', async () => {
    await put('hot', writes(1_000));
    const { status, body } = await run('BatchWriteItem', batch('cold', 'hot', 'other'));
    expect([status, body]).toEqual([200, { UnprocessedItems: batch('hot').RequestItems }]);
    expect(sent.at(-1)).toEqual(batch('cold', 'other'));
  });

  it('leaves the reads of a busy key unprocessed, besides those that the engine left', async () => {
    await get('hot', 3_000);
    const { body } = await run('BatchGetItem', reads('cold', 'hot', 'other'), {
      Responses: { T: [item('other')] },
      UnprocessedKeys: reads('cold').RequestItems,
    });
    expect(body).toEqual({
      Responses: { T: [item('other')] },
      UnprocessedKeys: reads('cold', 'hot').RequestItems,
    });
  });

  it('is refused if nothing can be processed', async () => {
    await put('hot', writes(1_000));
    expect(await run('BatchWriteItem', batch('hot'))).toMatchObject(isThrottled);
  });
});

it('lets scans and unknown tables through', async () => {
  await put('a', writes(1_000));
  expect(await run('Scan', { TableName: 'T' })).toMatchObject({ status: 200 });
  const unknown = { TableName: 'U', Item: item('a') };
  await run('PutItem', unknown, writes(1_000));
  expect(await run('PutItem', unknown)).toMatchObject({ status: 200 });
});

it('knows the tables that programs create', async () => {
  tables.learn({ TableName: 'Own', KeySchema: key('pk') });
  const own = { TableName: 'Own', Item: item('a') };
  await run('PutItem', own, writes(1_000));
  expect(await run('PutItem', own)).toMatchObject(isThrottled);
});
