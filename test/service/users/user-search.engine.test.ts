import { type FoundUsers, type SearchPosition, UserSearch } from '../../../shared/service/users/user-search';
import { testTable } from '../../support/consistency/domain-data';
import { provision } from '../../support/requests/provision-user';
import { type DomainClient, newDomain } from '../../support/system/system';

let domain: DomainClient;
let search: UserSearch;

beforeAll(async () => {
  domain = await newDomain();
  search = new UserSearch(await testTable(), domain.domainId);
  const mailbox = (value: string) => ({ emails: [{ value, type: 'work', primary: true }] });
  for (const userName of ['ann@example.com', 'Anna@example.com', 'bob@example.com']) {
    await provision(domain, { userName });
  }
  await provision(domain, { userName: 'zoe', ...mailbox('Ann@Example.com') });
  await provision(domain, { userName: 'yan', ...mailbox('anna@example.com') });
});

const names = ({ users }: FoundUsers) => users.map(({ attributes }) => attributes.userName);

/** All that a search finds, page by page. */
async function walked(limit: number, page: (after?: SearchPosition) => Promise<FoundUsers>) {
  const found: unknown[] = [];
  let after: SearchPosition | undefined;
  do {
    const each = await page(after);
    expect(each.users.length).toBeLessThanOrEqual(limit);
    found.push(...names(each));
    after = each.next;
  } while (after);
  return found;
}

const matching = (text: string, limit = 10) => walked(limit, (after) => search.matching(text, limit, after));

describe('UserSearch', () => {
  it('lists all, oldest first, page by page', async () => {
    const all = ['ann@example.com', 'Anna@example.com', 'bob@example.com', 'zoe', 'yan'];
    for (const limit of [1, 2, 5, 10])
      expect(await walked(limit, (after) => search.all(limit, after))).toEqual(all);
  });

  it('finds by the beginning of a name, without regard to case, in the order of names', async () => {
    expect(await matching('AN')).toEqual(['ann@example.com', 'Anna@example.com']);
    expect(await matching('z')).toEqual(['zoe']);
    expect(await matching('nobody')).toEqual([]);
  });

  it.each([1, 2, 10])('finds by a whole address as well, each user once, %i at a time', async (limit) => {
    expect(await matching('ANN@example.com', limit)).toEqual(['ann@example.com', 'zoe']);
  });

  it('takes no part of an address for one', async () => {
    expect(await matching('n@example.com')).toEqual([]);
  });

  it('finds nothing by what can be no name', async () => {
    expect(await matching('x'.repeat(2_000))).toEqual([]);
  });
});
