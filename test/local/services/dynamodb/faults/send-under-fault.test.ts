import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { Callers } from '../../../../../local/cloud/callers';
import type { FaultKind } from '../../../../../local/cloud/faults/fault';
import { Faults } from '../../../../../local/cloud/faults/faults';
import { type Listening, listen, readBody } from '../../../../../local/host/http';
import { startFront } from '../../../../../local/services/dynamodb/front/front';
import { TableKeys } from '../../../../../local/services/dynamodb/front/table-keys';
import { isTransientError, isUncertain } from '../../../../../shared/retry/transient-error';
import { eventually, HANG_LIMIT_MS } from '../../../../support/jest/timeouts';
import { ADMINISTRATOR } from '../../../iam';
import { resolved } from '../../../resources';

const resources = resolved({
  Table: {
    Type: 'AWS::DynamoDB::Table',
    Properties: { TableName: 'users', KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }] },
  },
});
const callers = new Callers();
const own = callers.register('App-Users', { name: 'role' } as never);
const FUNCTION = { ...own, secretAccessKey: 'local', sessionToken: `${own.sessionToken}.3` };

let engine: Listening;
let front: Listening;
let faults: Faults;
let received: { operation: string; request: Record<string, unknown> }[];
let killed: unknown[];

beforeAll(async () => {
  engine = await listen((message, response) => {
    void readBody(message).then((body) => {
      const operation = String(message.headers['x-amz-target']).split('.')[1] ?? '';
      received.push({ operation, request: JSON.parse(String(body)) as Record<string, unknown> });
      response.writeHead(200).end('{}');
    });
  }, 0);
});
afterAll(() => engine.close());
beforeEach(async () => {
  received = [];
  killed = [];
  faults = new Faults();
  faults.kill = (...victim) => Promise.resolve(void killed.push(victim));
  front = await startFront({
    ...{ engine: engine.url, callers, faults },
    iam: { authorize: () => undefined },
    tables: () => new TableKeys(resources),
    conflicts: undefined,
    throughput: undefined,
    indexLag: undefined,
    meter: undefined,
  });
});
afterEach(() => front.close());

const inject = (kind: FaultKind, times = 1) => faults.add({ share: 1, seed: 1, kinds: [kind], times });

/** `requestTimeout` is in milliseconds. Only a call that hangs needs a short one. */
function client(
  credentials: typeof ADMINISTRATOR & { sessionToken?: string } = FUNCTION,
  requestTimeout = HANG_LIMIT_MS,
): DynamoDBClient {
  const requestHandler = { requestTimeout, throwOnRequestTimeout: true };
  return new DynamoDBClient({
    ...{ region: 'us-east-1', endpoint: front.url, credentials, maxAttempts: 1, requestHandler },
  });
}

const Item = { pk: { S: 'a' } };
const put = new PutItemCommand({ TableName: 'users', Item });
const transaction = new TransactWriteItemsCommand({
  TransactItems: [
    { Put: { TableName: 'users', Item } },
    { Put: { TableName: 'users', Item: { pk: { S: 'b' } } } },
  ],
});
const errorOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );

describe.each<
  [FaultKind, typeof put | typeof transaction, { uncertain: boolean; executed: number | undefined }]
>([
  ['throttling', put, { uncertain: false, executed: 0 }],
  ['conflict', put, { uncertain: false, executed: 0 }],
  ['canceled', transaction, { uncertain: false, executed: 0 }],
  ['unavailable', put, { uncertain: true, executed: 0 }],
  ['internal', put, { uncertain: true, executed: undefined }],
  ['in-progress', transaction, { uncertain: true, executed: 1 }],
  ['reset-before', put, { uncertain: true, executed: 0 }],
  ['reset-after', put, { uncertain: true, executed: 1 }],
  ['kill-before', put, { uncertain: true, executed: 0 }],
  ['kill-after', put, { uncertain: true, executed: 1 }],
])('%s', (kind, command, { uncertain, executed }) => {
  it('is a transient error for the product, with the effect that it names', async () => {
    inject(kind);
    const error = await errorOf(client().send(command as typeof put));
    expect({ isTransient: isTransientError(error), isUncertain: isUncertain(error) }).toEqual({
      isTransient: true,
      isUncertain: uncertain,
    });
    if (executed !== undefined) expect(received).toHaveLength(executed);
    expect(killed).toEqual(kind.startsWith('kill') ? [['App-Users', '3']] : []);
    await client().send(command as typeof put);
  });
});

