import type { Additions } from '../../../shared/store/credentials/additions';
import { ConnectionStore } from '../../../shared/store/credentials/connection-store';
import { CredentialStore } from '../../../shared/store/credentials/credential-store';
import { DomainStore } from '../../../shared/store/domains/domain-store';
import { auditKey } from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import { VersionConflict } from '../../../shared/store/table/operations/transaction';
import { systemTable } from '../../support/consistency/domain-data';
import { startEngineProxy, type EngineProxy } from '../../support/store/engine-proxy';
import {
  auditEvent,
  credentialRecord,
  domainRecord,
  newDomainId,
  readItem,
  RETENTION_DAYS,
} from '../../support/store/records';
import { storeKey } from '../../support/store/store-key';

let front: EngineProxy;
let table: Table;
let store: ConnectionStore;
let keys: CredentialStore;
let domainId: string;

beforeAll(async () => {
  front = await startEngineProxy();
  table = await systemTable();
  store = new ConnectionStore(table, RETENTION_DAYS);
  keys = new CredentialStore(table);
});
afterAll(() => front.close());
beforeEach(async () => {
  const domain = domainRecord();
  ({ domainId } = domain);
  await new DomainStore(table, RETENTION_DAYS).create(domain, auditEvent('domain.created', domainId));
});

const add = (keyId: string, additions: Additions, room: number, audit = auditEvent('key.created', keyId)) =>
  store.createKey(domainId, credentialRecord(keyId), { additions, room }, audit);

it('a key is created once although the response of its creation is lost', async () => {
  front.injectFaults('TransactWriteItems', { kind: 'lostAnswer' });
  await storeKey(front.table, domainId, credentialRecord('a'));
  expect(await keys.list(domainId)).toEqual([credentialRecord('a')]);
  expect((await store.readAll(domainId)).additions).toEqual({
    connections: 0,
    credentials: 1,
    setupLinks: 0,
  });
});

it('a key is created with its audit event, if the domain exists', async () => {
  const { additions } = await store.readAll(domainId);
  const audit = auditEvent('key.created', 'a');
  await add('a', additions, 1, audit);
  expect(await readItem(table, auditKey(domainId, audit.id))).toMatchObject({ action: 'key.created' });
  domainId = newDomainId();
  await expect(add('a', additions, 1, audit)).rejects.toThrow(VersionConflict);
  expect(await keys.get(domainId, 'a')).toBeUndefined();
  expect(await readItem(table, auditKey(domainId, audit.id))).toBeUndefined();
});

describe('the room of a domain', () => {
  it('is used up by what was added since it was read, however many are added at once', async () => {
    await add('0', (await store.readAll(domainId)).additions, 4);
    const { additions } = await store.readAll(domainId);
    const ids = Array.from({ length: 12 }, (_, index) => `k${index}`);
    const results = await Promise.allSettled(ids.map((keyId) => add(keyId, additions, 3)));
    const failures = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as Error] : [],
    );
    expect(failures).toHaveLength(9);
    for (const failure of failures) expect(failure).toBeInstanceOf(VersionConflict);
    expect(await keys.list(domainId)).toHaveLength(4);
    expect((await store.readAll(domainId)).additions).toEqual({
      connections: 0,
      credentials: 4,
      setupLinks: 0,
    });
  });

  it('is that of connections, or that of credentials', async () => {
    const { additions } = await store.readAll(domainId);
    const connection = (connectionId: string) => ({
      ...{ connectionId, name: 'Okta', identityProvider: 'okta' as const },
      ...{ createdAt: '2026-03-01T12:00:00.000Z', trustIds: [], version: 1 },
    });
    const create = (connectionId: string) =>
      store.create(
        domainId,
        connection(connectionId),
        { additions, room: 1 },
        auditEvent('connection.created', connectionId),
      );
    await create('a');
    await expect(create('b')).rejects.toThrow(VersionConflict);
    await add('k', additions, 1);
    const all = await store.readAll(domainId);
    expect(all.connections.map(({ connectionId }) => connectionId)).toEqual(['a']);
    expect(all.additions).toEqual({ connections: 1, credentials: 1, setupLinks: 0 });
  });
});
