import { newId } from '../../../shared/id';
import type { Resource } from '../../../shared/scim/resource';
import { Groups } from '../../../shared/service/groups/groups';
import {
  DEPLOYMENT,
  auditPartition,
  claimKey,
  deletedDomainKey,
  domainListKey,
  diagnosticKey,
  membershipKey,
} from '../../../shared/store/table/keys';
import { mailKey, outboxMinuteKey, PAST_MINUTE } from '../../../shared/store/table/mail-keys';
import { CORRUPTIONS } from '../../support/verification/corruptions';
import { DUE_AT, ItemsHarness } from '../../support/verification/items-harness';
import { createTableLikeSystem } from '../../support/store/create-table';
import { RETENTION_DAYS } from '../../support/store/records';

let other: ItemsHarness;
let harness: ItemsHarness;
beforeAll(async () => {
  const table = await createTableLikeSystem();
  other = await new ItemsHarness(table).build();
  harness = await new ItemsHarness(table).build();
});
afterEach(() => harness.restore());

const problemsOf = ({ problems }: { problems: readonly { problem: string }[] }) =>
  problems.map(({ problem }) => problem).sort();

const repairEvents = async (domainId = harness.domainId) => {
  const { items } = await harness.table.query({ pk: auditPartition(domainId) });
  return items.filter(({ actor }) => (actor as { kind: string }).kind === 'admin');
};

it('finds nothing in a domain that is as the service writes it, in the whole table and by partition', async () => {
  const before = await harness.scan();
  for (const repair of [false, true]) {
    for (const scan of [true, false]) {
      const verified = await harness.verify({ repair, scan });
      expect(verified).toMatchObject({ problems: [], repaired: 0 });
      expect(verified.checked).toBeGreaterThan(30);
    }
    expect(await harness.verify({ repair }, { everything: true })).toMatchObject({
      problems: [],
    });
  }
  expect(await harness.scan()).toEqual(before);
});

it.each<[string, () => Promise<unknown>]>([
  [
    'an email of the outbox that an earlier version let expire, because the outbox stores it again',
    async () =>
      harness.table.delete(mailKey(harness.domainId, harness.bob, await harness.changeOf(harness.bob))),
  ],
  [
    'an email of the outbox whose minute was merged with others',
    async () => {
      const { domainId, table } = harness;
      await table.delete(outboxMinuteKey(DUE_AT, domainId));
      await table.put({ ...outboxMinuteKey(PAST_MINUTE, domainId), domainId, mergeId: newId() });
    },
  ],
])('finds nothing wrong with %s', async (_, make) => {
  await make();
  const before = await harness.state();
  expect(await harness.verify({ repair: true })).toMatchObject({ problems: [], repaired: 0 });
  expect(await harness.state()).toEqual(before);
});

it('verifies the same items in small parts', async () => {
  const [whole, parts] = [await harness.verify(), await harness.verify({}, { partMs: 0 })];
  expect(parts.checked).toBe(whole.checked);
  const [walk, steps] = [
    await harness.verify({ scan: false }),
    await harness.verify({ scan: false }, { partMs: 0 }),
  ];
  expect(steps.checked).toBe(walk.checked);
  expect(steps.parts).toBeGreaterThan(10);
});

it.each(CORRUPTIONS)('reports if $name, and repairs what it can', async ({ make, problems, repair }) => {
  await make(harness);
  const corrupted = await harness.state();

  const report = await harness.verify();
  expect(problemsOf(report)).toEqual([...problems].sort());
  expect(report.problems.every(({ domainId }) => domainId === harness.domainId)).toBe(true);

  // A repair may make another one possible.
  const [first, second] = [await harness.verify({ repair: true }), await harness.verify({ repair: true })];
  const repaired = first.repaired + second.repaired;
  const events = await repairEvents();
  expect(events).toHaveLength(repaired);
  if (repair === 'manual') {
    expect(problemsOf(second)).toEqual([...problems].sort());
    expect(repaired).toBe(0);
    expect(await harness.state()).toEqual(corrupted);
    return;
  }
  expect(repaired).toBeGreaterThan(0);
  for (const event of events)
    expect(event).toMatchObject({
      action: 'domain.updated',
      changes: [{ attribute: expect.any(String) as string }],
    });
  expect(problemsOf(await harness.verify())).toEqual([]);
  if (repair === 'former') expect(await harness.state()).toEqual(harness.former);
});

