import { newId } from '../../../shared/id';
import type { Json, Resource } from '../../../shared/scim/resource';
import type { Caller } from '../../../shared/service/resources/caller';
import { Groups } from '../../../shared/service/groups/groups';
import { Users } from '../../../shared/service/users/users';
import type { Table } from '../../../shared/store/table/table';
import { MAX_GROUPS_PER_TRANSACTION } from '../../../shared/store/users/user-store';
import { expectConsistent } from '../../support/consistency/consistency';
import { readDomain } from '../../support/consistency/domain-data';
import { startEngineProxy, type EngineProxy } from '../../support/store/engine-proxy';
import { createTableLikeSystem } from '../../support/store/create-table';
import { RETENTION_DAYS, USER_SETTINGS } from '../../support/store/records';
import { createCaller } from '../../support/requests/caller';

let table: Table;
let front: EngineProxy;
let caller: Caller;

beforeAll(async () => {
  table = await createTableLikeSystem();
  front = await startEngineProxy(table.name);
});
afterAll(() => front.close());
beforeEach(() => {
  caller = createCaller();
});
afterEach(() => expectConsistent(caller.domainId, table));

/** Returns a new service, because a service serves one request. */
const users = () => new Users(table, USER_SETTINGS, caller);

const body = (userName: string, more: object = {}): Json => ({
  userName,
  emails: [{ value: `${newId()}@example.com`, primary: true }],
  ...more,
});

/** Creates groups, and returns their ids in order. */
async function newGroups(number: number): Promise<string[]> {
  const created = Array.from({ length: number }, () =>
    new Groups(table, RETENTION_DAYS, caller).create({ displayName: `Group ${newId()}` }),
  );
  return (await Promise.all(created)).map(({ id }) => id);
}

const groupsOf = (user: Resource): string[] =>
  ((user.groups ?? []) as { value: string }[]).map(({ value }) => value).sort();
const refs = (ids: readonly string[]) => ids.map((value) => ({ value }));
const patch = (...Operations: object[]): Json => ({ Operations }) as Json;
const versionOf = ({ meta }: Resource) => (meta as { version: string }).version;
const eventsOf = async (userId: string) =>
  (await readDomain(caller.domainId, table)).audit.filter(({ resourceId }) => resourceId === userId);

describe('create', () => {
  it('returns the stored user', async () => {
    const created = await users().create(body('ada', { title: 'Countess' }));
    expect(created).toMatchObject({ userName: 'ada', title: 'Countess', active: true });
    expect(await users().get(created.id)).toEqual({ resource: created });
  });

  it('adds the user to more groups than a transaction holds', async () => {
    const groupIds = await newGroups(MAX_GROUPS_PER_TRANSACTION + 3);
    const created = await users().create(body('ada', { groups: refs(groupIds) }));
    expect(groupsOf(created)).toEqual([...groupIds].sort());
    expect(groupsOf((await users().get(created.id)).resource)).toEqual([...groupIds].sort());
  });

  it('starts no further transaction after the deadline, and says how to continue', async () => {
    const late = new Users(table, USER_SETTINGS, { ...caller, deadline: 0 });
    const groups = refs(Array.from({ length: MAX_GROUPS_PER_TRANSACTION * 3 }, () => newId()));
    const adding = patch({ op: 'add', path: 'groups', value: groups });
    const remaining = MAX_GROUPS_PER_TRANSACTION * 2;
    const timeout = (hint: string) => ({
      status: 503,
      detail: `The request timed out with ${remaining} groups left to process. ${hint}`,
    });

    const refused = await late.create(body('ada', { groups })).catch((error: unknown) => error);
    const [user] = (await readDomain(caller.domainId, table)).users;
    expect(refused).toMatchObject(
      timeout(
        `The user ${user?.id} exists now. To continue, send the same request again before ` +
          `${user?.creation?.until}, or add the remaining groups with PATCH.`,
      ),
    );
    await expect(late.patch(user?.id ?? '', adding)).rejects.toMatchObject(
      timeout('Completed changes are kept. Send the same request again to continue.'),
    );
  });

  it('adds all groups even if the user is changed at the same time', async () => {
    const groupIds = await newGroups(MAX_GROUPS_PER_TRANSACTION + 3);
    const slow = new Users(front.table, USER_SETTINGS, caller);
    const interfere = async () => {
      const [user] = (await readDomain(caller.domainId, table)).users;
      await users().patch(user?.id ?? '', patch({ op: 'replace', path: 'title', value: 'Countess' }));
    };
    front.injectFaults(
      'TransactWriteItems',
      { kind: 'after', act: () => Promise.resolve() },
      { kind: 'after', act: interfere },
    );
    const created = await slow.create(body('ada', { groups: refs(groupIds) }));
    expect(created.title).toBe('Countess');
    expect(groupsOf(created)).toEqual([...groupIds].sort());
  });

  it('skips unknown groups, and records them in the audit event', async () => {
    const [groupId = ''] = await newGroups(1);
    const unknown = ['nobody', newId(), 'x'.repeat(2000), '\ud800'];
    const created = await users().create(body('ada', { groups: refs([groupId, ...unknown]) }));
    expect(groupsOf(created)).toEqual([groupId]);
    const [event] = await eventsOf(created.id);
    expect([...(event?.leftOut ?? [])].sort()).toEqual(
      unknown.map((id) => id.slice(0, 100).replace('\ud800', '\ufffd')).sort(),
    );
  });

  it('is 409 for a taken name, even with unknown groups', async () => {
    const groupIds = await newGroups(2);
    await users().create(body('ada'));
    await expect(
      users().create(body('ADA', { groups: refs([...groupIds, 'nobody']) })),
    ).rejects.toMatchObject({
      status: 409,
      scimType: 'uniqueness',
    });
  });

  it('creates the user once if the response of the write is lost', async () => {
    front.injectFaults('TransactWriteItems', { kind: 'lostAnswer' });
    const created = await new Users(front.table, USER_SETTINGS, caller).create(body('ada'));
    expect((await eventsOf(created.id)).map(({ action }) => action)).toEqual(['user.created']);
  });
});

