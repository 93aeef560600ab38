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
      // Nobody reads their mails.
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
    'is walked in pages of %d, each user once and in the order of creation',
    async (count) => {
      const seen: string[] = [];
      for (let startIndex = 1; startIndex <= TOTAL; startIndex += count) {
        const page = await list(`startIndex=${startIndex}&count=${count}`);
        const left = TOTAL - startIndex + 1;
        expect(page).toMatchObject({
          schemas: [LIST_RESPONSE],
          totalResults: TOTAL,
          startIndex,
          itemsPerPage: Math.min(count, left),
        });
        seen.push(...ids(page));
      }
      expect(seen).toEqual(created);
    },
  );

  it('is the same whichever page one reads first', async () => {
    for (const startIndex of [201, 33, 150, 1, 250, 34]) {
      const page = await list(`startIndex=${startIndex}&count=20`);
      expect(ids(page)).toEqual(created.slice(startIndex - 1, startIndex + 19));
    }
  });

  it('is walked under a filter, too', async () => {
    const filter = `filter=${encodeURIComponent('title eq "every fifth"')}`;
    const seen: string[] = [];
    for (let startIndex = 1; startIndex <= 50; startIndex += 20) {
      const page = await list(`${filter}&startIndex=${startIndex}&count=20`);
      expect(page).toMatchObject({ totalResults: 50, startIndex, itemsPerPage: startIndex === 41 ? 10 : 20 });
      seen.push(...ids(page));
    }
    expect([...seen].sort()).toEqual(seen);
    expect(new Set(seen).size).toBe(50);
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
  ])('answers "%s" with a page that begins at %d and holds %d', async (query, startIndex, itemsPerPage) => {
    const page = await list(query);
    expect(page).toMatchObject({ totalResults: TOTAL, startIndex, itemsPerPage });
    expect(ids(page)).toEqual(created.slice(startIndex - 1, startIndex - 1 + itemsPerPage));
  });

  it.each(['count=ten', 'count=1.5', 'count=1e3', 'startIndex=first', 'startIndex=NaN', 'startIndex=1%2C2'])(
    'is 400 invalidValue where a number is none: %s',
    async (query) => {
      expectScimError(await domain.request('GET', `/Users?${query}`), 400, 'invalidValue');
    },
  );

  it('counts no other domain', async () => {
    const other = await createDomainClient();
    expect(expectList(await other.request('GET', '/Users'))).toEqual({
      schemas: [LIST_RESPONSE],
      totalResults: 0,
      startIndex: 1,
      itemsPerPage: 0,
      Resources: [],
    });
  });

  it('closes up behind a user who is deleted, though pages were marked before', async () => {
    await list('startIndex=1&count=50');
    await list('startIndex=51&count=50');
    const [gone] = created.splice(10, 1);
    expect((await domain.request('DELETE', `/Users/${gone}`)).status).toBe(204);
    const whole = await list(`count=${TOTAL}`);
    expect(whole.totalResults).toBe(TOTAL - 1);
    expect(ids(whole)).toEqual(created);
  });
});
