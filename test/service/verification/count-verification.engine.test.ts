import { Groups } from '../../../shared/service/groups/groups';
import { readSnapshot } from '../../../shared/store/domains/counts';
import type { Changes } from '../../../shared/store/table/expressions';
import { countsShardKey, tombstoneKey } from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import { expectConsistent } from '../../support/consistency/consistency';
import { refs } from '../../support/service/groups-harness';
import { activate, SeatsHarness } from '../../support/service/seats-harness';
import { SMALL_PARTS, verifyCounts } from '../../support/service/verify-counts';
import { createTableLikeSystem } from '../../support/store/create-table';
import { countAsFormerVersion, giveFormerCounts } from '../../support/store/former-counts';
import { queryItems, RETENTION_DAYS } from '../../support/store/records';
import { OPERATOR } from '../../support/system/system';

let table: Table;
let harness: SeatsHarness;
beforeAll(async () => {
  table = await createTableLikeSystem();
});
beforeEach(() => (harness = new SeatsHarness(table)));

const domainId = () => harness.caller.domainId;
const groups = () => new Groups(table, RETENTION_DAYS, harness.caller);
const corrupt = (shard: number, changes: Changes) => table.update(countsShardKey(domainId(), shard), changes);
const events = async (action: string) =>
  (await queryItems(table, `${domainId()}#AUDIT`)).filter((event) => event.action === action);

const verify = (repair: boolean, more?: object) =>
  verifyCounts(repair, { table, domainId: domainId(), ...more });

const shardWithSeat = async () =>
  (await readSnapshot(table, domainId())).shards.find(({ free }) => free > 0)?.shard ?? 0;

/** A domain with 3 of 4 seats taken, 1 inactive user, and 2 groups. */
async function givenDomain(seats: number | null = 4): Promise<void> {
  await harness.setSeats({ seats, seatPolicy: 'wait' });
  const users = [await harness.create(), await harness.create(), await harness.create()];
  await harness.create({ active: false });
  await groups().create({ displayName: 'Sales', members: refs([String(users[0]?.id)]) });
  await groups().create({ displayName: 'Support' });
}

it('finds no difference in a consistent domain, part by part, and writes nothing', async () => {
  await givenDomain();
  const before = await readSnapshot(table, domainId());
  for (const repair of [false, true]) {
    const result = await verify(repair, SMALL_PARTS);
    expect(result).toMatchObject({
      checked: 4 + 2 + 4 + 2,
      differences: [],
      groups: [],
      queue: [],
      repaired: 0,
    });
    expect(result.parts).toBeGreaterThan(5);
    expect(await verify(repair)).toMatchObject({ checked: 12, parts: 4, exact: true });
  }
  expect(await readSnapshot(table, domainId())).toEqual(before);
  expect(await events('domain.updated')).toEqual([]);
});

it.each<[string, Changes, object[]]>([
  ['users', { add: { users: 3 } }, [{ name: 'users', stored: 7, actual: 4 }]],
  ['groups', { add: { groups: -1 } }, [{ name: 'groups', stored: 1, actual: 2 }]],
  [
    'licenses that hold seats',
    { add: { active: 1, free: -1 } },
    [
      { name: 'activeLicenses', stored: 4, actual: 3 },
      { name: 'freeSeats', stored: 0, actual: 1 },
    ],
  ],
  ['licenses only', { add: { active: -2 } }, [{ name: 'activeLicenses', stored: 1, actual: 3 }]],
  ['waiting licenses', { add: { pending: 2 } }, [{ name: 'pendingLicenses', stored: 2, actual: 0 }]],
  ['free seats that do not exist', { add: { free: 2 } }, [{ name: 'freeSeats', stored: 3, actual: 1 }]],
  [
    'a debt that does not exist',
    { set: { free: -5, debt: true } },
    [{ name: 'freeSeats' }, { name: 'shardMarks', actual: 0 }],
  ],
  ['the limit of a shard', { remove: ['limit'] }, [{ name: 'shardMarks', stored: 1, actual: 0 }]],
])('reports and repairs wrong %s', async (_, changes, expected) => {
  await givenDomain();
  await corrupt(await shardWithSeat(), changes);
  const corrupted = await readSnapshot(table, domainId());
  expect(await verify(false, SMALL_PARTS)).toMatchObject({
    differences: expected,
    repaired: 0,
    exact: true,
  });
  expect(await readSnapshot(table, domainId())).toEqual(corrupted);

  const { differences, repaired } = await verify(true);
  expect([differences, repaired]).toMatchObject([expected, expected.length]);
  expect(await verify(false)).toMatchObject({ differences: [] });
  expect(await readSnapshot(table, domainId())).toMatchObject({ users: 4, groups: 2, activeLicenses: 3 });
  await expectConsistent(domainId(), table);
  expect(await events('domain.updated')).toMatchObject([
    {
      actor: OPERATOR,
      changes: (expected as { name: string }[]).map(({ name }) => ({ attribute: name })),
    },
  ]);
  // The last seat is free, and no other.
  expect(await harness.statuses(await harness.create(), await harness.create())).toEqual([
    'active',
    'pending',
  ]);
});

