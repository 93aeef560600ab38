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
const eventsOf = async (userId: string) =>
  (await readDomain(caller.domainId, table)).audit.filter(({ resourceId }) => resourceId === userId);

describe('groups of a user', () => {
  it('are changed by PATCH with the attributes, even more than a transaction holds', async () => {
    const groupIds = await newGroups(MAX_GROUPS_PER_TRANSACTION + 2);
    const { id } = await users().create(body('ada', { groups: refs(groupIds.slice(0, 1)) }));
    const patched = await users().patch(
      id,
      patch(
        { op: 'replace', path: 'groups', value: refs(groupIds.slice(1)) },
        { op: 'replace', path: 'title', value: 'Countess' },
      ),
    );
    expect(patched.title).toBe('Countess');
    expect(groupsOf(patched)).toEqual(groupIds.slice(1).sort());
  });

  it('are changed together with very many addresses', async () => {
    const groupIds = await newGroups(MAX_GROUPS_PER_TRANSACTION + 2);
    const emails = (host: string) =>
      Array.from({ length: 20 }, (_, at) => ({ value: `${at}@${host}.example` }));
    const groups = refs(groupIds.slice(1));
    const { id } = await users().create(body('ada', { groups, emails: emails('first') }));
    const patched = await users().patch(
      id,
      patch(
        { op: 'replace', path: 'groups', value: refs(groupIds.slice(0, 1)) },
        { op: 'replace', path: 'emails', value: emails('second') },
      ),
    );
    expect(groupsOf(patched)).toEqual(groupIds.slice(0, 1));
    expect((await readDomain(caller.domainId, table)).addressItems).toHaveLength(20);
    await users().patch(id, patch({ op: 'add', path: 'groups', value: groups }));
    await users().delete(id);
    expect((await readDomain(caller.domainId, table)).addressItems).toEqual([]);
  });

  it('that were deleted are not shown, and can be removed', async () => {
    const [first = '', second = ''] = await newGroups(2);
    const { id } = await users().create(body('ada', { groups: refs([first, second]) }));
    await new Groups(table, RETENTION_DAYS, caller).delete(first);
    expect(groupsOf((await users().get(id)).resource)).toEqual([second]);
    await users().patch(id, patch({ op: 'remove', path: 'groups' }));
    expect((await readDomain(caller.domainId, table)).users[0]?.groupIds).toEqual([]);
  });

  it('that are deleted between the read and the write are skipped', async () => {
    const [first = '', second = ''] = await newGroups(2);
    const { id } = await users().create(body('ada'));
    front.injectFaults('TransactWriteItems', {
      kind: 'after',
      act: () => new Groups(table, RETENTION_DAYS, caller).delete(first),
    });
    const patched = await new Users(front.table, USER_SETTINGS, caller).patch(
      id,
      patch({ op: 'add', path: 'groups', value: refs([first, second]) }),
    );
    expect(groupsOf(patched)).toEqual([second]);
    expect((await eventsOf(id)).at(-1)).toMatchObject({ leftOut: [first] });
  });
});
