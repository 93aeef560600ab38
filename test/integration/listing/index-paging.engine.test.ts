import { LIST_RESPONSE } from '../../../shared/scim/urns';
import { uniqueName, userBody } from '../../support/requests/bodies';
import { expectList, type ListBody } from '../../support/requests/list';
import { provisionUser } from '../../support/requests/provision-user';
import { expectScimError } from '../../support/requests/scim-error';
import { type DomainClient, createDomainClient } from '../../support/system/system';
import { runConcurrently } from '../../support/requests/outcomes';

const TOTAL = 250;
const CONCURRENT_CREATES = 10;

let domain: DomainClient;
const created: string[] = [];
beforeAll(async () => {
  domain = await createDomainClient();
  for (let round = 0; round < TOTAL / CONCURRENT_CREATES; round++) {
    const users = await runConcurrently(CONCURRENT_CREATES, (at) =>
      // Inactive users receive no emails.
      provisionUser(
        domain,
        userBody(uniqueName(), { title: at % 5 === 0 ? 'Every fifth' : 'Other', active: false }),
      ),
    );
    created.push(...users.map(({ id }) => id));
  }
  created.sort();
});

const list = async (query: string): Promise<ListBody> =>
  expectList(await domain.request('GET', `/Users?${query}`));
const ids = ({ Resources }: ListBody): string[] => Resources.map(({ id }) => id);

describe('a list of 250 users', () => {
  it.each([100, 30, 7, 250])(
    'contains each user once in the order of creation, in pages of %d',
    async (count) => {
      const listed: string[] = [];
      for (let startIndex = 1; startIndex <= TOTAL; startIndex += count) {
        const page = await list(`startIndex=${startIndex}&count=${count}`);
        const remaining = TOTAL - startIndex + 1;
        expect(page).toMatchObject({
          schemas: [LIST_RESPONSE],
          totalResults: TOTAL,
          startIndex,
          itemsPerPage: Math.min(count, remaining),
        });
        listed.push(...ids(page));
      }
      expect(listed).toEqual(created);
    },
  );

  it('is the same if pages are read in any order', async () => {
    for (const startIndex of [201, 33, 150, 1, 250, 34]) {
      const page = await list(`startIndex=${startIndex}&count=20`);
      expect(ids(page)).toEqual(created.slice(startIndex - 1, startIndex + 19));
    }
  });

  it('can be read page by page with a filter', async () => {
    const filter = `filter=${encodeURIComponent('title eq "every fifth"')}`;
    const listed: string[] = [];
    for (let startIndex = 1; startIndex <= 50; startIndex += 20) {
      const page = await list(`${filter}&startIndex=${startIndex}&count=20`);
      expect(page).toMatchObject({ totalResults: 50, startIndex, itemsPerPage: startIndex === 41 ? 10 : 20 });
      listed.push(...ids(page));
    }
    expect([...listed].sort()).toEqual(listed);
    expect(new Set(listed).size).toBe(50);
  });

  it.each<[string, number, number]>([
    ['', 1, 100],
    ['startIndex=1', 1, 100],
    ['count=0', 1, 0],
    ['count=-5', 1, 0],
    ['count=1', 1, 1],
    ['count=1000000', 1, TOTAL],
    ['count=99999999999999999999', 1, TOTAL],
    ['startIndex=0&count=2', 1, 2],
    ['startIndex=-3&count=2', 1, 2],
    ['startIndex=250&count=100', 250, 1],
    ['startIndex=251&count=100', 251, 0],
    ['startIndex=1000000&count=100', 1_000_000, 0],
    ['startIndex=&count=', 1, 100],
  ])(
    'returns for "%s" a page that starts at %d and has %d users',
    async (query, startIndex, itemsPerPage) => {
      const page = await list(query);
      expect(page).toMatchObject({ totalResults: TOTAL, startIndex, itemsPerPage });
      expect(ids(page)).toEqual(created.slice(startIndex - 1, startIndex - 1 + itemsPerPage));
    },
  );

  it.each(['count=ten', 'count=1.5', 'count=1e3', 'startIndex=first', 'startIndex=NaN', 'startIndex=1%2C2'])(
    'is refused with 400 invalidValue if a parameter is not a number: %s',
    async (query) => {
      expectScimError(await domain.request('GET', `/Users?${query}`), 400, 'invalidValue');
    },
  );

  it('does not count users of another domain', async () => {
    const other = await createDomainClient();
    expect(expectList(await other.request('GET', '/Users'))).toEqual({
      schemas: [LIST_RESPONSE],
      totalResults: 0,
      startIndex: 1,
      itemsPerPage: 0,
      Resources: [],
    });
  });

  it('has no gap after a user is deleted, although pages were read before', async () => {
    await list('startIndex=1&count=50');
    await list('startIndex=51&count=50');
    const [deletedId] = created.splice(10, 1);
    expect((await domain.request('DELETE', `/Users/${deletedId}`)).status).toBe(204);
    const all = await list(`count=${TOTAL}`);
    expect(all.totalResults).toBe(TOTAL - 1);
    expect(ids(all)).toEqual(created);
  });
});