it.each<[string, () => Promise<unknown>]>([
  ['adds', () => harness.table.delete(membershipKey(harness.domainId, harness.team, harness.ada))],
  ['removes', () => harness.table.put({ ...membershipKey(harness.domainId, harness.team, newId()) })],
])('gives a group a new ETag if a repair %s a member', async (_, corrupt) => {
  const groups = new Groups(harness.table, RETENTION_DAYS, harness.caller);
  const etag = async () => ((await groups.get(harness.team)).resource.meta as Resource).version;
  await corrupt();
  const before = await etag();
  expect(await harness.verify({ repair: true })).toMatchObject({ repaired: 1 });
  expect(await etag()).not.toBe(before);
});

it('verifies one domain without a word about another one, and without a change of it', async () => {
  for (const { make } of CORRUPTIONS) await make(harness);
  const corrupted = await harness.state();
  for (const scan of [true, false])
    expect(await other.verify({ repair: true, scan })).toMatchObject({ problems: [], repaired: 0 });
  expect(await harness.state()).toEqual(corrupted);
  const { problems } = await harness.verify({}, { everything: true });
  expect(problems.every(({ domainId }) => domainId !== other.domainId)).toBe(true);
});

describe('an item of a domain that does not exist', () => {
  const everything = (repair: boolean) => harness.verify({ repair }, { everything: true });

  it('is reported, and not changed if nothing says that the domain was deleted', async () => {
    const gone = newId();
    await harness.table.put({ ...diagnosticKey(gone, 'left-out#1') });
    const before = await harness.state();
    expect((await everything(true)).problems).toMatchObject([
      { domainId: gone, problem: 'domain-missing', state: 'manual' },
    ]);
    expect(await harness.state()).toEqual(before);
  });

  it('is removed from the list of domains', async () => {
    const gone = newId();
    await harness.table.put({ ...domainListKey(gone), name: 'Gone' });
    expect((await everything(false)).problems).toMatchObject([
      { domainId: gone, problem: 'list-entry-orphaned', state: 'repairable' },
    ]);
    expect((await everything(true)).repaired).toBe(1);
    expect(await harness.state()).toEqual(harness.former);
    const { items } = await harness.table.query({ pk: auditPartition(DEPLOYMENT) });
    expect(items).toContainEqual(expect.objectContaining({ action: 'domain.updated', resourceId: gone }));
  });

  it('is no problem while the domain is swept, and is given to the sweep after it', async () => {
    const gone = newId();
    await harness.table.put({ ...diagnosticKey(gone, 'left-out#1') });
    await harness.table.put({ ...claimKey(gone, 'USER', 'ada'), ownerId: newId() });
    const record = { ...deletedDomainKey(gone), name: 'Gone', deletedAt: new Date().toISOString() };
    await harness.table.put(record);
    expect(problemsOf(await everything(true)).filter((problem) => problem === 'domain-missing')).toEqual([]);
    await harness.table.put({ ...record, sweptAt: record.deletedAt, leftoversSweptAt: record.deletedAt });
    await harness.table.put({ ...claimKey(gone, 'USER', 'ada'), ownerId: newId() });
    const { problems } = await everything(true);
    expect(problems.every(({ domainId, state }) => domainId === gone && state !== 'manual')).toBe(true);
    // The schedule of the sweep finds the domain again. The order of the scan decides what is removed before.
    expect(await harness.table.get(deletedDomainKey(gone))).not.toHaveProperty('leftoversSweptAt');
    const { items } = await harness.table.query({ pk: auditPartition(DEPLOYMENT) });
    expect(items.filter(({ resourceId }) => resourceId === gone).length).toBeGreaterThan(0);
  });
});
