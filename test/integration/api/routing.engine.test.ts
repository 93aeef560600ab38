import { USER_SCHEMA } from '../../../shared/scim/urns';
import { userBody } from '../../support/requests/bodies';
import { provisionUser, type ProvisionedUser } from '../../support/requests/provision-user';
import { rawRequest } from '../../support/system/raw-request';
import { expectScimError } from '../../support/requests/scim-error';
import { clientWithKey, type DomainClient, createDomainClient } from '../../support/system/system';

let domain: DomainClient;
let user: ProvisionedUser;
beforeAll(async () => {
  domain = await createDomainClient();
  user = await provisionUser(domain);
});

describe('an unknown path', () => {
  it.each([
    '/Nope',
    '/Users/x/y',
    '/Users/x/y/z',
    '/Groups/x/members',
    '/Roles/x/y',
    '/licenses/x/y',
    '/ServiceProviderConfig/x',
    '/ResourceTypes/User/x',
    '/Schemas/x/y',
    '/Bulk/x',
    '/bulk/x',
    '/Me/x',
    '/.search/x',
    '/Users/.search/x',
    '/scim/v2/Users',
    '/../v2',
    '/..',
    '/../',
    '/../v1/Users',
    '/UsersAndMore',
    '//Nope',
    '/serviceproviderconfig/x',
    '/schemas/urn:nope/x',
    '/%55sers/%2e%2e',
  ])('returns 404 for every method: "%s"', async (path) => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      expectScimError(await rawRequest(domain, method, path), 404);
    }
  });

  it.each([
    '/Users/nobody',
    '/Groups/nobody',
    '/Schemas/urn:nope',
    '/ResourceTypes/Nope',
    '/Roles/nobody',
    '/entitlements/nobody',
    '/Licenses/%2e%2e',
    `/Users/${'x'.repeat(3_000)}`,
  ])('returns 404 for an unknown resource: %.40s', async (path) => {
    expectScimError(await domain.request('GET', path), 404);
  });

  it('requires a SCIM key like every other path, so that strangers do not learn which paths exist', async () => {
    for (const path of ['/Nope', '/..', ''])
      expectScimError(await rawRequest(clientWithKey('', ''), 'GET', path), 401);
  });
});

describe('an unsupported method', () => {
  it.each([
    ['/Users', 'GET, POST'],
    ['/Groups', 'GET, POST'],
    ['/Users/x', 'GET, PUT, PATCH, DELETE'],
    ['/Groups/x', 'GET, PUT, PATCH, DELETE'],
    ['/ServiceProviderConfig', 'GET'],
    ['/Bulk', 'POST'],
    ['/bulk', 'POST'],
    ['/.search', 'POST'],
    ['/Users/.search', 'POST'],
    ['/groups/.search', 'POST'],
    ['/Roles', 'GET'],
    ['/entitlements', 'GET'],
    ['/Licenses/Full%20User', 'GET'],
    ['/licenses/.search', 'POST'],
    ['', 'GET'],
    ['/', 'GET'],
    ['/ResourceTypes', 'GET'],
    ['/ResourceTypes/User', 'GET'],
    ['/Schemas', 'GET'],
    ['/schemas', 'GET'],
    ['/serviceproviderconfig', 'GET'],
    ['/Schemas/urn:ietf:params:scim:schemas:core:2.0:User', 'GET'],
  ])('returns 405 with Allow on %s, whatever the body is', async (path, allow) => {
    const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'];
    for (const method of methods.filter((each) => !allow.split(', ').includes(each))) {
      const responses = [
        await rawRequest(domain, method, path),
        await rawRequest(domain, method, path, { 'Content-Type': 'application/scim+json' }, '{"broken'),
        await rawRequest(domain, method, path, { 'Content-Type': 'text/html' }, '<p>'),
      ];
      for (const response of responses) {
        expectScimError(response, 405);
        expect(response.headers.get('allow')).toBe(allow);
      }
    }
  });

  it('does not apply to GET of the base URL without a query, which returns 404', async () => {
    for (const path of ['', '/']) expectScimError(await rawRequest(domain, 'GET', path), 404);
  });

  it('returns 501 on /Me, because a SCIM key is not a user, whatever the method and the body', async () => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      expectScimError(await rawRequest(domain, method, '/Me'), 501);
      expectScimError(await rawRequest(domain, method, '/me', { 'Content-Type': 'text/html' }, '<p>'), 501);
    }
  });

  it('returns 405 without a body for HEAD', async () => {
    for (const path of ['/Users', '/Roles', '/Licenses/Full%20User']) {
      const response = await rawRequest(domain, 'HEAD', path);
      expect(response).toMatchObject({ status: 405, body: undefined });
      expect(response.headers.get('content-type')).toBe('application/scim+json');
    }
  });
});

