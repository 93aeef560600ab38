import type { Json, Resource } from '../../../shared/scim/resource';
import { STALLED_MS } from '../../../shared/service/groups/member-replacement';
import { Groups } from '../../../shared/service/groups/groups';
import { MAX_MEMBERS_PER_TRANSACTION } from '../../../shared/store/groups/group-store';
import { spreadGroup } from '../../../shared/store/groups/group-heads';
import { resourceKey } from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import { expectConsistent } from '../../support/consistency/consistency';
import { GroupsHarness, memberIdsOf, patch, refs } from '../../support/service/groups-harness';
import { createTableLikeSystem } from '../../support/store/create-table';
import { startEngineProxy, type EngineProxy } from '../../support/store/engine-proxy';
import { Killed, mortalTable } from '../../support/store/mortal-table';
import { RETENTION_DAYS } from '../../support/store/records';

const MANY = MAX_MEMBERS_PER_TRANSACTION + 10;

let table: Table;
let front: EngineProxy;
let harness: GroupsHarness;
/** The first members, and two lists that share some members with them and with each other. */
let before: string[];
let older: string[];
let newer: string[];
let others: string[];
let id: string;

beforeAll(async () => {
  table = await createTableLikeSystem();
  front = await startEngineProxy(table.name);
});
afterAll(() => front.close());
beforeEach(async () => {
  harness = new GroupsHarness(table);
  const userIds = await harness.newUsers(3 * MANY + 4);
  before = userIds.slice(0, MANY);
  older = userIds.slice(MANY - 5, 2 * MANY);
  newer = userIds.slice(2 * MANY - 5, 3 * MANY);
  others = userIds.slice(3 * MANY);
  ({ id = '' } = (await harness.groups().create(bodyOf(before))) as { id?: string });
});
afterEach(() => expectConsistent(harness.caller.domainId, table));

const bodyOf = (members: readonly string[], displayName = 'Sales'): Json => ({
  displayName,
  members: refs(members),
});
const replacing = (members: readonly string[]): Json =>
  patch({ op: 'replace', path: 'members', value: refs(members) });
const slowGroups = (): Groups => new Groups(front.table, RETENTION_DAYS, harness.caller);
const versionOf = ({ meta }: Resource): string =>
  /"(.*)"/.exec((meta as { version: string }).version)?.[1] ?? '';
const hasToken = async () =>
  (await table.get(resourceKey(harness.caller.domainId, 'GROUP', id)))?.replacement !== undefined;

/** Runs `act` just before transaction number `at` of `slowGroups`. The first one takes the token. */
const beforeTransaction = (at: number, act: () => Promise<unknown>): void =>
  front.injectFaults(
    'TransactWriteItems',
    ...Array.from({ length: at - 1 }, () => ({ kind: 'after', act: () => Promise.resolve() }) as const),
    { kind: 'after', act: async () => void (await act()) },
  );

describe('a replacement of all members, while another request replaces them', () => {
  it.each<[string, () => Json]>([
    ['another list of several transactions', () => replacing(newer)],
    ['a list of one transaction', () => replacing([...before.slice(0, 9), ...older.slice(0, 40)])],
    ['an empty list', () => patch({ op: 'remove', path: 'members' })],
  ])('responds as if it had finished just before: %s', async (_, body) => {
    let expected: string[] = [];
    beforeTransaction(3, async () => {
      await harness.groups().patch(id, body());
      expected = await harness.storedMembers(id);
    });
    const replaced = await slowGroups().replace(id, bodyOf(older));
    expect(memberIdsOf(replaced)).toEqual(older);
    const stored = await harness.read(id);
    expect(memberIdsOf(stored)).toEqual(expected);
    expect(replaced).not.toMatchObject({ meta: { version: (stored.meta as { version: string }).version } });
    const rename = patch({ op: 'replace', path: 'displayName', value: 'Marketing' });
    await expect(harness.groups().patch(id, rename, [versionOf(replaced)])).rejects.toMatchObject({
      status: 412,
    });
    expect(await hasToken()).toBe(false);
  });

  it('skips ids of its list that identify no user, even those that it did not come to', async () => {
    beforeTransaction(2, () => harness.groups().replace(id, bodyOf(newer)));
    const replaced = await slowGroups().replace(id, bodyOf([...older, 'nobody']));
    expect(memberIdsOf(replaced)).toEqual(older);
  });

  it('keeps the attributes of the newer request', async () => {
    beforeTransaction(2, () => harness.groups().replace(id, bodyOf(newer, 'Newer')));
    expect(await slowGroups().replace(id, bodyOf(older, 'Older'))).toMatchObject({ displayName: 'Older' });
    const stored = await harness.read(id);
    expect(stored).toMatchObject({ displayName: 'Newer' });
    expect(memberIdsOf(stored)).toEqual(newer);
  });

  it('takes over if the newer request dies', async () => {
    beforeTransaction(2, async () => {
      const killed = new Groups(mortalTable(table, 5), RETENTION_DAYS, harness.caller);
      await expect(killed.replace(id, bodyOf(newer, 'Newer'))).rejects.toBeInstanceOf(Killed);
      expect(await hasToken()).toBe(true);
    });
    const began = Date.now();
    const replaced = await slowGroups().replace(id, bodyOf(older));
    expect(Date.now() - began).toBeGreaterThanOrEqual(STALLED_MS);
    expect(memberIdsOf(replaced)).toEqual(older);
    expect(await harness.read(id)).toMatchObject({ displayName: 'Sales', meta: replaced.meta });
    expect(await harness.storedMembers(id)).toEqual(older);
  });

  it('is 503 if the newer request takes longer than its time', async () => {
    beforeTransaction(2, async () => {
      const killed = new Groups(mortalTable(table, 5), RETENTION_DAYS, harness.caller);
      await expect(killed.replace(id, bodyOf(newer))).rejects.toBeInstanceOf(Killed);
    });
    const late = new Groups(front.table, RETENTION_DAYS, { ...harness.caller, deadline: Date.now() + 1_500 });
    await expect(late.replace(id, bodyOf(older))).rejects.toMatchObject({ status: 503 });
    await harness.groups().replace(id, bodyOf(older));
    expect(await harness.storedMembers(id)).toEqual(older);
  });
});

