import type { Json, Resource } from '../../../shared/scim/resource';
import { Groups } from '../../../shared/service/groups/groups';
import type { Caller } from '../../../shared/service/resources/caller';
import { CREATION_WINDOW_MS } from '../../../shared/service/resources/creation';
import { MAX_MEMBERS_PER_TRANSACTION } from '../../../shared/store/groups/group-store';
import { resourceKey } from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import { expectConsistent } from '../../support/consistency/consistency';
import { readDomain } from '../../support/consistency/domain-data';
import { GroupsHarness, memberIdsOf, patch, refs } from '../../support/service/groups-harness';
import { createTableLikeSystem } from '../../support/store/create-table';
import { startEngineProxy, type EngineProxy } from '../../support/store/engine-proxy';
import { RETENTION_DAYS } from '../../support/store/records';

const MANY = MAX_MEMBERS_PER_TRANSACTION * 2 + 5;
const TAKEN = { status: 409, scimType: 'uniqueness' };

let table: Table;
let front: EngineProxy;
let harness: GroupsHarness;
let userIds: string[];
let body: Json;

beforeAll(async () => {
  table = await createTableLikeSystem();
  front = await startEngineProxy(table.name);
});
afterAll(() => front.close());
beforeEach(async () => {
  harness = new GroupsHarness(table);
  userIds = await harness.newUsers(MANY);
  body = { displayName: 'Sales', members: refs(userIds) };
});
afterEach(() => expectConsistent(harness.caller.domainId, table));

/** Creates a group by a request that times out after some transactions. Returns the id of the group. */
async function cutOff(transactions: number, timedOut = body): Promise<string> {
  let calls = 0;
  const { deadline } = harness.caller;
  const now = () => new Date(++calls > transactions ? deadline + 1 : deadline - 1000);
  const request = new Groups(table, RETENTION_DAYS, harness.caller, now).create(timedOut);
  await expect(request).rejects.toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
  const [group] = (await readDomain(harness.caller.domainId, table)).groups;
  expect(await harness.storedMembers(group?.id ?? '')).toHaveLength(
    transactions * MAX_MEMBERS_PER_TRANSACTION,
  );
  return group?.id ?? '';
}

/** Sends a POST at a time after the one that was cut off, from the same client unless `caller` differs. */
function send(sent = body, { caller = {}, after = 1000 }: SendOptions = {}): Promise<Resource> {
  const now = () => new Date(harness.caller.deadline - 1000 + after);
  const deadline = harness.caller.deadline + after;
  return new Groups(table, RETENTION_DAYS, { ...harness.caller, deadline, ...caller }, now).create(sent);
}

interface SendOptions {
  readonly caller?: Partial<Caller>;
  readonly after?: number;
}

const storedItem = (id: string) => table.get(resourceKey(harness.caller.domainId, 'GROUP', id));

describe('a POST that was cut off', () => {
  it.each([1, 2])('after %d transactions is continued by the same POST, once', async (transactions) => {
    const id = await cutOff(transactions);
    const created = await send();
    expect(created).toMatchObject({ id, displayName: 'Sales' });
    expect(memberIdsOf(created)).toEqual(userIds);
    const stored = await harness.read(id);
    expect(created.meta).toEqual(stored.meta);
    expect(memberIdsOf(stored)).toEqual(userIds);
    expect(await storedItem(id)).not.toHaveProperty('creation');
    await expect(send()).rejects.toMatchObject(TAKEN);
  });

  it('says until when it can be continued', async () => {
    const late = new Groups(table, RETENTION_DAYS, { ...harness.caller, deadline: 0 });
    const failure = await late.create(body).catch((error: Error) => error);
    const [group] = (await readDomain(harness.caller.domainId, table)).groups;
    const { until } = (await storedItem(group?.id ?? ''))?.creation as { until: string };
    expect(failure).toMatchObject({
      status: 503,
      detail:
        `The request timed out with ${MANY - MAX_MEMBERS_PER_TRANSACTION} members left to process. ` +
        `The group ${group?.id} exists now. To continue, send the same request again before ${until}, ` +
        'or add the remaining members with PATCH.',
    });
  });

  it('shows nothing of its mark', async () => {
    const id = await cutOff(1);
    expect(await storedItem(id)).toHaveProperty('creation');
    expect(Object.keys(await harness.read(id)).sort()).toEqual([
      'displayName',
      'id',
      'members',
      'meta',
      'schemas',
    ]);
  });

  it('is continued whatever the order of the members and attributes', async () => {
    const id = await cutOff(1);
    const created = await send({ members: refs([...userIds].reverse()), displayName: 'Sales' });
    expect([created.id, memberIdsOf(created)]).toEqual([id, userIds]);
    expect(await harness.storedMembers(id)).toEqual(userIds);
  });

  it('is continued by two requests at the same time, unless one of them finishes before the other begins', async () => {
    const id = await cutOff(1);
    const outcomes = await Promise.allSettled([send(), send()]);
    const created = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    const refused = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
    );
    expect(created.length).toBeGreaterThan(0);
    for (const group of created) expect([group.id, memberIdsOf(group)]).toEqual([id, userIds]);
    for (const error of refused) expect(error).toMatchObject({ status: 409, scimType: 'uniqueness' });
    expect(await harness.storedMembers(id)).toEqual(userIds);
  });

  it('finishes beside its repetition if it is still running', async () => {
    const slow = new Groups(front.table, RETENTION_DAYS, harness.caller);
    const repeat = async () => void (await harness.groups().create(body));
    front.injectFaults(
      'TransactWriteItems',
      { kind: 'after', act: () => Promise.resolve() },
      { kind: 'after', act: repeat },
    );
    const created = await slow.create(body);
    expect(memberIdsOf(created)).toEqual(userIds);
    expect((await readDomain(harness.caller.domainId, table)).groups).toMatchObject([{ id: created.id }]);
    expect(await harness.storedMembers(created.id)).toEqual(userIds);
    expect(await storedItem(created.id)).not.toHaveProperty('creation');
  });

  it('skips members that identify no user again', async () => {
    const unknown = Array.from({ length: MAX_MEMBERS_PER_TRANSACTION }, (_, at) => `nobody-${at}`);
    const [first = '', ...others] = userIds;
    const withUnknown = { displayName: 'Sales', members: refs([first, ...unknown, ...others]) };
    const late = new Groups(table, RETENTION_DAYS, { ...harness.caller, deadline: 0 });
    await expect(late.create(withUnknown)).rejects.toMatchObject({ status: 503 });
    const created = await harness.groups().create(withUnknown);
    expect(memberIdsOf(created)).toEqual(userIds);
    expect(created.meta).toEqual((await harness.read(created.id)).meta);
  });

  it('is complete if another request has added the remaining members', async () => {
    const id = await cutOff(2);
    await harness.groups().patch(id, patch({ op: 'add', path: 'members', value: refs(userIds) }));
    const { meta } = await harness.read(id);
    expect(await send()).toMatchObject({ id, meta });
    expect(await storedItem(id)).not.toHaveProperty('creation');
    await expect(send()).rejects.toMatchObject(TAKEN);
  });
});