describe('a variant of a path or query', () => {
  it.each<[string, (user: ProvisionedUser) => string]>([
    ['the collection in lower case', () => '/users'],
    ['a resource in lower case', ({ id }) => `/users/${id}`],
    ['groups in lower case', () => '/groups'],
    ['a slash at the end', () => '/Users/'],
    ['two slashes before the collection', () => '//Users'],
    ['two slashes before an id', ({ id }) => `/Users//${id}`],
    ['a question mark at the end', ({ path }) => `${path}?`],
    ['an ampersand at the end', ({ userName }) => `/Users?filter=userName+eq+%22${userName}%22&`],
    ["Entra ID's flag without a value", ({ path }) => `${path}?aadOptscim062020`],
    ["Entra ID's flag among others", () => '/Users?aadOptscim062020&count=1'],
    ['unknown parameters', () => '/Users?sortBy=userName&sortOrder=descending&x=1'],
    ['a parameter twice', () => '/Users?count=0&count=1'],
    ['an encoded id', ({ id }) => `/Users/${id.replaceAll('-', '%2D')}`],
  ])('is accepted: %s', async (_, path) => {
    const response = await rawRequest(domain, 'GET', path(user));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/scim+json');
    const { id, Resources } = response.body as { id?: string; Resources?: { id: string }[] };
    if (!path(user).startsWith('/groups')) expect(id ?? Resources?.[0]?.id).toBe(user.id);
  });

  it.each([
    '/ServiceProviderConfig',
    '/ResourceTypes',
    '/ResourceTypes/User',
    '/Schemas',
    `/Schemas/${USER_SCHEMA}`,
  ])('is accepted in lower case, with the same response: %s', async (path) => {
    const expected = await domain.request('GET', path);
    for (const variant of [path.toLowerCase(), path.toUpperCase()]) {
      const response = await rawRequest(domain, 'GET', variant);
      expect(response).toMatchObject({ status: 200, body: expected.body as object });
      expect(response.headers.get('content-location')).toBe(expected.headers.get('content-location'));
    }
  });

  it.each(['/Roles', '/Entitlements', '/Licenses', '/Licenses/Full%20User', '/Licenses?filter=nope+pr'])(
    'of what a client can assign is accepted, with the same response: %s',
    async (path) => {
      const expected = await domain.request('GET', path);
      expect(expected.status).toBe(200);
      const [plain = '', query] = path.split('?');
      const end = query === undefined ? '' : `?${query}`;
      for (const variant of [plain.toLowerCase() + end, `/${plain}${end}`, `${plain}/${end}`])
        expect(await rawRequest(domain, 'GET', variant)).toMatchObject({
          status: 200,
          body: expected.body as object,
        });
    },
  );

  it('is accepted without a User-Agent, and with header names in any case', async () => {
    const body = JSON.stringify(userBody());
    const created = await rawRequest(
      domain,
      'POST',
      '/users',
      { 'CONTENT-TYPE': 'application/scim+json' },
      body,
    );
    expect(created.status).toBe(201);
    const { id } = created.body as { id: string };
    const conditional = { 'iF-nOnE-mAtCh': created.headers.get('etag') ?? '' };
    expect((await rawRequest(domain, 'GET', `/Users/${id}`, conditional)).status).toBe(304);
  });

  it('returns locations with the canonical name of the endpoint', async () => {
    const created = await domain.request('POST', '/users', userBody());
    const { id, meta } = created.body as { id: string; meta: { location: string } };
    expect(created.headers.get('location')).toBe(meta.location);
    expect(meta.location.endsWith(`/scim/v2/Users/${id}`)).toBe(true);
    const read = await domain.request('GET', `/users/${id}`);
    expect(read.headers.get('location')).toBe(meta.location);
    const authorization = `Bearer ${domain.scimKey}`;
    expect((await fetch(meta.location, { headers: { authorization } })).status).toBe(200);
  });
});
