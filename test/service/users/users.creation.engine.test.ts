import type { Json, Resource } from '../../../shared/scim/resource';
import type { Caller } from '../../../shared/service/resources/caller';
import { CREATION_WINDOW_MS } from '../../../shared/service/resources/creation';
import { Groups } from '../../../shared/service/groups/groups';
import { Users } from '../../../shared/service/users/users';
import { resourceKey } from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import { MAX_GROUPS_PER_TRANSACTION } from '../../../shared/store/users/user-store';
import { expectConsistent } from '../../support/consistency/consistency';
import { readDomain } from '../../support/consistency/domain-data';
import { startEngineProxy, type EngineProxy } from '../../support/store/engine-proxy';
import { createTableLikeSystem } from '../../support/store/create-table';
import { RETENTION_DAYS, USER_SETTINGS } from '../../support/store/records';
import { createCaller } from '../../support/requests/caller';

const MANY = MAX_GROUPS_PER_TRANSACTION * 2 + 3;
const TAKEN = { status: 409, scimType: 'uniqueness' };

let table: Table;
let front: EngineProxy;
let caller: Caller;
let groupIds: string[];
let body: Record<string, Json>;

beforeAll(async () => {
  table = await createTableLikeSystem();
  front = await startEngineProxy(table.name);
});
afterAll(() => front.close());
beforeEach(async () => {
  caller = createCaller();
  const created: string[] = [];
  for (let at = 0; at < MANY; at++) {
    created.push((await groups().create({ displayName: `Group ${at}` })).id);
  }
  groupIds = created.sort();
  body = { userName: 'ada', emails: [{ value: 'ada@example.com' }], groups: refs(groupIds) };
});
afterEach(() => expectConsistent(caller.domainId, table));

const groups = () => new Groups(table, RETENTION_DAYS, caller);
const users = (more: Partial<Caller> = {}, now?: () => Date) =>
  new Users(table, USER_SETTINGS, { ...caller, ...more }, now);
const refs = (ids: readonly string[]): Json => ids.map((value) => ({ value }));
const patch = (...Operations: object[]): Json => ({ Operations }) as Json;
const groupsOf = (user: Resource): string[] =>
  ((user.groups ?? []) as { value: string }[]).map(({ value }) => value).sort();
const storedItem = (id: string) => table.get(resourceKey(caller.domainId, 'USER', id));

/** Creates a user by a request that times out after some transactions. Returns the id of the user. */
async function cutOff(transactions: number): Promise<string> {
  // Before the deadline are the calls for the times of these transactions.
  let calls = 0;
  const { deadline } = caller;
  const now = () => new Date(deadline + (++calls > transactions ? 1 : -1000));
  await expect(users({}, now).create(body)).rejects.toMatchObject({ status: 503 });
  const [user] = (await readDomain(caller.domainId, table)).users;
  const written = user?.groupIds.length ?? 0;
  expect(written).toBeGreaterThanOrEqual(MAX_GROUPS_PER_TRANSACTION);
  expect(written).toBeLessThan(MANY);
  return user?.id ?? '';
}

it.each([1, 2])('a POST that was cut off is continued by the same POST, once: %d', async (transactions) => {
  const id = await cutOff(transactions);
  const created = await users().create(body);
  expect(created).toMatchObject({ id, userName: 'ada', active: true });
  expect(groupsOf(created)).toEqual(groupIds);
  expect((await users().get(id)).resource).toEqual(created);
  expect(await storedItem(id)).not.toHaveProperty('creation');
  await expect(users().create(body)).rejects.toMatchObject(TAKEN);
});

it('a POST finishes beside its repetition if it is still running', async () => {
  const slow = new Users(front.table, USER_SETTINGS, caller);
  const repeat = async () => void (await users().create(body));
  front.injectFaults(
    'TransactWriteItems',
    { kind: 'after', act: () => Promise.resolve() },
    { kind: 'after', act: repeat },
  );
  const created = await slow.create(body);
  expect(groupsOf(created)).toEqual(groupIds);
  const { users: stored, licenses } = await readDomain(caller.domainId, table);
  expect(stored).toMatchObject([{ id: created.id }]);
  expect(stored[0]).not.toHaveProperty('creation');
  expect(licenses).toHaveLength(1);
});

it.each<[string, () => Promise<Resource>]>([
  ['another attribute', () => users().create({ ...body, title: 'Countess' })],
  ['other groups', () => users().create({ ...body, groups: refs(groupIds.slice(1)) })],
  ['no groups', () => users().create({ ...body, groups: [] })],
  ['another credential', () => users({ actor: { kind: 'scimKey', keyId: 'other' } }).create(body)],
  [
    'ten minutes later',
    () => users({}, () => new Date(caller.deadline - 1000 + CREATION_WINDOW_MS)).create(body),
  ],
])('a POST with the name of one that was cut off is 409: %s', async (_, request) => {
  const id = await cutOff(1);
  const before = await storedItem(id);
  await expect(request()).rejects.toMatchObject(TAKEN);
  expect(await storedItem(id)).toEqual(before);
});

it('keeps no trace of a password that differs', async () => {
  const id = await cutOff(1);
  expect(await users().create({ ...body, password: 'correct horse' })).toMatchObject({ id });
});

it.each<[string, (id: string) => Promise<unknown>]>([
  ['an attribute', (id) => users().patch(id, patch({ op: 'replace', path: 'active', value: false }))],
  ['all groups', (id) => users().patch(id, patch({ op: 'replace', path: 'groups', value: refs([]) }))],
])('a client that replaces %s has taken over, so the same POST is 409', async (_, change) => {
  const id = await cutOff(1);
  await change(id);
  expect(await storedItem(id)).not.toHaveProperty('creation');
  await expect(users().create(body)).rejects.toMatchObject(TAKEN);
});

it('a client that changes single groups leaves the rest to the same POST', async () => {
  const id = await cutOff(1);
  const [first] = (await readDomain(caller.domainId, table)).users[0]?.groupIds ?? [];
  await users().patch(id, patch({ op: 'remove', path: 'groups', value: refs([first ?? '']) }));
  await groups().patch(groupIds.at(-1) ?? '', patch({ op: 'add', path: 'members', value: refs([id]) }));
  expect(groupsOf(await users().create(body))).toEqual(groupIds);
});

it('is complete if another request has added the remaining groups', async () => {
  const id = await cutOff(1);
  await users().patch(id, patch({ op: 'add', path: 'groups', value: refs(groupIds) }));
  expect(await users().create(body)).toMatchObject({ id });
  await expect(users().create(body)).rejects.toMatchObject(TAKEN);
});

it('creates another user after a DELETE', async () => {
  const id = await cutOff(1);
  await users().delete(id);
  const created = await users().create(body);
  expect(created.id).not.toBe(id);
  expect(groupsOf(created)).toEqual(groupIds);
});
