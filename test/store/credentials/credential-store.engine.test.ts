import type { Credential } from '../../../shared/store/credentials/credential';
import { CredentialStore } from '../../../shared/store/credentials/credential-store';
import { DomainStore } from '../../../shared/store/domains/domain-store';
import { auditKey } from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import { systemTable } from '../../support/consistency/domain-data';
import { auditEvent, domainRecord, readItem, newDomainId, RETENTION_DAYS } from '../../support/store/records';
import { storeKey } from '../../support/store/store-key';

const at = (second: number) => new Date(Date.UTC(2026, 2, 1, 12, 0, second)).toISOString();
const key = (keyId: string, more: Partial<Credential> = {}): Credential => ({
  keyId,
  type: 'scim-key',
  connectionId: keyId,
  name: 'Okta',
  hash: 'h',
  createdAt: at(0),
  ...more,
});

let table: Table;
let store: CredentialStore;
let domainId: string;

beforeAll(async () => {
  table = await systemTable();
  store = new CredentialStore(table);
});
beforeEach(async () => {
  const domain = domainRecord();
  ({ domainId } = domain);
  await new DomainStore(table, RETENTION_DAYS).create(domain, auditEvent('domain.created', domainId));
});

const create = (keyId: string, more: Partial<Credential> = {}) => storeKey(table, domainId, key(keyId, more));
const revocation = (keyId: string, second: number) => ({
  ...auditEvent('key.revoked', keyId),
  at: at(second),
});
const stored = (keyId: string) => store.get(domainId, keyId);

it('keys are listed oldest first, without other items of the partition', async () => {
  for (const keyId of ['b', 'a', 'c']) await create(keyId);
  expect((await store.list(domainId)).map(({ keyId }) => keyId)).toEqual(['a', 'b', 'c']);
  expect(await store.list(newDomainId())).toEqual([]);
  expect((await store.newest(domainId, 2)).map(({ keyId }) => keyId)).toEqual(['c', 'b']);
});

describe('revoke', () => {
  const revoke = (keyId: string, audit = revocation(keyId, 1)) =>
    store.revoke(domainId, keyId, audit, RETENTION_DAYS);

  it('keeps the time of the first revocation, and writes one audit event', async () => {
    await create('a');
    const second = revocation('a', 2);
    expect(await revoke('a')).toBe(true);
    expect(await revoke('a', second)).toBe(false);
    expect((await stored('a'))?.revokedAt).toBe(at(1));
    expect(await readItem(table, auditKey(domainId, second.id))).toBeUndefined();
  });

  it('returns false for an unknown key, and does not create it', async () => {
    expect(await revoke('nobody')).toBe(false);
    expect(await stored('nobody')).toBeUndefined();
  });
});

describe('isUsable', () => {
  it('returns whether the key exists and is not revoked', async () => {
    await create('a');
    await create('b', { revokedAt: at(1) });
    const usable = ['a', 'b', 'nobody'].map((keyId) => store.isUsable(domainId, keyId));
    expect(await Promise.all(usable)).toEqual([true, false, false]);
  });
});

describe('recordUse', () => {
  const recordUse = (keyId: string, second: number, before: number) =>
    store.recordUse(domainId, keyId, { usedAt: at(second), recordedBefore: at(before) });

  it('replaces the hash in the same write, unless the key is revoked', async () => {
    const use = { usedAt: at(60), recordedBefore: at(0), newHash: { hash: 'new' } };
    await create('a', { hash: 'old' });
    await create('b', { hash: 'old', revokedAt: at(1) });
    for (const keyId of ['a', 'b']) await store.recordUse(domainId, keyId, use);
    expect([(await stored('a'))?.hash, (await stored('b'))?.hash]).toEqual(['new', 'old']);
  });

  it('records a first use', async () => {
    await create('a');
    await recordUse('a', 60, 0);
    expect((await stored('a'))?.lastUsedAt).toBe(at(60));
  });

  it('records at most one use a minute, however many are concurrent', async () => {
    await create('a', { lastUsedAt: at(0) });
    const uses = Array.from({ length: 10 }, (_, second) => second + 61);
    await Promise.all(uses.map((second) => recordUse('a', second, second - 60)));
    const first = (await stored('a'))?.lastUsedAt;
    await recordUse('a', 100, 40);
    expect((await stored('a'))?.lastUsedAt).toBe(first);
    await recordUse('a', 200, 140);
    expect((await stored('a'))?.lastUsedAt).toBe(at(200));
  });

  it('returns whether the key is valid, even if it records nothing', async () => {
    await create('a');
    expect(await recordUse('a', 60, 0)).toBe(true);
    expect(await recordUse('a', 61, 1)).toBe(true);
    await create('b', { revokedAt: at(1) });
    expect(await recordUse('b', 60, 0)).toBe(false);
    expect((await stored('b'))?.lastUsedAt).toBeUndefined();
  });

  it('does not create a key that does not exist', async () => {
    expect(await recordUse('nobody', 60, 0)).toBe(false);
    expect(await stored('nobody')).toBeUndefined();
  });
});

describe('rehash', () => {
  const newHash = { hash: 'new', pepperId: 2 };

  it('replaces the hash of a former pepper, and nothing else', async () => {
    await create('a', { lastUsedAt: at(1) });
    await store.rehash(domainId, 'a', newHash);
    expect(await stored('a')).toEqual({ ...key('a', { lastUsedAt: at(1) }), ...newHash });
  });

  it('keeps the hash of a later pepper', async () => {
    await create('a', { hash: 'later', pepperId: 3 });
    await store.rehash(domainId, 'a', newHash);
    expect(await stored('a')).toMatchObject({ hash: 'later', pepperId: 3 });
  });

  it('keeps the hash of a revoked credential, and creates none', async () => {
    await create('a', { revokedAt: at(1) });
    for (const keyId of ['a', 'b']) await store.rehash(domainId, keyId, newHash);
    expect((await stored('a'))?.hash).toBe('h');
    expect(await stored('b')).toBeUndefined();
  });
});
