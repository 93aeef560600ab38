import { type UserFilter, UserList } from '../../../shared/service/users/user-list';
import type { UserSearchPosition } from '../../../shared/service/users/user-search';
import { PRODUCT_USER_SCHEMA } from '../../support/scim/product';
import { systemTable } from '../../support/consistency/domain-data';
import { replaceBody } from '../../support/requests/bodies';
import { provisionUser } from '../../support/requests/provision-user';
import { countingTable } from '../../support/store/counting-table';
import { type DomainClient, createDomainClient } from '../../support/system/system';

let domain: DomainClient;

const withType = (userName: string, userType: string): { userName: string } => {
  const body = { userName, [PRODUCT_USER_SCHEMA]: { nrUserType: userType } };
  return body;
};

/** The license has only the display name and the work address. */
const ZOE = {
  userName: 'zoe.before',
  displayName: 'Zoë',
  name: { givenName: 'Zoë', familyName: 'Lang' },
  emails: [
    { value: 'zoe@work.example.com', type: 'work', primary: true },
    { value: 'zoe@home.example.com', type: 'home' },
  ],
  active: false,
};

beforeAll(async () => {
  domain = await createDomainClient();
  const create = (userName: string, userType: string) => provisionUser(domain, withType(userName, userType));
  await create('ann.full', 'Full User');
  await create('bob.basic', 'Basic User');
  const inactive = await create('ann.inactive', 'Full User');
  await domain.request('PATCH', inactive.path, replaceBody('active', false));
  await create('ann.core', 'Core User');
  const deleted = await create('deleted.full', 'Full User');
  await domain.request('DELETE', deleted.path);
  await create('eva.full', 'Full User');
  // The license of an inactive user keeps the former userName.
  const zoe = await provisionUser(domain, ZOE);
  await domain.request('PATCH', zoe.path, replaceBody('userName', 'zoe.after'));
});

/** Returns the names on all pages. */
async function namesOf(text: string, filter: UserFilter, limit: number, list: UserList) {
  const names: unknown[] = [];
  let after: UserSearchPosition | undefined;
  do {
    const { items, next } = await list.page(text, filter, limit, after);
    expect(items.length).toBeLessThanOrEqual(limit);
    names.push(...items.map(({ user }) => user.attributes.userName));
    after = next;
  } while (after);
  return names;
}

describe.each([
  ['as usual', undefined],
  ['one license or user at a time', { licenses: 1, users: 1, foundUsers: 1 }],
  ['two licenses or users at a time', { licenses: 2, users: 2, foundUsers: 2 }],
  ['one found user at a time', { licenses: 100, users: 100, foundUsers: 1 }],
])('a filtered list that examines %s', (_, limits) => {
  const namesWith = async (filter: UserFilter, limit: number, text = '') =>
    namesOf(text, filter, limit, new UserList(await systemTable(), domain.domainId, limits));

  it.each([1, 2, 100])('has the users whose licenses match, each once, on pages of %i', async (limit) => {
    expect(await namesWith({ userType: 'Full User' }, limit)).toEqual([
      'ann.full',
      'ann.inactive',
      'eva.full',
    ]);
    expect(await namesWith({ licenseStatus: 'inactive' }, limit)).toEqual(['ann.inactive', 'zoe.after']);
    expect(await namesWith({ userType: 'Full User', licenseStatus: 'active' }, limit)).toEqual([
      'ann.full',
      'eva.full',
    ]);
    expect(await namesWith({ userType: 'Nobody has it' }, limit)).toEqual([]);
  });

  it.each([1, 2, 100])(
    'has the users whose names contain a text in any case, on pages of %i',
    async (limit) => {
      expect(await namesWith({ name: 'N.F' }, limit)).toEqual(['ann.full']);
      expect(await namesWith({ name: '.full' }, limit)).toEqual(['ann.full', 'eva.full']);
      expect(await namesWith({ name: 'ann', licenseStatus: 'inactive' }, limit)).toEqual(['ann.inactive']);
      expect(await namesWith({ name: 'n', licenseStatus: 'active' }, limit)).toEqual([
        'ann.full',
        'ann.core',
      ]);
      expect(await namesWith({ name: 'nobody' }, limit)).toEqual([]);
      expect(await namesWith({ name: ' ' }, limit)).toEqual([]);
    },
  );

  it.each([1, 2, 100])('finds a user by all current names and addresses, on pages of %i', async (limit) => {
    for (const name of ['E.AFTER', 'oë la', 'LANG', 'home.example'])
      expect(await namesWith({ name }, limit)).toEqual(['zoe.after']);
    expect(await namesWith({ name: 'zoe.before' }, limit)).toEqual([]);
    expect(await namesWith({ name: 'lang' }, limit, 'zoe')).toEqual(['zoe.after']);
    expect(await namesWith({ name: 'lang', licenseStatus: 'inactive' }, limit)).toEqual(['zoe.after']);
    expect(await namesWith({ name: 'lang', licenseStatus: 'active' }, limit)).toEqual([]);
  });

  it.each([1, 2, 100])('has those that the search finds, on pages of %i', async (limit) => {
    expect(await namesWith({ userType: 'Full User' }, limit, 'ANN')).toEqual(['ann.full', 'ann.inactive']);
    expect(await namesWith({ licenseStatus: 'active' }, limit, 'ann')).toEqual(['ann.core', 'ann.full']);
    expect(await namesWith({ licenseStatus: 'pending' }, limit, 'ann')).toEqual([]);
  });
});

it('a page of a filtered list reads a limited number of licenses, although none matches', async () => {
  const { table, read } = countingTable(await systemTable(), /#LICENSE$/);
  const list = new UserList(table, domain.domainId, { licenses: 3, users: 3, foundUsers: 3 });
  const page = await list.page('', { userType: 'Nobody has it' }, 100);
  expect(read()).toBe(3);
  expect(page).toMatchObject({ items: [], next: { in: 'ids' } });
});

it('a page of a search in names reads a limited number of users, although none matches', async () => {
  const { table, read } = countingTable(await systemTable(), /#USER$/);
  const list = new UserList(table, domain.domainId, { licenses: 3, users: 3, foundUsers: 3 });
  const page = await list.page('', { name: 'nobody' }, 100);
  expect(read()).toBe(3);
  expect(page).toMatchObject({ items: [], next: { in: 'ids' } });
});

it('a list without a filter has all users with their licenses', async () => {
  const list = new UserList(await systemTable(), domain.domainId);
  const { items } = await list.page(undefined, {}, 100);
  expect(items.map(({ license }) => license?.status)).toEqual([
    'active',
    'active',
    'inactive',
    'active',
    'active',
    'inactive',
  ]);
});
