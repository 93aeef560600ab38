import { uniqueName, userBody } from '../../support/requests/bodies';
import { createDomainClient, type DomainClient } from '../../support/system/system';

interface Page {
  readonly totalResults: number;
  readonly startIndex: number;
  readonly itemsPerPage: number;
  readonly Resources: readonly { id: string }[];
}

let domain: DomainClient;
beforeEach(async () => {
  domain = await createDomainClient();
});

const read = async (path: string): Promise<Page> => (await domain.request('GET', path)).body as Page;

async function create(path: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let created = 0; created < count; created++) {
    const body =
      path === '/Users' ? userBody(uniqueName(), { active: false }) : { displayName: uniqueName() };
    ids.push(((await domain.request('POST', path, body)).body as { id: string }).id);
  }
  return ids;
}

it.each(['/Groups', '/Users'])(
  'a page of %s does not contradict its numbers after a deletion before it',
  async (path) => {
    const [first, second, third] = await create(path, 3);
    expect(await read(`${path}?count=1`)).toMatchObject({ totalResults: 3, Resources: [{ id: first }] });
    expect((await domain.request('DELETE', `${path}/${first}`)).status).toBe(204);
    for (const order of ['', '&sortBy=id']) {
      const { totalResults, startIndex, itemsPerPage, Resources } = await read(
        `${path}?startIndex=2${order}`,
      );
      expect(startIndex).toBe(2);
      expect(Resources).toHaveLength(itemsPerPage);
      expect(totalResults).toBeGreaterThanOrEqual(startIndex - 1 + itemsPerPage);
      for (const { id } of Resources) expect([second, third]).toContain(id);
    }
    expect(await read(`${path}?count=0`)).toMatchObject({ totalResults: 2, itemsPerPage: 0 });
    expect(await read(`${path}?startIndex=9`)).toMatchObject({ totalResults: 2, itemsPerPage: 0 });
  },
);

it('a page of users and groups does not contradict its numbers', async () => {
  const [user] = await create('/Users', 2);
  await create('/Groups', 2);
  await read('/?filter=id+pr&count=1');
  await read('/?count=1');
  await domain.request('DELETE', `/Users/${user}`);
  for (let start = 1; start <= 4; start++) {
    const { totalResults, itemsPerPage } = await read(`/?startIndex=${start}`);
    if (itemsPerPage > 0) expect(totalResults).toBeGreaterThanOrEqual(start - 1 + itemsPerPage);
  }
});
