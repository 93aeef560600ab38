import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { Callers } from '../../../../local/cloud/callers';
import { Faults } from '../../../../local/cloud/faults/faults';
import { EventBuses } from '../../../../local/services/events/event-buses';
import { putEventsOperation } from '../../../../local/services/events/put-events';
import { EncryptionKeys } from '../../../../local/services/kms/encryption-keys';
import { openEndpoint, type TestEndpoint } from '../../cloud/endpoint/endpoint';
import { iamOf } from '../../iam';
import { resolved } from '../../resources';

const ROLE = 'arn:aws:iam::000000000000:role/App-Role';
const BUS = 'arn:aws:events:us-east-1:000000000000:event-bus/one';
const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const busKey = (...services: object[]) => ({
  Type: 'AWS::KMS::Key',
  Properties: { KeyPolicy: document(...services) },
});
const RESOURCES = resolved({
  One: { Type: 'AWS::Events::EventBus', Properties: { Name: 'one' } },
  Encrypted: {
    Type: 'AWS::Events::EventBus',
    Properties: { Name: 'encrypted', KmsKeyIdentifier: { 'Fn::GetAtt': ['Key', 'Arn'] } },
  },
  Closed: {
    Type: 'AWS::Events::EventBus',
    Properties: { Name: 'closed', KmsKeyIdentifier: { 'Fn::GetAtt': ['OtherKey', 'Arn'] } },
  },
  Key: busKey({
    Effect: 'Allow',
    Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
    Principal: { Service: 'events.amazonaws.com' },
    Resource: '*',
    Condition: {
      StringEquals: {
        'kms:EncryptionContext:aws:events:event-bus:arn':
          'arn:aws:events:us-east-1:000000000000:event-bus/encrypted',
      },
    },
  }),
  OtherKey: busKey({
    Effect: 'Allow',
    Action: 'kms:Decrypt',
    Principal: { Service: 'events.amazonaws.com' },
    Resource: '*',
  }),
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: document({
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: 'lambda.amazonaws.com' },
      }),
      Policies: [
        {
          PolicyName: 'Own',
          PolicyDocument: document({
            Effect: 'Allow',
            Action: 'events:PutEvents',
            Resource: { 'Fn::GetAtt': ['One', 'Arn'] },
          }),
        },
      ],
    },
  },
});

const faults = new Faults();
let buses: EventBuses;
let endpoint: TestEndpoint;
/** The settings of a client with the role. */
let asRole: TestEndpoint['client'];

beforeEach(async () => {
  buses = new EventBuses(['one', 'encrypted', 'closed']);
  faults.clear();
  const [callers, iam] = [new Callers(), iamOf(RESOURCES)];
  const credentials = callers.register('fn', iam.roleOf('fn', ROLE));
  const operation = putEventsOperation({ buses, iam, keys: new EncryptionKeys(RESOURCES), faults });
  endpoint = await openEndpoint({ 'AWSEvents.PutEvents': operation }, { callers, iam });
  asRole = { ...endpoint.client, credentials: { ...credentials, secretAccessKey: 'local' } };
});
afterEach(() => endpoint.close());

const ENTRY: PutEventsRequestEntry = {
  ...{ EventBusName: 'one', Source: 'scim', DetailType: 'user.changed', Detail: '{"größe": 1}' },
  ...{ Resources: ['domains/a'], Time: new Date('2026-09-18T08:15:30.123Z') },
};
const put = (Entries: PutEventsRequestEntry[], settings = endpoint.client) =>
  new EventBridgeClient({ ...settings, maxAttempts: 1 }).send(new PutEventsCommand({ Entries }));
/** An entry of this size: the source, the type, the detail, and 14 bytes of the time count. */
const entryOfSize = (bytes: number): PutEventsRequestEntry => ({
  ...{ EventBusName: 'one', Source: 'scim', DetailType: 'x', Time: ENTRY.Time },
  Detail: JSON.stringify({ text: 'x'.repeat(bytes - 4 - 1 - 14 - '{"text":""}'.length) }),
});
const arrivedAt = (bus: string, text?: string) => buses.arrived(text)[bus] ?? [];

