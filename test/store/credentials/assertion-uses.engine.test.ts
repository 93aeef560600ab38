import { AssertionUses } from '../../../shared/store/credentials/assertion-uses';
import { assertionUseKey } from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import { systemTable } from '../../support/consistency/domain-data';
import { startEngineProxy, type EngineProxy } from '../../support/store/engine-proxy';
import { newDomainId, readItem } from '../../support/store/records';

const NOW = new Date('2026-03-01T12:00:00Z');
const USE = { id: 'hash', expiresAt: NOW.getTime() / 1_000 + 3_600 };

let front: EngineProxy;
let table: Table;
let uses: AssertionUses;
let domainId: string;

beforeAll(async () => {
  front = await startEngineProxy();
  table = await systemTable();
  uses = new AssertionUses(table);
});
afterAll(() => front.close());
beforeEach(() => (domainId = newDomainId()));

it('an assertion can be used once, and expires', async () => {
  expect(await uses.isNew(domainId, 'c1', USE, NOW)).toBe(true);
  expect(await uses.add(domainId, 'c1', USE, NOW)).toBe(true);
  expect(await uses.add(domainId, 'c1', USE, NOW)).toBe(false);
  expect(await uses.isNew(domainId, 'c1', USE, NOW)).toBe(false);
  expect(await readItem(table, assertionUseKey(domainId, 'c1', USE.id))).toMatchObject({
    ttl: USE.expiresAt,
  });
});

it('of many uses at the same time, one succeeds', async () => {
  const all = await Promise.all(Array.from({ length: 10 }, () => uses.add(domainId, 'c1', USE, NOW)));
  expect(all.filter(Boolean)).toHaveLength(1);
});

it('another connection and another domain have uses of their own', async () => {
  expect(await uses.add(domainId, 'c1', USE, NOW)).toBe(true);
  expect(await uses.add(domainId, 'c2', USE, NOW)).toBe(true);
  expect(await uses.add(newDomainId(), 'c1', USE, NOW)).toBe(true);
});

it('a use that expired counts no more, although DynamoDB has not deleted it yet', async () => {
  await uses.add(domainId, 'c1', USE, NOW);
  const at = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);
  expect(await uses.isNew(domainId, 'c1', USE, at(3_600))).toBe(false);
  expect(await uses.isNew(domainId, 'c1', USE, at(3_601))).toBe(true);
  const later = { ...USE, expiresAt: USE.expiresAt + 3_600 };
  expect(await uses.add(domainId, 'c1', later, at(3_600))).toBe(false);
  expect(await uses.add(domainId, 'c1', later, at(3_601))).toBe(true);
});

it('a use whose response is lost is still the first one', async () => {
  front.injectFaults('PutItem', { kind: 'lostAnswer' });
  const lossy = new AssertionUses(front.table);
  expect(await lossy.add(domainId, 'c1', USE, NOW)).toBe(true);
  expect(await uses.add(domainId, 'c1', USE, NOW)).toBe(false);
});

it('a use whose response is lost does not hide an earlier use', async () => {
  await uses.add(domainId, 'c1', USE, NOW);
  front.injectFaults('PutItem', { kind: 'lostAnswer' });
  expect(await new AssertionUses(front.table).add(domainId, 'c1', USE, NOW)).toBe(false);
});
