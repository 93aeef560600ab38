import { newId } from '../../../shared/id';
import type { Json } from '../../../shared/scim/resource';
import type { Caller } from '../../../shared/service/resources/caller';
import { Groups } from '../../../shared/service/groups/groups';
import type { Diagnostics } from '../../../shared/service/diagnostics/diagnostics';
import { Users } from '../../../shared/service/users/users';
import { MAX_MEMBERS_PER_TRANSACTION } from '../../../shared/store/groups/group-store';
import type { Table } from '../../../shared/store/table/table';
import { systemTable } from '../../support/consistency/domain-data';
import { RETENTION_DAYS, USER_SETTINGS } from '../../support/store/records';
import { parseListQuery } from '../../../shared/service/listing/list-query';
import { createCaller } from '../../support/requests/caller';

let table: Table;
let caller: Caller;
let recorded: unknown[][];
beforeAll(async () => {
  table = await systemTable();
});
beforeEach(() => {
  recorded = [];
  const diagnostics: Diagnostics = {
    ignored: (...args) => recorded.push(['ignored', ...args]),
    unknownFilterAttribute: (...args) => recorded.push(['filter', ...args]),
    unknownMembers: (attribute, resourceId, ids) =>
      ids.length > 0 && recorded.push([attribute, resourceId, ids]),
    undeliverable: (...args) => recorded.push(['undeliverable', ...args]),
  };
  caller = createCaller({ diagnostics });
});

const users = () => new Users(table, USER_SETTINGS, caller);
const groups = () => new Groups(table, RETENTION_DAYS, caller);
const refs = (ids: readonly string[]) => ids.map((value) => ({ value }));
const add = (path: string, value: Json): Json => ({ Operations: [{ op: 'add', path, value }] });
const newUser = (more: object = {}) => users().create({ userName: `${newId()}@example.com`, ...more });

describe('a successful request for a user', () => {
  it('records nothing if everything is stored', async () => {
    const { id } = await newUser();
    await users().replace(id, { userName: `${newId()}@example.com`, title: 'Countess' });
    await users().patch(id, add('nickName', 'Ada'));
    await users().delete(id);
    expect(recorded).toEqual([]);
  });

  it('records attributes that are not stored', async () => {
    const { id } = await newUser({ badge: 1 });
    await users().replace(id, { userName: `${newId()}@example.com`, color: 'red' });
    await users().patch(id, add('size', 'XL'));
    await users().patch(id, { Operations: [{ op: 'add', value: { 'Cost Center': 'x' } }] });
    expect(recorded).toEqual(
      ['badge', 'color', 'size', 'Cost Center'].map((name) => ['ignored', 'User', name]),
    );
  });

  it('records groups that do not exist', async () => {
    const [one, other] = [newId(), newId()];
    const { id } = await newUser({ groups: refs([one]) });
    await users().patch(id, add('groups', refs([other])));
    expect(recorded).toEqual([
      ['groups', id, [one]],
      ['groups', id, [other]],
    ]);
  });

  it('records an active user without an address, but not an inactive one', async () => {
    const { id } = await newUser({ userName: newId() });
    await newUser({ userName: newId(), active: false });
    expect(recorded).toEqual([['undeliverable', id, undefined]]);
  });

  it('records an undeliverable address whenever it is written', async () => {
    const emails = [{ value: 'ada@exa%mple.com' }];
    const { id } = await newUser({ emails });
    await users().patch(id, add('title', 'Countess'));
    const other = await newUser();
    await users().patch(other.id, { Operations: [{ op: 'replace', path: 'emails', value: emails }] });
    expect(recorded).toEqual([
      ['undeliverable', id, 'ada@exa%mple.com', expect.stringContaining('invalid')],
      ['undeliverable', other.id, 'ada@exa%mple.com', expect.stringContaining('invalid')],
    ]);
  });
});

describe('a successful request for a group', () => {
  it('records attributes that are not stored', async () => {
    const { id } = await groups().create({ displayName: newId(), owner: 'ada' });
    await groups().replace(id, { displayName: newId(), color: 'red' });
    await groups().patch(id, add('size', 'XL'));
    expect(recorded).toEqual(['owner', 'color', 'size'].map((name) => ['ignored', 'Group', name]));
  });

  it('records unknown members of all its transactions', async () => {
    const unknown = Array.from({ length: MAX_MEMBERS_PER_TRANSACTION + 2 }, newId);
    const { id: member } = await newUser();
    const { id } = await groups().create({ displayName: newId(), members: refs([...unknown, member]) });
    await groups().patch(id, add('members', refs([newId()])));
    await groups().replace(id, { displayName: newId(), members: refs([newId(), member]) });
    const counts = recorded.map(([attribute, resourceId, ids]) => [
      attribute,
      resourceId,
      (ids as string[]).length,
    ]);
    expect(counts).toEqual([MAX_MEMBERS_PER_TRANSACTION, 2, 1, 1].map((count) => ['members', id, count]));
  });
});

it('records nothing for an administrator', async () => {
  caller = createCaller();
  const { id } = await newUser({
    badge: 1,
    groups: refs([newId()]),
    emails: [{ value: 'ada@exa%mple.com' }],
  });
  await groups().create({ displayName: newId(), owner: 'ada', members: refs([id, newId()]) });
});

describe('a list with a filter', () => {
  const list = (filter: string) => users().list(parseListQuery({ filter, count: '1' }));

  it('records attributes that users do not have', async () => {
    await list('login eq "x" or emails[kind pr]');
    expect(recorded).toEqual([
      ['filter', ['User'], 'login'],
      ['filter', ['User'], 'emails.kind'],
    ]);
  });

  it('records nothing if users have all attributes', async () => {
    await list('userName eq "x" or email eq "x"');
    expect(recorded).toEqual([]);
  });
});
