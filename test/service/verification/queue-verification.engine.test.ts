import { newId } from '../../../shared/id';
import type { Resource } from '../../../shared/scim/resource';
import { licenseRecordKey, pendingKey, pendingPartition, seatsKey } from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import { expectConsistent } from '../../support/consistency/consistency';
import { activate, SeatsHarness } from '../../support/service/seats-harness';
import { SMALL_PARTS, verifyCounts } from '../../support/service/verify-counts';
import { createTableLikeSystem } from '../../support/store/create-table';
import { queryItems } from '../../support/store/records';
import { OPERATOR } from '../../support/system/system';

let table: Table;
let harness: SeatsHarness;
beforeAll(async () => {
  table = await createTableLikeSystem();
});
beforeEach(async () => {
  harness = new SeatsHarness(table);
  await harness.setSeats({ seats: 1, seatPolicy: 'wait' });
  await harness.create();
});

const domainId = () => harness.caller.domainId;
const verify = (repair: boolean, more?: object) =>
  verifyCounts(repair, { table, domainId: domainId(), ...more });
const entries = () => queryItems(table, pendingPartition(domainId()));
const idOf = (user: Resource) => String(user.id);
const changeOf = async (user: Resource) =>
  String((await table.get(licenseRecordKey(domainId(), idOf(user))))?.changeId);

/** Deletes the entry of a user, as a change of the table by hand might. */
async function loseEntry(user: Resource): Promise<string> {
  const changeId = await changeOf(user);
  await table.delete(pendingKey(domainId(), changeId));
  return changeId;
}

it('finds no difference in a queue that matches the licenses, part by part', async () => {
  for (let at = 0; at < 5; at += 1) await harness.create();
  const before = await entries();
  for (const repair of [false, true])
    for (const more of [{}, SMALL_PARTS])
      expect(await verify(repair, more)).toMatchObject({ queue: [], repaired: 0, checked: 6 + 6 + 5 });
  expect(await entries()).toEqual(before);
});

it('creates lost entries at their former place, deletes stale ones, and writes an event for each', async () => {
  const waiting = [await harness.create(), await harness.create(), await harness.create()];
  const [lost, promoted] = waiting as [Resource, Resource];
  const before = await entries();
  const changeId = await loseEntry(lost);
  const stale = [
    // Of a license that waits by another change, of one that does not wait, and of no license.
    { changeId: newId(), userId: idOf(promoted) },
    { changeId: newId(), userId: idOf(await harness.create({ active: false })) },
    { changeId: newId(), userId: newId() },
  ];
  for (const { changeId: id, userId } of stale) await table.put({ ...pendingKey(domainId(), id), userId });

  const differences = [
    ...stale.map((entry) => ({ ...entry, problem: 'stale' })),
    { changeId, userId: idOf(lost), problem: 'missing' },
  ];
  const found = await verify(false, SMALL_PARTS);
  expect(found).toMatchObject({ repaired: 0, exact: true, differences: [] });
  expect(found.queue).toHaveLength(4);
  expect(found.queue).toEqual(expect.arrayContaining(differences));
  expect((await entries()).length).toBe(before.length - 1 + stale.length);

  expect(await verify(true, SMALL_PARTS)).toMatchObject({ repaired: 4 });
  expect((await entries()).map(({ sk, userId }) => [sk, userId])).toEqual(
    before.map(({ sk, userId }) => [sk, userId]),
  );
  expect(await verify(true)).toMatchObject({ queue: [], repaired: 0 });
  const events = await queryItems(table, `${domainId()}#AUDIT`);
  const repairs = events.filter(({ action }) => action === 'domain.updated');
  expect(repairs).toHaveLength(4);
  expect(repairs).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ actor: OPERATOR, changes: [{ attribute: 'seatQueue', after: idOf(lost) }] }),
      expect.objectContaining({ changes: [{ attribute: 'seatQueue', before: idOf(promoted) }] }),
    ]),
  );
  await expectConsistent(domainId(), table);

  // The license whose entry was lost is still the first one.
  await harness.setSeats({ seats: 2 });
  await harness.promote();
  expect(await harness.statuses(...waiting)).toEqual(['active', 'pending', 'pending']);
});

describe('a license that waits beside a free seat', () => {
  const now = () => new Date('2031-01-02T03:04:05.000Z');

  it('is reported, and a repair requests its promotion', async () => {
    const [first, second] = [await harness.create(), await harness.create()];
    await harness.setSeats({ seats: 2 });
    // An entry by which no license waits is before it.
    await table.put({ ...pendingKey(domainId(), '0'), userId: newId() });
    const overdue = { userId: idOf(first), changeId: await changeOf(first), problem: 'overdue' };
    let sleeps = 0;
    const sleep = () => Promise.resolve(void sleeps++);

    expect(await verify(false, { sleep })).toMatchObject({
      queue: [{ changeId: '0', problem: 'stale' }, overdue],
      repaired: 0,
    });
    expect(sleeps).toBe(4);
    expect((await table.get(seatsKey(domainId())))?.wokenAt).not.toBe(now().toISOString());

    expect(await verify(true, { sleep, now })).toMatchObject({ repaired: 2 });
    expect((await table.get(seatsKey(domainId())))?.wokenAt).toBe(now().toISOString());
    const events = await queryItems(table, `${domainId()}#AUDIT`);
    expect(events.filter(({ actor }) => (actor as { kind: string }).kind === OPERATOR.kind)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          action: 'domain.updated',
          changes: [{ attribute: 'seatQueue', after: idOf(first) }],
        }),
      ]),
    );
    await harness.promote();
    expect(await harness.statuses(first, second)).toEqual(['active', 'pending']);
    expect(await verify(true, { sleep })).toMatchObject({ queue: [], repaired: 0 });
  });

  it('is no problem if it gets the seat between two reads', async () => {
    await harness.create();
    await harness.create();
    await harness.setSeats({ seats: 2 });
    const sleep = async () => void (await harness.promote());
    expect(await verify(false, { sleep })).toMatchObject({ queue: [] });
  });
});

it('reports and repairs nothing while licenses enter and leave the queue', async () => {
  const users = await Promise.all(Array.from({ length: 6 }, () => harness.create()));
  let isChanging = true;
  const change = async (user: Resource) => {
    for (let round = 0; round < 4; round += 1)
      for (const active of [false, true]) await harness.users().patch(idOf(user), activate(active));
  };
  const verifyAgain = async () => {
    do expect(await verify(true, SMALL_PARTS)).toMatchObject({ queue: [] });
    while (isChanging);
  };
  const changes = Promise.all(users.map(change)).finally(() => (isChanging = false));
  await Promise.all([verifyAgain(), changes]);
  await expectConsistent(domainId(), table);
});
