import { randomUUID } from 'node:crypto';
import {
  CreateBackupCommand,
  CreateTableCommand,
  DynamoDBClient,
  RestoreTableFromBackupCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { AuditLog } from '../../../../shared/store/audit/audit-log';
import { EventFeedStore } from '../../../../shared/store/events/event-feed';
import { feedStateKey } from '../../../../shared/store/table/event-keys';
import { DEPLOYMENT, domainKey, domainListKey } from '../../../../shared/store/table/keys';
import { outboxKey, sharedOutboxKey } from '../../../../shared/store/table/mail-keys';
import { openTable, type Table } from '../../../../shared/store/table/table';
import { createTableLikeSystem } from '../../../support/store/create-table';
import { deployment, useSdkEnvironment } from '../../../support/system/system';
import { json, scimLocal } from '../run-local';

/**
 * `SHARED` has waiting emails that version 0.1.0 stored, and so has `DELETED`, which does not exist anymore.
 */
const [QUIET, WAITING, SHARED, DELETED] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
const DUE_AT = '2026-01-01T00:00:00.000Z';
let client: DynamoDBClient;
let source: Table;

beforeAll(async () => {
  useSdkEnvironment();
  client = new DynamoDBClient({});
  source = await createTableLikeSystem();
  for (const domainId of [QUIET, WAITING, SHARED]) {
    await source.put({ ...domainListKey(domainId), name: 'Restored' });
    await source.put({ ...domainKey(domainId), domainId, version: 3 });
  }
  for (const scope of [DEPLOYMENT, QUIET])
    await source.put({ ...feedStateKey(scope), position: 41, recordedAt: '2026-01-01T00:00:00.000Z' });
  for (const mailId of ['1', '2'])
    await source.put({
      ...outboxKey(DUE_AT, WAITING, 'user', mailId),
      ...{ domainId: WAITING, userId: 'user', mailId, dueAt: DUE_AT },
    });
  for (const domainId of [WAITING, SHARED, DELETED])
    await source.put({
      ...sharedOutboxKey(DUE_AT, domainId, 'user', '3'),
      ...{ domainId, userId: 'user', mailId: '3', dueAt: DUE_AT },
    });
});
afterAll(() => client.destroy());

const PAUSED = { attribute: 'mailPaused', before: false, after: true };

async function restore(): Promise<Table> {
  const { BackupDetails } = await client.send(
    new CreateBackupCommand({ TableName: source.name, BackupName: 'copy' }),
  );
  const name = `restored-${randomUUID()}`;
  await client.send(
    new RestoreTableFromBackupCommand({ TargetTableName: name, BackupArn: BackupDetails?.BackupArn }),
  );
  return openTable(name);
}

const features = (state: string) => ({
  ...{ stream: state, timeToLive: state, pointInTimeRecovery: state, deletionProtection: state },
});

it('prepares a restored table once, and reports what it has', async () => {
  const table = await restore();
  expect(await json('restore', 'prepare', table.name)).toEqual({
    ...{ table: table.name, inUse: false, ...features('turned on') },
    ...{ domains: 3, restartedFeeds: 2, waitingEmails: { [WAITING]: 3, [SHARED]: 1 } },
  });
  for (const scope of [DEPLOYMENT, QUIET]) {
    const feed = new EventFeedStore(table, () => new Date());
    expect(await feed.start(scope)).toBe(100_000_041);
    expect(await feed.lastPosition(scope)).toBe(100_000_041);
  }
  expect(await json('restore', 'prepare', table.name)).toMatchObject({
    ...{ ...features('on'), restartedFeeds: 0, waitingEmails: { [WAITING]: 3, [SHARED]: 1 } },
  });
  expect(await table.get(domainKey(WAITING))).toMatchObject({ version: 3 });
});

it('a table that is restored from a restored one begins its feeds once more', async () => {
  const first = await restore();
  await json('restore', 'prepare', first.name);
  source = first;
  const second = await restore();
  expect(await json('restore', 'prepare', second.name)).toMatchObject({ restartedFeeds: 2 });
  expect(await new EventFeedStore(second, () => new Date()).start(QUIET)).toBe(200_000_041);
});

it('pauses the emails of domains with waiting ones on request, once', async () => {
  const table = await restore();
  for (let run = 0; run < 2; run++) {
    const { code, err } = await scimLocal(['restore', 'prepare', table.name, '--pause-emails']);
    const [, paused = ''] = /^The emails of these domains are paused: (.*)$/m.exec(err) ?? [];
    expect({ code, paused: paused.split(', ').sort() }).toEqual({
      code: 0,
      paused: [SHARED, WAITING].sort(),
    });
  }
  for (const domainId of [SHARED, WAITING]) {
    expect(await table.get(domainKey(domainId))).toMatchObject({ mailPaused: true, version: 4 });
    const { events } = await new AuditLog(table, domainId).page({}, 10, new Date());
    expect(events).toEqual([expect.objectContaining({ action: 'domain.updated', changes: [PAUSED] })]);
  }
  expect((await table.get(domainKey(QUIET)))?.mailPaused).toBeUndefined();
});

it('prints the setting and the next command', async () => {
  const { name } = await restore();
  const { out, err } = await scimLocal(['restore', 'prepare', name]);
  expect(out).toMatch(/Waiting emails +4/);
  expect(err).toContain(`"restoredTable": "${name}"`);
  expect(err).toContain('npx cdk deploy --all --import-existing-resources -c stage=');
  expect(err).toContain('--pause-emails');
});

it('leaves the content of the table that the stage uses as it is', async () => {
  const { tableName } = await deployment();
  const prepared = await json<object>('restore', 'prepare', tableName);
  expect(prepared).toMatchObject({ inUse: true, stream: 'on', timeToLive: 'on', pointInTimeRecovery: 'on' });
  expect(prepared).not.toHaveProperty('restartedFeeds');
  await client.send(new UpdateTableCommand({ TableName: tableName, DeletionProtectionEnabled: false }));
});

it.each([
  ['a table that does not exist', () => Promise.resolve('absent'), 'There is no table absent'],
  [
    'a table with another key',
    () => createTable({ attributes: ['id'] }),
    'has another key than pk and sk. It is not a table of this service',
  ],
  [
    'a table without the indexes',
    () => createTable({ attributes: ['pk', 'sk'] }),
    'lacks the index byUserName (pk, nameKey). Restore it again, with all its indexes.',
  ],
  [
    'a table with another stream',
    async () => {
      const { name } = await restore();
      const StreamSpecification = { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' } as const;
      await client.send(new UpdateTableCommand({ TableName: name, StreamSpecification }));
      return name;
    },
    'It must contain NEW_AND_OLD_IMAGES. Disable it with',
  ],
])('refuses %s', async (_, create, message) => {
  const { code, out, err } = await scimLocal(['restore', 'prepare', await create()]);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain(message);
});

async function createTable({ attributes }: { readonly attributes: readonly string[] }): Promise<string> {
  const name = `other-${randomUUID()}`;
  await client.send(
    new CreateTableCommand({
      TableName: name,
      AttributeDefinitions: attributes.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: attributes.map((AttributeName, at) => ({
        AttributeName,
        KeyType: at === 0 ? 'HASH' : 'RANGE',
      })),
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  return name;
}