describe('a POST with the name of one that was cut off is 409', () => {
  const otherKey = { kind: 'scimKey', keyId: 'other' } as const;

  it.each<[string, () => Promise<Resource>]>([
    ['with another attribute', () => send({ ...(body as object), externalId: 'x' })],
    ['with another spelling', () => send({ ...(body as object), displayName: 'SALES' })],
    ['with a member less', () => send({ displayName: 'Sales', members: refs(userIds.slice(1)) })],
    ['with few members', () => send({ displayName: 'Sales', members: refs(userIds.slice(0, 2)) })],
    ['with another credential', () => send(body, { caller: { actor: otherKey } })],
    ['after ten minutes', () => send(body, { after: CREATION_WINDOW_MS })],
  ])('%s', async (_, request) => {
    const id = await cutOff(1);
    const before = await storedItem(id);
    await expect(request()).rejects.toMatchObject(TAKEN);
    expect(await storedItem(id)).toEqual(before);
    expect(await send(body, { after: CREATION_WINDOW_MS - 1 })).toMatchObject({ id });
  });

  it.each<[string, (id: string) => Promise<unknown>]>([
    [
      'changed an attribute',
      (id) => harness.groups().patch(id, patch({ op: 'add', path: 'externalId', value: 'x' })),
    ],
    [
      'replaced the members',
      (id) =>
        harness
          .groups()
          .patch(id, patch({ op: 'replace', path: 'members', value: refs(userIds.slice(1, 3)) })),
    ],
    ['sent a PUT', (id) => harness.groups().replace(id, { displayName: 'Sales' })],
  ])('after a client %s', async (_, change) => {
    const id = await cutOff(1);
    await change(id);
    await expect(send()).rejects.toMatchObject(TAKEN);
    expect(await storedItem(id)).not.toHaveProperty('creation');
  });

  it('but continues after a client changed single members', async () => {
    const id = await cutOff(1);
    const { version } = (await harness.read(id)).meta as { version: string };
    const remove = patch({ op: 'remove', path: 'members', value: refs(userIds.slice(0, 1)) });
    await harness.groups().patch(id, remove);
    const again = patch({ op: 'remove', path: 'members', value: refs(userIds.slice(1, 2)) });
    await harness.groups().patch(id, again, [String(Number(/\d+/.exec(version)?.[0]) + 1)]);
    expect(memberIdsOf(await send())).toEqual(userIds);
  });

  it('but creates another group after a DELETE', async () => {
    const id = await cutOff(1);
    await harness.groups().delete(id);
    const created = await send();
    expect(created.id).not.toBe(id);
    expect(memberIdsOf(created)).toEqual(userIds);
  });
});

it('a POST of one transaction leaves no mark, and reads nothing if its name is taken', async () => {
  const few = { displayName: 'Sales', members: refs(userIds.slice(0, MAX_MEMBERS_PER_TRANSACTION)) };
  const { id } = await harness.groups().create(few);
  expect(await storedItem(id)).not.toHaveProperty('creation');
  front.takeOperations();
  const request = new Groups(front.table, RETENTION_DAYS, harness.caller).create(few);
  await expect(request).rejects.toMatchObject(TAKEN);
  expect(front.takeOperations()).toEqual(['TransactWriteItems']);
});