describe('a change of a user', () => {
  it('writes nothing if nothing changes', async () => {
    const created = await users().create(body('ada', { title: 'Countess', name: { givenName: 'Ada' } }));
    const { id, meta: _, ...same } = created;
    await users().replace(id, same);
    await users().patch(id, patch({ op: 'replace', value: { active: true, 'name.givenName': 'Ada' } }));
    await users().patch(id, patch({ op: 'remove', path: 'groups', value: refs(['nobody']) }));
    expect(versionOf((await users().get(id)).resource)).toBe(versionOf(created));
    expect(await eventsOf(id)).toHaveLength(1);
  });

  it('loses none of many concurrent changes', async () => {
    const { id } = await users().create(body('ada'));
    const attributes = ['title', 'nickName', 'displayName', 'locale', 'preferredLanguage'];
    await Promise.all(
      attributes.map((path) => users().patch(id, patch({ op: 'add', path, value: `my ${path}` }))),
    );
    expect((await users().get(id)).resource).toMatchObject(
      Object.fromEntries(attributes.map((name) => [name, `my ${name}`])),
    );
    expect(versionOf((await users().get(id)).resource)).toBe('W/"6"');
  });

  it('with If-Match succeeds once, and the others are 412', async () => {
    const { id } = await users().create(body('ada'));
    const change = (value: string) => users().patch(id, patch({ op: 'add', path: 'title', value }), ['1']);
    const results = await Promise.allSettled(['a', 'b', 'c', 'd'].map(change));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ status: 412 });
    }
  });

  it.each(['replace', 'patch', 'get', 'delete'] as const)(
    'of an unknown user is 404 (%s)',
    async (method) => {
      const sent = method === 'patch' ? patch({ op: 'add', path: 'title', value: 'x' }) : body('ada');
      await expect(users()[method]('nobody', sent as never)).rejects.toMatchObject({ status: 404 });
      await expect(users()[method]('x'.repeat(5000), sent as never)).rejects.toMatchObject({ status: 404 });
    },
  );

  it('by PUT keeps memberships, and active if it is absent', async () => {
    const groupIds = await newGroups(1);
    const { id } = await users().create(body('ada', { active: false, groups: refs(groupIds), title: 'x' }));
    const replaced = await users().replace(id, body('ada', { groups: [] }));
    expect(replaced).toMatchObject({ active: false });
    expect(replaced).not.toHaveProperty('title');
    expect(groupsOf(replaced)).toEqual(groupIds);
  });
});

describe('delete', () => {
  it('ends all memberships, even more than a transaction holds', async () => {
    const groupIds = await newGroups(MAX_GROUPS_PER_TRANSACTION * 2 + 1);
    const { id } = await users().create(body('ada', { groups: refs(groupIds) }));
    await users().delete(id);
    const data = await readDomain(caller.domainId, table);
    expect(data.memberships).toEqual([]);
    expect(data.users).toEqual([]);
    expect(data.licenses).toMatchObject([{ status: 'inactive', reason: 'deleted' }]);
  });

  it('succeeds even if the user is changed at the same time', async () => {
    const { id } = await users().create(body('ada'));
    front.injectFaults('TransactWriteItems', {
      kind: 'after',
      act: async () => void (await users().patch(id, patch({ op: 'add', path: 'title', value: 'x' }))),
    });
    await new Users(front.table, USER_SETTINGS, caller).delete(id);
    await expect(users().get(id)).rejects.toMatchObject({ status: 404 });
  });
});

it('the audit event of each change has the time of the change, even if the clock moves on in between', async () => {
  let clock = Date.now() - 60_000;
  const ticking = () => new Date((clock += 1));
  const at = () => new Users(table, USER_SETTINGS, caller, ticking);
  const created = await at().create(body('ticking'));
  const changed = await at().patch(created.id, patch({ op: 'replace', path: 'active', value: false }));
  const modified = (user: Resource) => (user.meta as { lastModified: string }).lastModified;
  const times = (await eventsOf(created.id)).map((event) => event.at).sort();
  expect(times).toEqual([modified(created), modified(changed)]);
});