it('An event arrives on the bus that it names, by its name or ARN, with the bytes of its detail', async () => {
  const { Entries, FailedEntryCount } = await put([ENTRY, { ...ENTRY, EventBusName: BUS, Detail: '{}' }]);
  expect(FailedEntryCount).toBe(0);
  expect(arrivedAt('one')).toEqual([
    {
      detail: '{"größe": 1}',
      event: {
        ...{ version: '0', id: Entries?.[0]?.EventId, 'detail-type': 'user.changed', source: 'scim' },
        ...{ account: '000000000000', region: 'us-east-1', time: '2026-09-18T08:15:30Z' },
        ...{ resources: ['domains/a'], detail: { größe: 1 } },
      },
    },
    expect.objectContaining({ detail: '{}' }),
  ]);
  expect(arrivedAt('one', 'größe')).toHaveLength(1);
  expect(arrivedAt('default')).toEqual([]);
});

describe('A request is refused as a whole', () => {
  const refused = (Entries: PutEventsRequestEntry[]) =>
    put(Entries).then(
      () => 'accepted',
      ({ name, message }: Error) => `${name}: ${message}`,
    );
  afterEach(() => expect(arrivedAt('one')).toEqual([]));

  it('if it has no entries, or more than ten', async () => {
    expect(await refused([])).toContain('ValidationException');
    expect(await refused(Array<PutEventsRequestEntry>(11).fill(ENTRY))).toContain('less than or equal to 10');
  });

  it('if its entries have more than 256 kB in all', async () => {
    expect(await refused([entryOfSize(262_145)])).toContain('over the limit');
    expect(await refused([entryOfSize(131_072), entryOfSize(131_073)])).toContain('over the limit');
  });

  it('if a bus does not exist', async () => {
    expect(await refused([ENTRY, { ...ENTRY, EventBusName: 'other' }])).toContain(
      'ResourceNotFoundException',
    );
  });

  it('if the role of the caller does not allow one of its buses', async () => {
    await expect(put([ENTRY, { ...ENTRY, EventBusName: 'encrypted' }], asRole)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('event-bus/encrypted') as string,
    });
  });
});

it('A request of 256 kB is accepted', async () => {
  expect(await put([entryOfSize(131_072), entryOfSize(131_072)])).toMatchObject({ FailedEntryCount: 0 });
});

it.each([
  ['a source', { Source: undefined }, 'InvalidArgument'],
  ['a type', { DetailType: undefined }, 'InvalidArgument'],
  ['a detail', { Detail: undefined }, 'InvalidArgument'],
  ['a detail in JSON', { Detail: '{' }, 'MalformedDetail'],
  ['a detail that is an object', { Detail: '[]' }, 'MalformedDetail'],
  ['a source of its own', { Source: 'aws.s3' }, 'NotAuthorizedForSource'],
])('An entry without %s fails, and the others of its request do not', async (_, change, code) => {
  const { Entries, FailedEntryCount } = await put([{ ...ENTRY, ...change }, ENTRY]);
  expect(FailedEntryCount).toBe(1);
  expect(Entries).toMatchObject([{ ErrorCode: code }, { EventId: expect.any(String) as string }]);
  expect(arrivedAt('one')).toHaveLength(1);
});

it('An encrypted bus needs a key that EventBridge may use', async () => {
  const [encrypted, closed] = ['encrypted', 'closed'].map((EventBusName) => ({ ...ENTRY, EventBusName }));
  const { Entries } = await put([encrypted ?? {}, closed ?? {}]);
  expect(Entries).toMatchObject([
    { EventId: expect.any(String) as string },
    { ErrorCode: 'AccessDeniedException' },
  ]);
});

describe('A fault', () => {
  it('makes the entries at the end of a request of a function fail', async () => {
    faults.add({ share: 1, seed: 1, kinds: ['unprocessed'] });
    const results = (await put(Array<PutEventsRequestEntry>(10).fill(ENTRY), asRole)).Entries ?? [];
    const failed = results.filter(({ ErrorCode }) => ErrorCode === 'InternalFailure');
    expect(failed.length).toBeGreaterThan(0);
    expect(arrivedAt('one')).toHaveLength(10 - failed.length);
    expect(results.slice(-failed.length)).toEqual(failed);
  });

  it('lets an event arrive twice', async () => {
    faults.add({ share: 1, seed: 1, kinds: ['duplicate'] });
    expect(await put([ENTRY], asRole)).toMatchObject({ FailedEntryCount: 0 });
    expect(arrivedAt('one')).toHaveLength(2);
  });
});

it('A bus keeps its latest 2,000 events', () => {
  const event = { detailType: 'x', source: 'scim', resources: [], time: new Date() };
  for (let at = 0; at < 2_001; at++) buses.put('one', { ...event, detail: JSON.stringify({ at }) });
  expect(arrivedAt('one')).toHaveLength(2_000);
  expect(arrivedAt('one')[0]?.detail).toBe('{"at":1}');
});