it('finds the only shard with another limit, even if it is the first one', async () => {
  await givenDomain();
  for (const limit of [{ remove: ['limit'] }, { add: { limit: 1 } }]) {
    await corrupt(0, limit);
    expect(await verify(true)).toMatchObject({ differences: [{ name: 'shardMarks', stored: 1, actual: 0 }] });
    expect(await verify(false)).toMatchObject({ differences: [] });
  }
});

it('gives a lost seat to the license that waits for it', async () => {
  await harness.setSeats({ seats: 2, seatPolicy: 'wait' });
  await harness.create();
  await corrupt(await shardWithSeat(), { set: { free: 0 } });
  const waiting = await harness.create();
  const sleep = async () => void (await harness.promote());
  expect(await verify(true, { sleep })).toMatchObject({
    differences: [{ name: 'freeSeats', stored: 0, actual: 1 }],
    queue: [],
    repaired: 1,
  });
  expect(await harness.statuses(waiting)).toEqual(['active']);
});

it('repairs a debt, so that licenses that end pay it off', async () => {
  const users = await Promise.all(Array.from({ length: 4 }, () => harness.create()));
  await harness.setSeats({ seats: 2, seatPolicy: 'wait' });
  expect(await verify(false)).toMatchObject({ differences: [] });
  const debtor = (await readSnapshot(table, domainId())).shards.find(({ free }) => free < 0)?.shard ?? 0;
  await corrupt(debtor, { set: { free: 0 }, remove: ['debt'] });
  expect(await verify(true)).toMatchObject({
    differences: [
      { name: 'freeSeats', stored: -1, actual: -2 },
      { name: 'shardMarks', stored: 1 },
    ],
    repaired: 2,
  });
  await expectConsistent(domainId(), table);
  for (const { id } of users.slice(0, 3)) await harness.users().patch(String(id), activate(false));
  expect(await verify(false)).toMatchObject({ differences: [] });
  expect(await harness.statuses(await harness.create(), await harness.create())).toEqual([
    'active',
    'pending',
  ]);
});

it('removes the marks of seats that are not limited', async () => {
  await givenDomain(null);
  await corrupt(7, { set: { limit: 3, debt: true, free: -4 } });
  expect(await verify(true)).toMatchObject({ differences: [{ name: 'shardMarks', stored: 1 }], repaired: 1 });
  expect(await verify(true)).toMatchObject({ differences: [] });
  expect(await harness.statuses(await harness.create())).toEqual(['active']);
});

describe('counts of a previous version', () => {
  it('are compared as they are, and become shards with a repair', async () => {
    await givenDomain();
    await giveFormerCounts(table, domainId());
    expect(await verify(false)).toMatchObject({ differences: [] });
    await table.update(tombstoneKey(domainId()), { add: { users: 1, activeLicenses: -1 } });
    const differences = [
      { name: 'users', stored: 5, actual: 4 },
      { name: 'activeLicenses', stored: 2, actual: 3 },
    ];
    expect(await verify(false)).toMatchObject({ differences });
    expect((await readSnapshot(table, domainId())).shards).toEqual([]);
    // Only shards have free seats.
    expect((await verify(true)).differences).toEqual([
      ...differences,
      { name: 'freeSeats', stored: 2, actual: 1 },
    ]);
    expect(await verify(false)).toMatchObject({ differences: [] });
    await expectConsistent(domainId(), table);
  });

  it('that functions of this version add to the shards are no differences', async () => {
    await givenDomain(null);
    await corrupt(3, { add: { users: -1 } });
    await countAsFormerVersion(table, domainId(), { users: 1 });
    for (const repair of [false, true]) expect(await verify(repair)).toMatchObject({ differences: [] });
  });
});
