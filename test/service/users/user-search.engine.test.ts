import { type FoundUsers, type SearchPosition, UserSearch } from '../../../shared/service/users/user-search';
import { systemTable } from '../../support/consistency/domain-data';
import { provisionUser } from '../../support/requests/provision-user';
import { giveLegacyName } from '../../support/store/legacy-names';
import { type DomainClient, createDomainClient } from '../../support/system/system';

let domain: DomainClient;
let search: UserSearch;

beforeAll(async () => {
  domain = await createDomainClient();
  search = new UserSearch(await systemTable(), domain.domainId);
  const mailbox = (value: string) => ({ emails: [{ value, type: 'work', primary: true }] });
  for (const userName of ['ann@example.com', 'Anna@example.com', 'bob@example.com']) {
    await provisionUser(domain, { userName });
  }
  await provisionUser(domain, { userName: 'zoe', ...mailbox('Ann@Example.com') });
  await provisionUser(domain, { userName: 'yan', ...mailbox('anna@example.com') });
});

const names = ({ users }: FoundUsers) => users.map(({ attributes }) => attributes.userName);

/** Reads all pages of a search, and returns the names. */
async function readAllPages(limit: number, page: (after?: SearchPosition) => Promise<FoundUsers>) {
  const found: unknown[] = [];
  let after: SearchPosition | undefined;
  do {
    const current = await page(after);
    expect(current.users.length).toBeLessThanOrEqual(limit);
    found.push(...names(current));
    after = current.next;
  } while (after);
  return found;
}

const searchAll = (text: string, limit = 10) =>
  readAllPages(limit, (after) => search.matching(text, limit, after));

describe('UserSearch', () => {
  it('lists all users in pages, oldest first', async () => {
    const all = ['ann@example.com', 'Anna@example.com', 'bob@example.com', 'zoe', 'yan'];
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

  it('does not match a part of an address', async () => {
    expect(await searchAll('n@example.com')).toEqual([]);
  });

  it('finds nothing if the text is too long for a name', async () => {
    expect(await searchAll('x'.repeat(2_000))).toEqual([]);
  });
});
