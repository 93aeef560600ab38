import { USER_SCHEMA } from '../../../shared/scim/urns';
import { uniqueName, replaceBody, userBody } from '../../support/requests/bodies';
import { provisionUser } from '../../support/requests/provision-user';
import {
  type ClientResponse,
  clientWithKey,
  type DomainClient,
  createDomainClient,
} from '../../support/system/system';

let domain: DomainClient;
beforeAll(async () => {
  domain = await createDomainClient();
});

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

async function responsesOfEveryKind(): Promise<ClientResponse[]> {
  const { path, userName, etag } = await provisionUser(domain);
  const { request } = domain;
  return [
    await request('POST', '/Users', userBody()),
    await request('POST', '/Users', userBody(userName)),
    await request('POST', '/Users', 'broken'),
    await request('POST', '/Users', '{}', { 'content-type': 'text/html' }),
    await request('POST', '/Groups', { displayName: uniqueName() }),
    await request('GET', path),
    await request('GET', path, undefined, { 'if-none-match': etag }),
    await request('GET', '/Users'),
    await request('GET', '/Users?filter=broken'),
    await request('GET', '/Groups'),
    await request('GET', '/Schemas'),
    await request('GET', '/Schemas?filter=id+pr'),
    await request('GET', '/ServiceProviderConfig'),
    await request('GET', '/Nope'),
    await request('PUT', path, userBody(userName)),
    await request('PATCH', path, replaceBody('title', 'x'), { 'if-match': '"999"' }),
    await request('PATCH', '/Users', {}),
    await request('DELETE', path),
    await request('DELETE', path),
    await clientWithKey('', 'nonsense').request('GET', path),
  ];
}

it('every response is a SCIM message or empty, is not stored by caches, and has a unique request id', async () => {
  const responses = await responsesOfEveryKind();
  expect(responses.map(({ status }) => status)).toEqual([
    ...[201, 409, 400, 415, 201, 200, 304, 200, 400, 200, 200, 403, 200, 404, 200, 412, 405, 204, 404, 401],
  ]);
  for (const { status, headers, body } of responses) {
    expect(headers.get('x-request-id')).toMatch(UUID);
    expect(headers.get('cache-control')).toBe('no-store');
    if (body === undefined) expect([204, 304]).toContain(status);
    else expect(headers.get('content-type')).toBe('application/scim+json');
    if (status >= 400) expect(body).toMatchObject({ status: `${status}` });
    expect(headers.get('set-cookie')).toBeNull();
  }
  expect(new Set(responses.map(({ headers }) => headers.get('x-request-id'))).size).toBe(responses.length);
});

it.each(['*/*', 'text/html', 'application/json', 'application/xml;q=0.1', ''])(
  'a response has the type application/scim+json for a client that accepts %j',
  async (accept) => {
    const unauthorized = clientWithKey('', 'nonsense');
    for (const client of [domain, unauthorized]) {
      const response = await client.request('GET', '/Users', undefined, { accept });
      expect(response.headers.get('content-type')).toBe('application/scim+json');
    }
  },
);

it('every response with a resource contains its location', async () => {
  const created = await domain.request('POST', '/Users', userBody());
  const { id, meta } = created.body as { id: string; meta: Record<string, string> };
  expect(created.headers.get('location')).toBe(meta.location);
  expect(meta).toEqual({
    resourceType: 'User',
    created: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
    lastModified: meta.created,
    location: expect.stringMatching(new RegExp(`^http://.+/scim/v2/Users/${id}$`)) as string,
    version: 'W/"1"',
  });
  const changed = await domain.request('PATCH', `/Users/${id}`, replaceBody('title', 'x'));
  expect(changed.headers.get('location')).toBe(meta.location);
  const { meta: now } = changed.body as { meta: Record<string, string> };
  expect(now.created).toBe(meta.created);
  expect(Date.parse(now.lastModified!)).toBeGreaterThanOrEqual(Date.parse(meta.created!));
});

it('Content-Location names the resource that a response carries', async () => {
  const { path, userName, etag } = await provisionUser(domain);
  const group = await domain.request('POST', '/Groups', { displayName: uniqueName() });
  const responses = [
    group,
    await domain.request('POST', '/Users', userBody()),
    await domain.request('GET', path),
    await domain.request('PUT', path, userBody(userName)),
    await domain.request('PATCH', path, replaceBody('title', 'x')),
    await domain.request('GET', `/Groups/${(group.body as { id: string }).id}`),
    await domain.request('GET', '/ServiceProviderConfig'),
    await domain.request('GET', '/ResourceTypes/User'),
    await domain.request('GET', `/Schemas/${USER_SCHEMA}`),
  ];
  for (const { headers, body } of responses) {
    const { meta } = body as { meta: { location: string } };
    expect(headers.get('content-location')).toBe(meta.location);
  }
  const projected = await domain.request('GET', `${path}?attributes=userName`);
  expect(projected.headers.get('content-location')).toMatch(path);
  const current = await domain.request('GET', path);
  const unchanged = await domain.request('GET', path, undefined, {
    'if-none-match': current.headers.get('etag') ?? etag,
  });
  expect(unchanged.status).toBe(304);
  expect(unchanged.headers.get('content-location')).toMatch(path);
  for (const other of [
    await domain.request('GET', '/Users'),
    await domain.request('DELETE', path),
    await domain.request('GET', path),
  ])
    expect(other.headers.has('content-location')).toBe(false);
});

it('a filter finds a change of a user immediately', async () => {
  for (let round = 0; round < 5; round++) {
    const { id, path, userName } = await provisionUser(domain);
    const found = async (filter: string) => {
      const query = `/Users?filter=${encodeURIComponent(filter)}`;
      return (await domain.request('GET', query)).body as { totalResults: number };
    };
    expect(await found(`userName eq "${userName}"`)).toMatchObject({ totalResults: 1, Resources: [{ id }] });
    const renamed = uniqueName('renamed');
    await domain.request('PATCH', path, replaceBody('userName', renamed));
    expect(await found(`userName eq "${userName}"`)).toMatchObject({ totalResults: 0, Resources: [] });
    expect(await found(`userName eq "${renamed}"`)).toMatchObject({ Resources: [{ id, userName: renamed }] });
    expect(await found(`id eq "${id}"`)).toMatchObject({ Resources: [{ userName: renamed }] });
    await domain.request('DELETE', path);
    expect(await found(`userName eq "${renamed}"`)).toMatchObject({ totalResults: 0, Resources: [] });
  }
});
