import { replaceBody, userBody } from '../../support/requests/bodies';
import { provisionUser, type ProvisionedUser } from '../../support/requests/provision-user';
import { expectScimError } from '../../support/requests/scim-error';
import { type ClientResponse, type DomainClient, createDomainClient } from '../../support/system/system';

let domain: DomainClient;
beforeAll(async () => {
  domain = await createDomainClient();
});

/** Creates a user and changes it, so that it has version 2. */
async function changedUser(): Promise<ProvisionedUser> {
  const user = await provisionUser(domain);
  const { status, headers } = await domain.request('PATCH', user.path, replaceBody('title', 'Engineer'));
  expect([status, headers.get('etag')]).toEqual([200, 'W/"2"']);
  return user;
}

const versionIn = ({ body }: ClientResponse): string => (body as { meta: { version: string } }).meta.version;

const BODIES = {
  PUT: (user: ProvisionedUser) => userBody(user.userName, { title: 'Countess' }),
  PATCH: () => replaceBody('title', 'Countess'),
  DELETE: () => undefined,
};
const METHODS = Object.keys(BODIES) as (keyof typeof BODIES)[];

describe('the version of a user', () => {
  it('is the weak ETag of every response with the user', async () => {
    const user = await changedUser();
    const put = await domain.request('PUT', user.path, BODIES.PUT(user));
    const read = await domain.request('GET', user.path);
    const part = await domain.request('GET', `${user.path}?attributes=userName`);
    for (const response of [put, read, part]) expect(response.headers.get('etag')).toBe('W/"3"');
    expect([user.etag, versionIn(put), versionIn(read)]).toEqual(['W/"1"', 'W/"3"', 'W/"3"']);
  });

  it('does not change if a request changes nothing', async () => {
    const user = await changedUser();
    const before = await domain.request('GET', user.path);
    const again = await domain.request('PATCH', user.path, replaceBody('title', 'Engineer'));
    expect(again.body).toEqual(before.body);
  });
});

describe.each(METHODS)('%s with If-Match', (method) => {
  it.each(['W/"2"', '"2"', '*', ' * ', '"1", W/"2"', 'W/"1",W/"2" , "3"'])(
    'succeeds if %j contains the version',
    async (versions) => {
      const user = await changedUser();
      const response = await domain.request(method, user.path, BODIES[method](user), {
        'if-match': versions,
      });
      expect(response.status).toBe(method === 'DELETE' ? 204 : 200);
      if (method !== 'DELETE')
        expect(response.body).toMatchObject({ title: 'Countess', meta: { version: 'W/"3"' } });
    },
  );

  it.each(['W/"1"', '"3"', '"1", "3"', 'W/"20"', '2', '', '""', 'W/"*"'])(
    'is refused with 412 and changes nothing if %j does not contain the version',
    async (versions) => {
      const user = await changedUser();
      const before = await domain.request('GET', user.path);
      expectScimError(
        await domain.request(method, user.path, BODIES[method](user), { 'if-match': versions }),
        412,
      );
      expect((await domain.request('GET', user.path)).body).toEqual(before.body);
    },
  );

  it('returns 404 for an unknown user, whatever the version', async () => {
    for (const versions of ['*', 'W/"1"']) {
      const user = { userName: 'nobody@example.com' } as ProvisionedUser;
      const response = await domain.request(method, '/Users/nobody', BODIES[method](user), {
        'if-match': versions,
      });
      expectScimError(response, 404);
    }
  });
});

describe.each(METHODS)('%s with If-None-Match', (method) => {
  it.each(['*', 'W/"2"', '"1", "2"'])('is refused with 412 and changes nothing for %j', async (versions) => {
    const user = await changedUser();
    const before = await domain.request('GET', user.path);
    const headers = { 'if-none-match': versions };
    expectScimError(await domain.request(method, user.path, BODIES[method](user), headers), 412);
    expect((await domain.request('GET', user.path)).body).toEqual(before.body);
  });

  it('succeeds for another version', async () => {
    const user = await changedUser();
    const headers = { 'if-none-match': 'W/"1"' };
    const response = await domain.request(method, user.path, BODIES[method](user), headers);
    expect(response.status).toBe(method === 'DELETE' ? 204 : 200);
  });
});

describe('GET with If-None-Match', () => {
  it.each(['W/"2"', '"2"', '*', '"1", W/"2"'])(
    'returns 304 without a body if %j contains the version',
    async (versions) => {
      const { path } = await changedUser();
      const response = await domain.request('GET', path, undefined, { 'if-none-match': versions });
      expect(response).toMatchObject({ status: 304, body: undefined });
      expect(response.headers.get('etag')).toBe('W/"2"');
    },
  );

  it.each(['W/"1"', '"22"', '2', ''])(
    'returns the user if %j does not contain the version',
    async (versions) => {
      const { id, path } = await changedUser();
      const response = await domain.request('GET', path, undefined, { 'if-none-match': versions });
      expect(response).toMatchObject({ status: 200, body: { id } });
    },
  );

  it('returns a user with groups, whose names are not part of the version', async () => {
    const { id, path } = await changedUser();
    const group = await domain.request('POST', '/Groups', {
      displayName: 'Before',
      members: [{ value: id }],
    });
    const { headers } = await domain.request('GET', path);
    const cached = { 'if-none-match': headers.get('etag') ?? '' };
    const groupPath = `/Groups/${(group.body as { id: string }).id}`;
    await domain.request('PATCH', groupPath, replaceBody('displayName', 'After'));
    const renamed = await domain.request('GET', path, undefined, cached);
    expect(renamed).toMatchObject({ status: 200, body: { groups: [{ display: 'After' }] } });
    const withoutGroups = await domain.request('GET', `${path}?excludedAttributes=groups`, undefined, cached);
    expect(withoutGroups.status).toBe(304);
  });

  it('returns 404 for an unknown user', async () => {
    expectScimError(await domain.request('GET', '/Users/nobody', undefined, { 'if-none-match': '*' }), 404);
  });
});

it('a group has a version too, and a new member changes it', async () => {
  const { id } = await provisionUser(domain);
  const created = await domain.request('POST', '/Groups', { displayName: 'Versioned' });
  const path = `/Groups/${(created.body as { id: string }).id}`;
  const etag = created.headers.get('etag') ?? '';
  const joining = { op: 'add', path: 'members', value: [{ value: id }] };
  const joined = await domain.request('PATCH', path, { Operations: [joining] }, { 'if-match': etag });
  expect(joined.status).toBe(200);
  expect(joined.headers.get('etag')).not.toBe(etag);
  expectScimError(
    await domain.request('PATCH', path, replaceBody('displayName', 'Late'), { 'if-match': etag }),
    412,
  );
  expectScimError(await domain.request('DELETE', path, undefined, { 'if-match': etag }), 412);
  expect((await domain.request('GET', path, undefined, { 'if-none-match': etag })).status).toBe(200);
  expect((await domain.request('DELETE', path, undefined, { 'if-match': '*' })).status).toBe(204);
});
