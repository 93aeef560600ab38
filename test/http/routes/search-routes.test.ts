import { searchRoutes } from '../../../shared/http/routes/search-routes';
import { toResource } from '../../../shared/scim/output/representation';
import type { Json } from '../../../shared/scim/resource';
import { groupResourceType } from '../../../shared/scim/resource-type';
import type { Caller } from '../../../shared/service/resources/caller';
import type { ListQuery } from '../../../shared/service/listing/list-query';
import { callRoute, type EventInput } from '../../support/requests/api-events';
import { userResourceType } from '../../../shared/product/product';

const COMMON_FIELDS = {
  version: 1,
  created: '2026-01-01T00:00:00.000Z',
  lastModified: '2026-01-01T00:00:00.000Z',
  baseUrl: 'https://api.example.com/scim/v2',
};
const ADA = toResource(userResourceType, {
  ...COMMON_FIELDS,
  id: 'u',
  attributes: { userName: 'ada', displayName: 'Ada' },
});
const SALES = toResource(groupResourceType, {
  ...COMMON_FIELDS,
  id: 'g',
  attributes: { displayName: 'Sales' },
  members: [],
});

let receivedQueries: { caller: Caller; query: ListQuery }[];
beforeEach(() => {
  receivedQueries = [];
});

const search = (input: EventInput, body?: Json) =>
  callRoute(
    searchRoutes((caller, query) => {
      receivedQueries.push({ caller, query });
      return Promise.resolve({ resources: [ADA, SALES], nextCursor: 'next' });
    }),
    input,
    body,
  );

describe('the base URL', () => {
  it('projects the resources of each type', async () => {
    const query = { attributes: 'userName,members', cursor: '' };
    const response = await search({ path: '/', query });
    expect(response).toEqual({
      status: 200,
      body: {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
        itemsPerPage: 2,
        nextCursor: 'next',
        Resources: [
          { schemas: ADA.schemas, id: 'u', userName: 'ada' },
          { schemas: SALES.schemas, id: 'g', members: [] },
        ],
      },
    });
    expect(receivedQueries[0]?.query).toEqual({ cursor: '', count: 100 });
    const returned = ['groups', 'members'].map((name) => receivedQueries[0]?.caller.shows(name));
    expect(returned).toEqual([false, true]);
  });

  it('responds to a search by POST like to a GET', async () => {
    const body = { attributes: ['userName', 'members'], cursor: '' };
    const post = await search({ method: 'POST', path: '/.search' }, body);
    const get = await search({ path: '', query: { attributes: 'userName,members', cursor: '' } });
    expect(post).toEqual(get);
    expect(receivedQueries[0]?.query).toEqual(receivedQueries[1]?.query);
  });

  it('is 404 without query parameters', async () => {
    await expect(search({ path: '/' })).rejects.toMatchObject({ status: 404 });
    expect(receivedQueries).toEqual([]);
  });

  it.each([
    ['GET', '/.search', 'POST'],
    ['POST', '/', 'GET'],
  ])('is 405 for %s %s', async (method, path, allow) => {
    await expect(search({ method, path }, {})).rejects.toMatchObject({ status: 405, headers: { allow } });
  });
});
