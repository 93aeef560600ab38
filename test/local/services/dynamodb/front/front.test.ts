import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { Callers } from '../../../../../local/cloud/callers';
import { type Listening, listen, readBody } from '../../../../../local/host/http';
import { engineCall } from '../../../../../local/services/dynamodb/engine/call';
import { startFront } from '../../../../../local/services/dynamodb/front/front';
import { TableKeys } from '../../../../../local/services/dynamodb/front/table-keys';
import { Meter } from '../../../../../local/services/dynamodb/meter/meter';
import { ADMINISTRATOR, iamOf } from '../../../iam';
import { resolved } from '../../../resources';

const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/users';
const allow = (own: object) => ({ Version: '2012-10-17', Statement: { Effect: 'Allow', ...own } });
const resources = resolved({
  Table: {
    Type: 'AWS::DynamoDB::Table',
    Properties: { TableName: 'users', KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }] },
  },
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: allow({
        Action: 'sts:AssumeRole',
        Principal: { Service: 'lambda.amazonaws.com' },
      }),
      Policies: [
        {
          PolicyName: 'Own',
          PolicyDocument: allow({
            Action: 'dynamodb:PutItem',
            Resource: TABLE,
            Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['*#USER'] } },
          }),
        },
      ],
    },
  },
});
const iam = iamOf(resources);
const callers = new Callers();
const role = iam.roleOf('fn', 'arn:aws:iam::000000000000:role/App-Role');
const FUNCTION = { secretAccessKey: 'local', ...callers.register('fn', role) };

let engine: Listening;
let front: Listening;
let received: { operation: string; request: Record<string, unknown> }[];
const meter = new Meter((operation, body) => engineCall(engine.url)(operation, body));

beforeAll(async () => {
  engine = await listen((message, response) => {
    void readBody(message).then((body) => {
      const operation = String(message.headers['x-amz-target']).split('.')[1] ?? '';
      received.push({ operation, request: JSON.parse(String(body)) as Record<string, unknown> });
      const ConsumedCapacity = { CapacityUnits: 1, Table: { CapacityUnits: 1 } };
      response.writeHead(200).end(JSON.stringify({ ConsumedCapacity }));
    });
  }, 0);
  front = await startFront({
    engine: engine.url,
    callers,
    iam,
    tables: () => new TableKeys(resources),
    conflicts: undefined,
    throughput: undefined,
    indexLag: undefined,
    meter,
  });
});
afterAll(async () => {
  await front.close();
  await engine.close();
});
beforeEach(() => (received = []));

const client = (credentials = FUNCTION as typeof ADMINISTRATOR & { sessionToken?: string }) =>
  new DynamoDBClient({ region: 'us-east-1', endpoint: front.url, credentials, maxAttempts: 1 });
const put = (pk: string) => ({ TableName: 'users', Item: { pk: { S: pk } } });
const denied = (action: string) => ({
  name: 'AccessDeniedException',
  message:
    `User: arn:aws:sts::000000000000:assumed-role/App-Role/fn is not authorized to perform: ${action} on resource: ` +
    `${TABLE} because no identity-based policy allows the ${action} action`,
  $metadata: expect.objectContaining({ httpStatusCode: 400 }) as object,
});

it('forwards what the role allows, and measures it', async () => {
  await client().send(new PutItemCommand(put('d#USER')));
  expect(received).toMatchObject([{ operation: 'PutItem', request: { ReturnConsumedCapacity: 'INDEXES' } }]);
  expect(meter.take('d#USER')).toMatchObject([{ function: 'fn', operation: 'PutItem', write: 1 }]);
});

it('refuses other actions, other keys, and transactions with one such part', async () => {
  const get = new GetItemCommand({ TableName: 'users', Key: { pk: { S: 'd#USER' } } });
  await expect(client().send(get)).rejects.toMatchObject(denied('dynamodb:GetItem'));
  await expect(client().send(new PutItemCommand(put('d#GROUP')))).rejects.toMatchObject(
    denied('dynamodb:PutItem'),
  );
  const transaction = (...keys: string[]) =>
    client().send(new TransactWriteItemsCommand({ TransactItems: keys.map((key) => ({ Put: put(key) })) }));
  await expect(transaction('d#USER', 'LICENSEKEY#a')).rejects.toMatchObject(denied('dynamodb:PutItem'));
  expect(received).toEqual([]);
  await transaction('d#USER', 'e#USER');
  expect(received).toHaveLength(1);
});

it('lets programs of this machine do everything, and refuses unknown credentials', async () => {
  await client(ADMINISTRATOR).send(new PutItemCommand(put('OUTBOX')));
  expect(received).toHaveLength(1);
  const unknown = { accessKeyId: 'AKIA0123456789ABCDEF', secretAccessKey: 'b' };
  await expect(client(unknown).send(new PutItemCommand(put('d#USER')))).rejects.toMatchObject({
    name: 'UnrecognizedClientException',
  });
});
