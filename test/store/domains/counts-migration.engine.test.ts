import { newId } from '../../../shared/id';
import { COUNT_SHARDS, readCounts, readSnapshot } from '../../../shared/store/domains/counts';
import { countsWrite, openCounts, withCounts } from '../../../shared/store/domains/counts-write';
import { absorbFormerCounts } from '../../../shared/store/domains/former-counts';
import { countsShardKey, tombstoneKey } from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import { createTable } from '../../support/mail/mail-environment';
import { startEngineProxy, type EngineProxy } from '../../support/store/engine-proxy';
import { countAsFormerVersion } from '../../support/store/former-counts';
import { AT } from '../../support/store/records';

let table: Table;
let front: EngineProxy;
let domainId: string;

beforeAll(async () => {
  table = await createTable();
  front = await startEngineProxy(table.name);
});
afterAll(() => front.close());
beforeEach(() => {
  domainId = newId();
});

const former = (more: object = {}) =>
  table.put({
    ...tombstoneKey(domainId),
    users: 9,
    groups: 2,
    activeLicenses: 5,
    pendingLicenses: 1,
    ...more,
  });
const addUser = (through = table) =>
  withCounts(through, domainId, () => through.transact([countsWrite(domainId, { users: 1 })]));
const sumOfShards = async () => {
  const { shards } = await readSnapshot(table, domainId);
  return shards.reduce((sum, { activeLicenses, free }) => sum + activeLicenses + free, 0);
};

describe('the counts of a previous version', () => {
  it('are read before anything is written', async () => {
    await former({ seats: 8, seatPolicy: 'wait' });
    expect(await readCounts(table, domainId)).toEqual({
      ...{ users: 9, groups: 2, activeLicenses: 5, pendingLicenses: 1, seats: 8, seatPolicy: 'wait' },
    });
    expect((await readSnapshot(table, domainId)).shards).toEqual([]);
  });

  it.each([
    ['free seats', { seats: 8, seatPolicy: 'wait' }],
    ['more active licenses than seats', { seats: 2 }],
    ['unlimited seats', {}],
  ])('become shards with the first change: %s', async (_, seats) => {
    await former(seats);
    await addUser();
    const counts = await readCounts(table, domainId);
    expect(counts).toMatchObject({ users: 10, groups: 2, activeLicenses: 5, pendingLicenses: 1, ...seats });
    if ('seats' in seats) expect(await sumOfShards()).toBe(seats.seats);
    expect((await readSnapshot(table, domainId)).shards).toHaveLength(COUNT_SHARDS);
  });

  it('are counted once if many changes come first at the same time', async () => {
    await former({ seats: 8 });
    await Promise.all(Array.from({ length: 20 }, () => addUser()));
    expect(await readCounts(table, domainId)).toMatchObject({ users: 29, activeLicenses: 5, seats: 8 });
    expect(await sumOfShards()).toBe(8);
  });

  it('are counted as they are if a function of the previous version changes them at the last moment', async () => {
    await former();
    const nothing = { kind: 'after', act: () => Promise.resolve() } as const;
    const change = () => countAsFormerVersion(table, domainId, { users: 1, activeLicenses: 1 });
    // The first transaction finds no shard, and the second one creates them.
    front.injectFaults('TransactWriteItems', nothing, { kind: 'after', act: change });
    await addUser(front.table);
    expect(await readCounts(table, domainId)).toMatchObject({ users: 11, activeLicenses: 6 });
  });

  it('are read where they are if they move to the shards during the read', async () => {
    await former({ seats: 8 });
    front.injectFaults('GetItem', { kind: 'after', act: () => addUser() });
    expect(await readCounts(front.table, domainId)).toMatchObject({ users: 10, activeLicenses: 5, seats: 8 });
  });

  it('absorb what functions of the previous version count afterward', async () => {
    await former({ seats: 8 });
    await addUser();
    await countAsFormerVersion(table, domainId, { users: -2, groups: 1, activeLicenses: -1 });
    await Promise.all([absorbFormerCounts(table, domainId), absorbFormerCounts(table, domainId)]);
    const counts = await readCounts(table, domainId);
    expect(counts).toMatchObject({ users: 8, groups: 3, activeLicenses: 4, seats: 8 });
    expect(await sumOfShards()).toBe(8);
  });

  it('leave no seat to functions of the previous version, except for those that they free', async () => {
    await former({ seats: 8, pendingLicenses: 0 });
    await addUser();
    const activate = () => countAsFormerVersion(table, domainId, { activeLicenses: 1 });
    await expect(activate()).rejects.toThrow('refuses');
    await countAsFormerVersion(table, domainId, { activeLicenses: -1 });
    await activate();
    await expect(activate()).rejects.toThrow('refuses');
    await absorbFormerCounts(table, domainId);
    expect(await readCounts(table, domainId)).toMatchObject({ activeLicenses: 5 });
  });

  it('are not changed if the domain is deleted', async () => {
    await table.put({ ...tombstoneKey(domainId), deletedAt: AT, seats: 0 });
    await expect(addUser()).rejects.toMatchObject({ status: 403 });
    await expect(openCounts(table, domainId)).rejects.toMatchObject({ status: 403 });
    await absorbFormerCounts(table, domainId);
    expect((await readSnapshot(table, domainId)).shards).toEqual([]);
  });
});

it('shards that are missing are created with the limit of the others', async () => {
  await former({ seats: 8 });
  await openCounts(table, domainId);
  const { shards } = await readSnapshot(table, domainId);
  const empty = shards.filter(({ free, activeLicenses, shard }) => shard > 0 && free + activeLicenses === 0);
  await table.deleteAll(empty.slice(0, 3).map(({ shard }) => countsShardKey(domainId, shard)));
  await addUser();
  const after = await openCounts(table, domainId);
  expect(after.shards).toHaveLength(COUNT_SHARDS);
  expect(new Set(after.shards.map(({ limit }) => limit))).toEqual(new Set([1]));
  expect(await sumOfShards()).toBe(8);
});