it('carries out a hanging call after the client has given up', async () => {
  inject('hang');
  const error = await errorOf(client(FUNCTION, 200).send(put));
  expect([isTransientError(error), isUncertain(error)]).toEqual([true, true]);
  expect(received).toEqual([]);
  await eventually('the late call', () => received.length === 1);
});

it('throttles with each error that DynamoDB has for it', async () => {
  inject('throttling', 30);
  const names = new Set<string>();
  for (let at = 0; at < 30; at++) names.add(((await errorOf(client().send(put))) as Error).name);
  expect(names).toEqual(
    new Set(['ProvisionedThroughputExceededException', 'ThrottlingException', 'RequestLimitExceeded']),
  );
});

it.each<FaultKind>(['reset-after', 'in-progress'])('cancels no transaction again after %s', async (kind) => {
  const again = new TransactWriteItemsCommand({ ...transaction.input, ClientRequestToken: 'token' });
  inject(kind);
  expect(await errorOf(client().send(again))).toBeInstanceOf(Error);
  inject('canceled');
  expect(await errorOf(client().send(again))).toBeUndefined();
  // Another one can be canceled.
  expect(await errorOf(client().send(transaction))).toMatchObject({ name: 'TransactionCanceledException' });
});

it('cancels a transaction with each reason that is not its own', async () => {
  inject('canceled', 40);
  const reasons = new Set<string | undefined>();
  for (let at = 0; at < 40; at++) {
    const error = (await errorOf(client().send(transaction))) as {
      name: string;
      CancellationReasons: { Code?: string }[];
    };
    expect(error.name).toBe('TransactionCanceledException');
    expect(error.CancellationReasons).toHaveLength(2);
    for (const { Code } of error.CancellationReasons) reasons.add(Code);
  }
  expect(reasons).toEqual(
    new Set(['None', 'TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']),
  );
});

it('leaves all or some of a batch unprocessed', async () => {
  inject('unprocessed', 40);
  const Keys = ['a', 'b', 'c', 'd'].map((S) => ({ pk: { S } }));
  const left = new Set<number>();
  for (let at = 0; at < 20; at++) {
    const { UnprocessedKeys } = await client().send(
      new BatchGetItemCommand({ RequestItems: { users: { Keys, ConsistentRead: true } } }),
    );
    expect(UnprocessedKeys?.users?.ConsistentRead).toBe(true);
    left.add(UnprocessedKeys?.users?.Keys?.length ?? 0);
    const { UnprocessedItems } = await client().send(
      new BatchWriteItemCommand({ RequestItems: { users: Keys.map((Key) => ({ DeleteRequest: { Key } })) } }),
    );
    left.add(UnprocessedItems?.users?.length ?? 0);
  }
  expect(left.has(0)).toBe(false);
  expect(left.has(4)).toBe(true);
  expect(left.size).toBeGreaterThan(1);
  const sent = received.map(({ request }) => JSON.stringify(request.RequestItems).split('"S"').length - 1);
  expect(sent.every((keys) => keys >= 1 && keys <= 3)).toBe(true);
});

it('spares the programs of this machine', async () => {
  inject('internal', 100);
  await client(ADMINISTRATOR).send(new GetItemCommand({ TableName: 'users', Key: { pk: { S: 'a' } } }));
  expect(received).toHaveLength(1);
});
