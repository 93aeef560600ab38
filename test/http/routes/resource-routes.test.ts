import { resourceRoutes } from '../../../shared/http/routes/resource-routes';
import { ScimError } from '../../../shared/scim/error';
import { toResource } from '../../../shared/scim/output/representation';
import type { Json, Resource } from '../../../shared/scim/resource';
import { groupResourceType } from '../../../shared/scim/resource-type';
import type { Caller } from '../../../shared/service/resources/caller';
import type { ResourceService } from '../../../shared/service/resources/resource-service';
import { callRoute, RECEIVED_AT, type EventInput } from '../../support/requests/api-events';
import { userResourceType } from '../../../shared/product/product';

const ADA = toResource(userResourceType, {
  id: 'u-1',
  attributes: { userName: 'ada', title: 'Countess', active: true },
  version: 7,
  created: '2026-01-01T00:00:00.000Z',
  lastModified: '2026-01-02T00:00:00.000Z',
  baseUrl: 'https://api.example.com/scim/v2',
});

let callers: Caller[];
let calls: unknown[][];

/** Returns a service that responds with one user and records its calls. */
function recordingService(patched: Resource | undefined = ADA): ResourceService {
  const record =
    <T>(name: string, value: T) =>
    (...args: unknown[]): Promise<T> => {
      calls.push([name, ...args]);
      return Promise.resolve(value);
    };
  return {
    create: record('create', ADA),
    get: record('get', { resource: ADA }),
    list: record('list', { resources: [ADA], totalResults: 9, startIndex: 3 }),
    replace: record('replace', ADA),
    patch: record('patch', patched),
    delete: record('delete', undefined),
  };
}

const users = (input: EventInput, body?: Json) =>
  callRoute(
    resourceRoutes(userResourceType, (caller) => {
      callers.push(caller);
      return recordingService();
    }),
    input,
    body,
  );

beforeEach(() => {
  callers = [];
  calls = [];
});

const LOCATION = 'https://api.example.com/scim/v2/Users/u-1';
const HEADERS = { etag: 'W/"7"', location: LOCATION, 'content-location': LOCATION };

