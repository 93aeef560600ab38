import { Readable } from 'node:stream';
import { DynamoDBClient, GetItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { takeCapacity } from '../../../../shared/logging/consumed-capacity';
import { measureCapacity } from '../../../../shared/store/table/operations/measure-capacity';

/** Returns a client that gets this response to each request. */
function clientThatGets(statusCode: number, body: object): DynamoDBClient {
  const client = new DynamoDBClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
    maxAttempts: 1,
    requestHandler: {
      handle: () =>
        Promise.resolve({
          response: { statusCode, headers: {}, body: Readable.from([JSON.stringify(body)]) },
        }),
    },
  });
  measureCapacity(client);
  return client;
}

const GET = new GetItemCommand({ TableName: 'table', Key: { pk: { S: 'pk' } } });

beforeEach(() => void takeCapacity());

it('adds up the capacity units of reads', async () => {
  await clientThatGets(200, { ConsumedCapacity: { CapacityUnits: 0.5 } }).send(GET);
  expect(takeCapacity()).toEqual({ read: 0.5, write: 0 });
});

it.each(['ProvisionedThroughputExceededException', 'ThrottlingException', 'RequestLimitExceeded'])(
  'counts a request that DynamoDB refuses with a %s',
  async (name) => {
    await expect(clientThatGets(400, { __type: name, message: '' }).send(GET)).rejects.toThrow();
    expect(takeCapacity()).toEqual({ read: 0, write: 0, throttled: 1 });
    expect(takeCapacity()).toEqual({ read: 0, write: 0 });
  },
);

it.each([
  ['ThrottlingError', { read: 0, write: 0, throttled: 1 }],
  ['TransactionConflict', { read: 0, write: 0 }],
])('looks at the reasons of a canceled transaction: %s', async (Code, capacity) => {
  const CancellationReasons = [{ Code: 'None' }, { Code }];
  const client = clientThatGets(400, {
    __type: 'TransactionCanceledException',
    message: '',
    CancellationReasons,
  });
  await expect(client.send(new TransactWriteItemsCommand({ TransactItems: [] }))).rejects.toThrow();
  expect(takeCapacity()).toEqual(capacity);
});
