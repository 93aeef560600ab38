import { newId } from '../../../shared/id';
import type { Request, RequestCounts } from '../../../portal/src/api/schema';
import { userBody, uniqueName } from '../../support/requests/bodies';
import { sendBulk } from '../../support/requests/bulk';
import { provisionUser } from '../../support/requests/provision-user';
import { adminClient } from '../../support/system/admin-client';
import {
  type ClientResponse,
  clientWithKey,
  createDomainClient,
  type DomainClient,
  OPERATOR,
  scimKeyAdmin,
  takeRecordCapacity,
} from '../../support/system/system';
import { updateSettings } from './readiness';

const PERSONAL = /jane|roe|acme/i;

let domain: DomainClient;
beforeAll(async () => {
  domain = await createDomainClient();
});

const get = async (path: string): Promise<unknown> => {
  const { status, body } = await adminClient()('GET', path);
  expect(status).toBe(200);
  return body;
};

/** Returns the newest requests of a domain, newest first. */
const listRequests = async ({ domainId }: DomainClient, query = ''): Promise<readonly Request[]> =>
  ((await get(`/domains/${domainId}/requests?limit=100&${query}`)) as { items: Request[] }).items;

const countRequests = async ({ domainId }: DomainClient): Promise<RequestCounts> =>
  (await get(`/domains/${domainId}/request-counts?period=hour`)) as RequestCounts;

/** Returns the record of the request with this response. */
async function recordOf(client: DomainClient, { headers }: ClientResponse): Promise<Request | undefined> {
  const requestId = headers.get('x-request-id');
  return (await listRequests(client)).find((request) => request.requestId === requestId);
}

const USER_AGENT = { 'user-agent': 'Okta SCIM Client 1.0' };

describe('a request of an identity provider', () => {
  const unknown = newId();

  it.each([
    ['POST', '/Users', { userName: '' }, { path: '/Users', status: 400, scimType: 'invalidValue' }],
    ['GET', `/Users/${unknown}`, undefined, { path: `/Users/${unknown}`, status: 404 }],
    ['GET', '/Users/jane.roe', undefined, { path: '/Users/…', status: 404 }],
    [
      'GET',
      `/Users?filter=${encodeURIComponent('userName eq jane.roe@example.org')}`,
      undefined,
      { path: '/Users', query: 'filter=…', status: 400, scimType: 'invalidFilter' },
    ],
    [
      'GET',
      `/Users?filter=${encodeURIComponent('name[familyName gt 4 and givenName eq "Jane"]')}&count=5`,
      undefined,
      { path: '/Users', query: 'filter=name[familyName gt "…" and givenName eq "…"]&count=5', status: 400 },
    ],
    ['GET', '/Acme/Jane', undefined, { path: '/…/…', status: 404 }],
    ['PUT', '/Groups', {}, { path: '/Groups', status: 405 }],
    ['POST', '/.search', { filter: 'userName eq Jane' }, { path: '/.search', status: 400 }],
    [
      'PATCH',
      `/Groups/${unknown}`,
      { Operations: [{ op: 'jane', path: 'roe' }] },
      { path: `/Groups/${unknown}`, status: 400 },
    ],
  ] as const)(
    '%s %s is listed if it is refused, without what it says of people',
    async (method, path, body, shown) => {
      const response = await domain.request(method, path, body, USER_AGENT);
      expect(response.status).toBe(shown.status);
      const record = await recordOf(domain, response);
      expect(record).toMatchObject({
        ...shown,
        method,
        outcome: 'refused',
        client: 'okta',
        credential: { name: 'test' },
        similarRequests: 0,
        reason: expect.stringMatching(/./) as string,
        milliseconds: expect.any(Number) as number,
      });
      expect(JSON.stringify(record)).not.toMatch(PERSONAL);
    },
  );

  it('is listed if it is accepted, and leads to its audit event', async () => {
    const response = await domain.request(
      'POST',
      '/Users',
      userBody(uniqueName('jane'), { displayName: 'Jane Roe' }),
    );
    expect(response.status).toBe(201);
    const record = await recordOf(domain, response);
    expect(record).toMatchObject({ method: 'POST', path: '/Users', status: 201, outcome: 'accepted' });
    expect(JSON.stringify(record)).not.toMatch(PERSONAL);
    const events = (await get(`/domains/${domain.domainId}/audit-events?action=user.created`)) as {
      items: { requestId: string }[];
    };
    expect(events.items.map(({ requestId }) => requestId)).toContain(record?.requestId);
  });

  it('is one request if it is a bulk, with the number of its failed operations', async () => {
    await sendBulk(domain, [
      { method: 'POST', path: '/Users', bulkId: 'a', data: userBody(uniqueName()) },
      { method: 'DELETE', path: `/Users/${newId()}` },
      { method: 'DELETE', path: `/Users/${newId()}` },
    ]);
    const [bulk, ...others] = (await listRequests(domain, 'outcome=refused')).filter(
      ({ path }) => path === '/Bulk',
    );
    expect(bulk).toMatchObject({ status: 200, outcome: 'refused', operations: 3, failedOperations: 2 });
    expect(others).toEqual([]);
  });

  it('is listed with its status, and counted', async () => {
    const { requests, refused, statuses, intervals } = await countRequests(domain);
    const notFound = await listRequests(domain, 'status=404');
    expect(notFound.map(({ status }) => status)).toEqual(notFound.map(() => 404));
    expect(statuses).toContainEqual({ status: 404, requests: notFound.length });
    expect(statuses.reduce((sum, status) => sum + status.requests, 0)).toBe(requests);
    expect(intervals.reduce((sum, interval) => sum + interval.refused, 0)).toBe(refused);
    expect(refused).toBe((await listRequests(domain, 'outcome=refused')).length);
  });

  it('is not listed in another domain', async () => {
    expect(await listRequests(await createDomainClient())).toEqual([]);
  });
});

