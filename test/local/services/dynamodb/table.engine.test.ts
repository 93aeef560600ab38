import { engineCall } from '../../../../local/services/dynamodb/engine/call';
import { ensureTable } from '../../../../local/services/dynamodb/table';
import { session } from '../../../support/system/system';
import { resolved } from '../../resources';

const call = engineCall(session().endpoints.AWS_ENDPOINT_URL_DYNAMODB ?? '');
const name = `Table${Date.now()}`;

function table(own: object = {}) {
  const key = [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ];
  const [resource] = resolved({
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        TableName: name,
        AttributeDefinitions: ['pk', 'sk', 'externalId'].map((AttributeName) => ({
          AttributeName,
          AttributeType: 'S',
        })),
        KeySchema: key,
        BillingMode: 'PAY_PER_REQUEST',
        GlobalSecondaryIndexes: [
          {
            IndexName: 'byExternalId',
            KeySchema: [key[0], { AttributeName: 'externalId', KeyType: 'RANGE' }],
            Projection: { ProjectionType: 'KEYS_ONLY' },
          },
        ],
        StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
        TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        DeletionProtectionEnabled: true,
        Tags: [{ Key: 'a', Value: 'b' }],
        ...own,
      },
    },
  });
  if (!resource) throw new Error('The template has no table.');
  return resource;
}

const describeTable = async () =>
  (await call<{ Table: Record<string, unknown> }>('DynamoDB_20120810.DescribeTable', { TableName: name }))
    .Table;
const count = async () =>
  (await call<{ Count: number }>('DynamoDB_20120810.Scan', { TableName: name })).Count;

describe('ensureTable', () => {
  afterAll(() => call('DynamoDB_20120810.DeleteTable', { TableName: name }));

  it('creates the table with its indexes, stream and TTL', async () => {
    const made = await ensureTable(call, table(), false);
    expect(made.isNew).toBe(true);
    const description = await describeTable();
    expect(description).toMatchObject({ GlobalSecondaryIndexes: [{ IndexName: 'byExternalId' }] });
    expect(made.engineStreamArn).toBe(description.LatestStreamArn);
    const ttl = await call('DynamoDB_20120810.DescribeTimeToLive', { TableName: name });
    expect(ttl).toMatchObject({ TimeToLiveDescription: { AttributeName: 'ttl' } });
  });

  it('continues with the existing table and its items', async () => {
    await call('DynamoDB_20120810.PutItem', { TableName: name, Item: { pk: { S: 'a' }, sk: { S: 'b' } } });
    expect((await ensureTable(call, table(), false)).isNew).toBe(false);
    expect(await count()).toBe(1);
  });

  it('refuses a table whose indexes differ from the template', async () => {
    await expect(ensureTable(call, table({ GlobalSecondaryIndexes: undefined }), false)).rejects.toThrow(
      '--fresh',
    );
  });

  it('replaces the table if asked to', async () => {
    expect((await ensureTable(call, table(), true)).isNew).toBe(true);
    expect(await count()).toBe(0);
  });

  it('refuses unsupported properties', async () => {
    await expect(ensureTable(call, table({ BillingMode: 'PROVISIONED' }), false)).rejects.toThrow(
      'BillingMode',
    );
  });
});
