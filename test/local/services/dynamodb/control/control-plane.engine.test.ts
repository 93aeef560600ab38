import { randomUUID } from 'node:crypto';
import {
  CreateBackupCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ListBackupsCommand,
  ListTablesCommand,
  RestoreTableFromBackupCommand,
  RestoreTableToPointInTimeCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { openTable } from '../../../../../shared/store/table/table';
import { createTableLikeSystem } from '../../../../support/store/create-table';
import { useSdkEnvironment } from '../../../../support/system/system';

let client: DynamoDBClient;
let source: string;
const restored = () => `restored-${randomUUID()}`;

/** Returns what DynamoDB does not restore of a table. */
async function featuresOf(TableName: string) {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
  const { ContinuousBackupsDescription } = await client.send(
    new DescribeContinuousBackupsCommand({ TableName }),
  );
  return {
    stream: Table?.StreamSpecification?.StreamEnabled ?? false,
    protection: Table?.DeletionProtectionEnabled,
    timeToLive: TimeToLiveDescription?.TimeToLiveStatus ?? 'DISABLED',
    recovery: ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus,
  };
}

const OFF = { stream: false, protection: false, timeToLive: 'DISABLED', recovery: 'DISABLED' };

const turnOnRecovery = (TableName: string) =>
  client.send(
    new UpdateContinuousBackupsCommand({
      TableName,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    }),
  );

beforeAll(async () => {
  useSdkEnvironment();
  client = new DynamoDBClient({});
  const table = await createTableLikeSystem();
  source = table.name;
  for (let at = 0; at < 60; at++) await table.put({ pk: 'partition', sk: String(at), nameKey: `name ${at}` });
});
afterAll(() => client.destroy());

it('the table of the system has the features of the template', async () => {
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  const own = TableNames.find((name) => name.startsWith('ScimData')) ?? '';
  // Another test changes its protection.
  expect(await featuresOf(own)).toMatchObject({ stream: true, timeToLive: 'ENABLED', recovery: 'ENABLED' });
});

it('a restored table has the items and indexes, and nothing else', async () => {
  const { BackupDetails } = await client.send(
    new CreateBackupCommand({ TableName: source, BackupName: 'copy' }),
  );
  await openTable(source).put({ pk: 'partition', sk: 'after the backup' });
  const name = restored();
  await client.send(
    new RestoreTableFromBackupCommand({ TargetTableName: name, BackupArn: BackupDetails?.BackupArn }),
  );
  expect(await featuresOf(name)).toEqual(OFF);
  const { items } = await openTable(name).query({ pk: 'partition' });
  expect(items).toHaveLength(60);
  const byName = await openTable(name).query({
    pk: 'partition',
    index: 'byUserName',
    sortKey: { operator: '=', value: 'name 7' },
  });
  expect(byName.items).toHaveLength(1);
  await expect(
    client.send(
      new RestoreTableFromBackupCommand({ TargetTableName: name, BackupArn: BackupDetails?.BackupArn }),
    ),
  ).rejects.toMatchObject({ name: 'TableAlreadyExistsException' });
});

it('a point in time can be restored only if recovery is on, and only the latest one', async () => {
  const restore = (UseLatestRestorableTime: boolean, TargetTableName = restored()) =>
    client.send(
      new RestoreTableToPointInTimeCommand({
        ...{ SourceTableName: source, TargetTableName, UseLatestRestorableTime },
        ...(!UseLatestRestorableTime && { RestoreDateTime: new Date() }),
      }),
    );
  await expect(restore(true)).rejects.toMatchObject({ name: 'PointInTimeRecoveryUnavailableException' });
  await turnOnRecovery(source);
  await expect(restore(false)).rejects.toThrow('only the latest state');
  const name = restored();
  await restore(true, name);
  expect(await featuresOf(name)).toEqual(OFF);
});

it('a protected table cannot be deleted, and a deleted one with recovery leaves a backup', async () => {
  const { name } = await createTableLikeSystem();
  const protect = (DeletionProtectionEnabled: boolean) =>
    client.send(new UpdateTableCommand({ TableName: name, DeletionProtectionEnabled }));
  const remove = () => client.send(new DeleteTableCommand({ TableName: name }));
  await openTable(name).put({ pk: 'partition', sk: 'last' });
  await protect(true);
  await expect(remove()).rejects.toThrow('protected against deletion');
  await protect(false);
  await turnOnRecovery(name);
  await remove();
  const { BackupSummaries = [] } = await client.send(new ListBackupsCommand({ TableName: name }));
  expect(BackupSummaries).toEqual([
    expect.objectContaining({ BackupName: `${name}$DeletedTableBackup`, BackupType: 'SYSTEM' }),
  ]);
  // The name is free again.
  await client.send(
    new RestoreTableFromBackupCommand({
      TargetTableName: name,
      BackupArn: BackupSummaries[0]?.BackupArn,
    }),
  );
  expect(await openTable(name).get({ pk: 'partition', sk: 'last' })).toBeDefined();
  expect(await featuresOf(name)).toEqual(OFF);
});

it('a stream and a time to live can be turned on later', async () => {
  const { name } = await createTableLikeSystem();
  await client.send(
    new UpdateTableCommand({
      TableName: name,
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    }),
  );
  await client.send(
    new UpdateTimeToLiveCommand({
      TableName: name,
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
    }),
  );
  expect(await featuresOf(name)).toMatchObject({ stream: true, timeToLive: 'ENABLED' });
});