describe('the routes of a resource type', () => {
  it.each([
    [{ method: 'POST', path: '/Users' }, 201, ['create', { userName: 'ada' }]],
    [{ method: 'GET', path: '/Users/u-1' }, 200, ['get', 'u-1']],
    [{ method: 'PUT', path: '/Users/u-1' }, 200, ['replace', 'u-1', { userName: 'ada' }, undefined]],
    [{ method: 'PATCH', path: '/Users/u-1' }, 200, ['patch', 'u-1', { userName: 'ada' }, undefined]],
  ] as const)(
    'respond to %j with the resource, its version, and its location',
    async (input, status, call) => {
      expect(await users(input, { userName: 'ada' })).toMatchObject({ status, body: ADA, headers: HEADERS });
      expect(calls).toEqual([call]);
    },
  );

  it('respond to DELETE with 204', async () => {
    expect(await users({ method: 'DELETE', path: '/Users/u-1' })).toEqual({ status: 204 });
  });

  it('respond to a PATCH of a large resource with 204', async () => {
    const large = resourceRoutes(groupResourceType, () => ({
      ...recordingService(),
      patch: () => Promise.resolve(undefined),
    }));
    expect(await callRoute(large, { method: 'PATCH', path: '/Groups/g' }, {})).toEqual({ status: 204 });
  });

  it.each([
    ['POST', '/Users', 201],
    ['PUT', '/Users/u-1', 204],
    ['PATCH', '/Users/u-1', 204],
  ])(
    'respond to %s %s with %i and no body if the resource is too large for a response',
    async (method, path, status) => {
      const { ifTooLarge } = await users({ method, path }, { userName: 'ada' });
      expect(ifTooLarge?.()).toEqual({ status, headers: { etag: 'W/"7"', location: LOCATION } });
    },
  );

  it('send a large resource in chunks, and read no values if the client has the current version', async () => {
    const pages = (async function* () {
      calls.push(['page']);
      yield await Promise.resolve([{ value: 'g-1' }]);
    })();
    const smallest = { value: 'g-1' };
    const tooManyError = () => ScimError.tooMany('');
    const routes = resourceRoutes(userResourceType, () => ({
      ...recordingService(),
      get: () =>
        Promise.resolve({
          resource: ADA,
          large: { name: 'groups', count: 1, smallestValue: smallest, pages, tooManyError },
        }),
    }));
    const notModified = await callRoute(routes, {
      path: '/Users/u-1',
      headers: { 'if-none-match': 'W/"7"' },
    });
    expect(notModified).toEqual({
      status: 304,
      headers: { etag: 'W/"7"', 'content-location': LOCATION },
    });
    expect(calls).toEqual([]);
    const { status, headers, body, text = [] } = await callRoute(routes, { path: '/Users/u-1' });
    expect({ status, headers, body }).toEqual({ status: 200, headers: HEADERS });
    let json = '';
    for await (const chunk of text) json += chunk;
    expect(JSON.parse(json)).toEqual({ ...ADA, groups: [{ value: 'g-1' }] });
  });

  it.each(['PUT', 'PATCH', 'DELETE'] as const)('pass on the versions of If-Match of a %s', async (method) => {
    await users({ method, path: '/Users/u-1', headers: { 'if-match': 'W/"6", "7"' } }, {});
    expect(calls[0]?.at(-1)).toEqual(['6', '7']);
  });

  it.each([
    ['W/"7"', 304],
    ['"1", W/"7"', 304],
    ['*', 304],
    ['W/"6"', 200],
    ['', 200],
  ])('respond to a GET with If-None-Match %p with %i', async (header, status) => {
    const response = await users({ path: '/Users/u-1', headers: { 'if-none-match': header } });
    expect(response.status).toBe(status);
    expect(response.headers?.etag).toBe('W/"7"');
    if (status === 304) expect(response.body).toBeUndefined();
  });

  it('send a resource that shows others even if the client has its version', async () => {
    const get = () => Promise.resolve({ resource: ADA, showsOthers: true });
    const routes = resourceRoutes(userResourceType, () => ({ ...recordingService(), get }));
    const request = { path: '/Users/u-1', headers: { 'if-none-match': 'W/"7"' } };
    expect((await callRoute(routes, request)).status).toBe(200);
  });

  it.each(['PUT', 'PATCH', 'DELETE'] as const)('pass on If-None-Match of a %s', async (method) => {
    await users({ method, path: '/Users/u-1', headers: { 'if-none-match': 'W/"7"' } }, {});
    expect(calls[0]?.at(-1)).toEqual({ except: ['7'] });
  });

  it('apply the projection to the body, but not to the headers', async () => {
    const response = await users({ path: '/Users/u-1', query: { attributes: 'userName' } });
    expect(response).toEqual({
      status: 200,
      body: { schemas: ADA.schemas, id: 'u-1', userName: 'ada' },
      headers: HEADERS,
    });
  });

  it('list a page with the projection of each resource', async () => {
    const response = await users({
      query: { startIndex: '3', count: '1', excludedAttributes: 'meta,title' },
    });
    const { meta: _, title: __, ...projected } = ADA;
    expect(response).toEqual({
      status: 200,
      body: {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
        totalResults: 9,
        startIndex: 3,
        itemsPerPage: 1,
        Resources: [projected],
      },
    });
    expect(calls).toEqual([['list', { startIndex: 3, count: 1 }]]);
  });

  it('respond to a search by POST like to a GET with the same query', async () => {
    const query = { startIndex: '3', count: '1', excludedAttributes: 'meta,title', sortBy: 'title' };
    const get = await users({ query });
    const body = { startIndex: 3, count: 1, excludedAttributes: ['meta', 'title'], sortBy: 'title' };
    expect(await users({ method: 'POST', path: '/Users/.search' }, body)).toEqual(get);
    expect(calls[1]).toEqual(calls[0]);
  });

  it('pass the actor, the deadline, and the projection to the service', async () => {
    await users({
      path: '/Users/u-1',
      query: { excludedAttributes: 'groups' },
      headers: { 'User-Agent': 'x'.repeat(500) },
    });
    const [caller] = callers;
    expect(caller).toMatchObject({
      domainId: 'domain-1',
      requestId: 'request-1',
      baseUrl: 'https://api.example.com/scim/v2',
      deadline: RECEIVED_AT + 24_000,
      actor: {
        kind: 'scimKey',
        keyId: 'key-1',
        keyName: 'Okta',
        connectionId: 'key-1',
        sourceAddress: '192.0.2.1',
        userAgent: 'x'.repeat(200),
      },
    });
    expect(caller?.shows('groups')).toBe(false);
    expect(caller?.shows('emails')).toBe(true);
  });
});
