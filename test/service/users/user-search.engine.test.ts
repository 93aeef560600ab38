import {
  type FoundUsers,
  type UserSearchPosition,
  UserSearch,
} from '../../../shared/service/users/user-search';
import { ADDRESS_INDEX_COMPLETE, addressIndexKey } from '../../../shared/store/table/address-keys';
import { readDomain, systemTable } from '../../support/consistency/domain-data';
import { eventually } from '../../support/jest/timeouts';
import { replaceBody } from '../../support/requests/bodies';
import { provisionUser } from '../../support/requests/provision-user';
import { giveLegacyName } from '../../support/store/legacy-names';
import { type DomainClient, createDomainClient } from '../../support/system/system';

let domain: DomainClient;
let search: UserSearch;

const withEmails = (userName: string, ...addresses: string[]) => ({
  userName,
  emails: addresses.map((value, at) => ({ value, type: at === 0 ? 'work' : 'home' })),
});

beforeAll(async () => {
  domain = await createDomainClient();
  search = new UserSearch(await systemTable(), domain.domainId);
  for (const userName of ['ann@example.com', 'Anna@example.com', 'bob@example.com']) {
    await provisionUser(domain, { userName });
  }
  await provisionUser(domain, withEmails('zoe', 'Ann@Example.com'));
  await provisionUser(domain, withEmails('yan', 'anna@example.com', 'home@example.com'));
  const { path } = await provisionUser(domain, withEmails('max', 'old@example.com'));
  await domain.request('PATCH', path, replaceBody('active', false));
  await domain.request('PATCH', path, replaceBody('emails[type eq "work"].value', 'new@example.com'));
  const many = Array.from({ length: 30 }, (_, at) => `many-${at}@example.com`);
  await provisionUser(domain, withEmails('many', ...many));
});

const names = ({ users }: FoundUsers) => users.map(({ attributes }) => attributes.userName);

/** Reads all pages of a search, and returns the names. */
async function readAllPages(limit: number, page: (after?: UserSearchPosition) => Promise<FoundUsers>) {
  const found: unknown[] = [];
  let after: UserSearchPosition | undefined;
  do {
    const current = await page(after);
    expect(current.users.length).toBeLessThanOrEqual(limit);
    found.push(...names(current));
    after = current.next;
  } while (after);
  return found;
}

const searchAll = (text: string, limit = 10, through = search) =>
  readAllPages(limit, (after) => through.matching(text, limit, after));

describe('UserSearch', () => {
  it('lists all users in pages, oldest first', async () => {
    const all = ['ann@example.com', 'Anna@example.com', 'bob@example.com', 'zoe', 'yan', 'max', 'many'];
    for (const limit of [1, 2, 5, 10])
      expect(await readAllPages(limit, (after) => search.all(limit, after))).toEqual(all);
  });

  it('finds users by the beginning of their names, ignoring case, in the order of names', async () => {
    expect(await searchAll('AN')).toEqual(['ann@example.com', 'Anna@example.com']);
    expect(await searchAll('z')).toEqual(['zoe']);
    expect(await searchAll('nobody')).toEqual([]);
  });

  it.each([1, 2, 10])('also finds users by a complete address, each once, %i at a time', async (limit) => {
    expect(await searchAll('ANN@example.com', limit)).toEqual(['ann@example.com', 'zoe']);
  });

  it.each([1, 2, 10])('also finds names of a previous version, %i at a time', async (limit) => {
    const user = await provisionUser(domain, { userName: 'temporary@example.com' });
    await giveLegacyName(await systemTable(), domain.domainId, 'USER', user.id, 'Ｅｖａ');
    await provisionUser(domain, { userName: 'eva' + limit });
    await provisionUser(domain, { userName: 'Ｅｖa+' + limit });
    const found = await searchAll('ＥＶＡ', limit);
    expect(found).toEqual(expect.arrayContaining(['eva' + limit, 'Ｅｖa+' + limit, 'Ｅｖａ']));
    expect(new Set(found).size).toBe(found.length);
    await domain.request('DELETE', `/Users/${user.id}`);
  });

  it('finds users by any of their addresses, inactive users too', async () => {
    expect(await searchAll('HOME@example.com')).toEqual(['yan']);
    expect(await searchAll('new@example.com')).toEqual(['max']);
    expect(await searchAll('old@example.com')).toEqual([]);
    expect(await searchAll('many-25@example.com')).toEqual(['many']);
  });

  it.each([1, 10])('finds users of an earlier version, %i at a time, and has them indexed', async (limit) => {
    const table = await systemTable();
    const old = await createDomainClient();
    const { domainId } = old;
    await provisionUser(old, withEmails('zoe', 'Ann@Example.com'));
    const { addressItems } = await readDomain(domainId);
    await table.deleteAll([...addressItems, addressIndexKey(domainId, ADDRESS_INDEX_COMPLETE)]);

    const searchOld = () => searchAll('ann@example.com', limit, new UserSearch(table, domainId));
    expect(await searchOld()).toEqual(['zoe']);
    await eventually('the indexing', async () => (await readDomain(domainId)).indexesAddresses);
    expect((await readDomain(domainId)).addressItems).toEqual(addressItems);
    expect(await searchOld()).toEqual(['zoe']);
  });

  it('does not match a part of an address', async () => {
    expect(await searchAll('n@example.com')).toEqual([]);
  });

  it('finds nothing if the text is too long for a name', async () => {
    expect(await searchAll('x'.repeat(2_000))).toEqual([]);
  });
});