describe('a request whose credential is refused', () => {
  it('is listed if SCIM is disabled in its domain', async () => {
    const client = await createDomainClient();
    await updateSettings(client, { scimEnabled: false });
    const { status } = await client.request('GET', '/Users/jane', undefined, USER_AGENT);
    expect(status).toBe(403);
    expect(await listRequests(client)).toMatchObject([
      {
        ...{ method: 'GET', path: '/Users/…', status: 403, outcome: 'refused', credential: { name: 'test' } },
        reason: expect.stringContaining('disabled') as string,
      },
    ]);
  });

  it('is listed if its key was revoked, even if the method has no authorizer', async () => {
    const keys = await scimKeyAdmin();
    const { domainId } = await createDomainClient();
    const { token, keyId } = await keys.createScimKey(domainId, { name: 'Old' }, OPERATOR);
    await keys.revokeScimKey(domainId, keyId, OPERATOR);
    const client = clientWithKey(domainId, token);
    for (const path of ['/Groups', '/Groups', '/ServiceProviderConfig'])
      expect((await client.request('GET', path)).status).toBe(401);
    const requests = await listRequests(client);
    expect(requests.map(({ path, status }) => [path, status])).toEqual([
      ['/ServiceProviderConfig', 401],
      ['/Groups', 401],
      ['/Groups', 401],
    ]);
    for (const { reason, credential } of requests)
      expect({ reason, credential }).toEqual({
        reason: expect.stringContaining('revoked') as string,
        credential: { id: keyId, name: 'Old' },
      });
  });
});

describe('the cost of the records', () => {
  it('is one write unit for each refused request, and for each accepted one of the sample', async () => {
    const client = await createDomainClient();
    const { path } = await provisionUser(client);
    await takeRecordCapacity(client.domainId);
    for (const [status, at] of [
      [404, `/Users/${newId()}`],
      [200, path],
      [400, '/Users?sortBy=jane'],
    ] as const) {
      expect((await client.request('GET', at)).status).toBe(status);
      expect(await takeRecordCapacity(client.domainId)).toMatchObject([{ operation: 'PutItem', write: 1 }]);
    }
  });

  it('is at most that in a flood, beside which users are provisioned, and the flood is counted', async () => {
    const client = await createDomainClient();
    await client.request('GET', '/Groups/unknown');
    await takeRecordCapacity(client.domainId);
    const flood = 150;
    let sent = 0;
    const sendFlood = async () => {
      while (sent < flood) {
        sent++;
        expect((await client.request('GET', '/Groups/unknown')).status).toBe(404);
      }
    };
    const [users] = await Promise.all([
      Promise.all(Array.from({ length: 10 }, () => client.request('POST', '/Users', userBody()))),
      ...Array.from({ length: 4 }, sendFlood),
    ]);
    expect(users.map(({ status }) => status)).toEqual(users.map(() => 201));
    const { refused } = await countRequests(client);
    const records = (await takeRecordCapacity(client.domainId)).filter(({ partitionKeys }) =>
      partitionKeys.some((pk) => pk.endsWith('#REFUSED')),
    );
    expect(records.reduce((sum, { write }) => sum + write, 0)).toBe(records.length);
    expect(records.length).toBeLessThanOrEqual(flood);
    expect(refused).toBeGreaterThan(0.95 * flood);
    expect(refused).toBeLessThanOrEqual(flood + 1);
  });
});