describe('a replacement of all members, while single members change', () => {
  it.each([1, 2, 3])('counts as earlier: a change before transaction %d', async (at) => {
    const [joins = '', leaves = ''] = [others[0], older[0]];
    beforeTransaction(at, async () => {
      await harness.groups().patch(id, patch({ op: 'add', path: 'members', value: refs([joins]) }));
      await harness.groups().patch(id, patch({ op: 'remove', path: 'members', value: refs([leaves]) }));
      await harness.groups().patch(id, patch({ op: 'replace', path: 'externalId', value: 'x' }));
    });
    const replaced = await slowGroups().patch(id, replacing(older));
    expect(replaced).toBeUndefined();
    const expected = at === 1 ? older : [...older.slice(1), joins];
    expect(await harness.storedMembers(id)).toEqual(expected);
  });

  it.each([false, true])('shows its list with an ETag that matches nothing, spread: %p', async (isSpread) => {
    if (isSpread) await spreadGroup(table, harness.caller.domainId, id);
    const body = patch({ op: 'add', path: 'members', value: refs(others) });
    beforeTransaction(2, () => harness.groups().patch(id, body));
    const replaced = await slowGroups().replace(id, bodyOf(older));
    expect(memberIdsOf(replaced)).toEqual(older);
    expect(versionOf(replaced)).toMatch(/^\d+\.5$/);
    expect(await harness.storedMembers(id)).toEqual([...older, ...others]);
  });

  it.each([false, true])('with If-Match: succeeds only at its version, spread: %p', async (isSpread) => {
    if (isSpread) await spreadGroup(table, harness.caller.domainId, id);
    const add = patch({ op: 'add', path: 'members', value: refs(others) });
    const version = versionOf(await harness.read(id));
    beforeTransaction(1, () => harness.groups().patch(id, add));
    await expect(slowGroups().replace(id, bodyOf(older), [version])).rejects.toMatchObject({ status: 412 });
    expect(await harness.storedMembers(id)).toEqual([...before, ...others]);
    expect(await hasToken()).toBe(false);

    const current = versionOf(await harness.read(id));
    const remove = patch({ op: 'remove', path: 'members', value: refs(others) });
    beforeTransaction(2, async () => {
      await harness.groups().patch(id, remove);
      await harness.groups().patch(id, add);
    });
    await slowGroups().replace(id, bodyOf([...older, ...others]), [current]);
    // They left and joined again after the request had its version.
    expect(await harness.storedMembers(id)).toEqual([...older, ...others]);
  });
});

it('a replacement that was killed is completed by the same request, and gives way to others', async () => {
  for (const calls of [3, 4, 5, 6]) {
    const killed = new Groups(mortalTable(table, calls), RETENTION_DAYS, harness.caller);
    await expect(killed.replace(id, bodyOf(older))).rejects.toBeInstanceOf(Killed);
    await harness.groups().replace(id, bodyOf(calls % 2 === 0 ? older : newer));
    const replaced = await harness.read(id);
    expect(memberIdsOf(replaced)).toEqual(calls % 2 === 0 ? older : newer);
    expect(await hasToken()).toBe(false);
    await harness.groups().replace(id, bodyOf(before));
  }
});

it('a replacement returns the ETag of the stored group, and its repetition changes nothing', async () => {
  for (const list of [older, newer, newer.slice(2), []]) {
    const replaced = await harness.groups().replace(id, bodyOf(list));
    expect(replaced.meta).toEqual((await harness.read(id)).meta);
    expect(await harness.groups().replace(id, bodyOf(list))).toEqual(replaced);
  }
});
