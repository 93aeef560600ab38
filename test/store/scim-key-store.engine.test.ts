import { ScimKeyStore, type ScimKey } from '../../shared/store/scim-key-store';
import { testTable } from '../integration/domain-data';
import { startEngineFront, type EngineFront } from './engine-front';
import { newDomainId } from './records';

const at = (second: number) => new Date(Date.UTC(2026, 2, 1, 12, 0, second)).toISOString();
const key = (keyId: string, more: Partial<ScimKey> = {}): ScimKey => ({
  keyId,
  name: 'Okta',
  hash: 'h',
  createdAt: at(0),
  ...more,
});

let front: EngineFront;
let store: ScimKeyStore;
let domainId: string;

beforeAll(async () => {
  front = await startEngineFront();
  store = new ScimKeyStore(await testTable());
});
afterAll(() => front.close());
beforeEach(() => {
  domainId = newDomainId();
});
const stored = async (keyId: string) => (await store.withDomain(domainId, keyId)).key;

it('a key is there once, though the answer of its creation is lost', async () => {
  front.meet('PutItem', { kind: 'lostAnswer' });
  await new ScimKeyStore(front.table).create(domainId, key('a'));
  expect(await store.list(domainId)).toEqual([key('a')]);
});

it('keys are listed oldest first, without the items beside them', async () => {
  for (const keyId of ['b', 'a', 'c']) await store.create(domainId, key(keyId));
  expect((await store.list(domainId)).map(({ keyId }) => keyId)).toEqual(['a', 'b', 'c']);
  expect(await store.list(newDomainId())).toEqual([]);
});

describe('revoke', () => {
  it('keeps the time of the first revocation', async () => {
    await store.create(domainId, key('a'));
    expect(await store.revoke(domainId, 'a', at(1))).toBe(true);
    expect(await store.revoke(domainId, 'a', at(2))).toBe(true);
    expect((await stored('a'))?.revokedAt).toBe(at(1));
  });

  it('is false for a key that there is not, and makes none', async () => {
    expect(await store.revoke(domainId, 'nobody', at(1))).toBe(false);
    expect(await stored('nobody')).toBeUndefined();
  });
});

describe('noteUse', () => {
  it('notes a first use', async () => {
    await store.create(domainId, key('a'));
    await store.noteUse(domainId, 'a', at(60), at(0));
    expect((await stored('a'))?.lastUsedAt).toBe(at(60));
  });

  it('notes at most one use of a minute, among any number at once', async () => {
    await store.create(domainId, key('a', { lastUsedAt: at(0) }));
    const uses = Array.from({ length: 10 }, (_, second) => second + 61);
    await Promise.all(uses.map((second) => store.noteUse(domainId, 'a', at(second), at(second - 60))));
    const first = (await stored('a'))?.lastUsedAt;
    await store.noteUse(domainId, 'a', at(100), at(40));
    expect((await stored('a'))?.lastUsedAt).toBe(first);
    await store.noteUse(domainId, 'a', at(200), at(140));
    expect((await stored('a'))?.lastUsedAt).toBe(at(200));
  });

  it('does not bring back a key that is gone', async () => {
    await store.noteUse(domainId, 'nobody', at(60), at(0));
    expect(await stored('nobody')).toBeUndefined();
  });
});
