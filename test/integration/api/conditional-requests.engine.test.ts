import { replaceBody, userBody } from '../../support/requests/bodies';
import { provisionUser, type ProvisionedUser } from '../../support/requests/provision-user';
import { expectScimError } from '../../support/requests/scim-error';
import { type ClientResponse, type DomainClient, createDomainClient } from '../../support/system/system';

let domain: DomainClient;
beforeAll(async () => {
  domain = await createDomainClient();
});

/** A user at version 2. */
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
  it('is the ETag of every answer that shows it, and weak', async () => {
    const user = await changedUser();
    const put = await domain.request('PUT', user.path, BODIES.PUT(user));
    const read = await domain.request('GET', user.path);
    const part = await domain.request('GET', `${user.path}?attributes=userName`);
    for (const answer of [put, read, part]) expect(answer.headers.get('etag')).toBe('W/"3"');
    expect([user.etag, versionIn(put), versionIn(read)]).toEqual(['W/"1"', 'W/"3"', 'W/"3"']);
  });

  it('stays where a change changes nothing', async () => {
    const user = await changedUser();
    const before = await domain.request('GET', user.path);
    const again = await domain.request('PATCH', user.path, replaceBody('title', 'Engineer'));
    expect(again.body).toEqual(before.body);
  });
});

describe.each(METHODS)('%s with If-Match', (method) => {
  it.each(['W/"2"', '"2"', '*', ' * ', '"1", W/"2"', 'W/"1",W/"2" , "3"'])(
    'is done where the version is among %j',
    async (versions) => {
      const user = await changedUser();
      const answer = await domain.request(method, user.path, BODIES[method](user), { 'if-match': versions });
      expect(answer.status).toBe(method === 'DELETE' ? 204 : 200);
      if (method !== 'DELETE')
        expect(answer.body).toMatchObject({ title: 'Countess', meta: { version: 'W/"3"' } });
    },
  );

  it.each(['W/"1"', '"3"', '"1", "3"', 'W/"20"', '2', '', '""', 'W/"*"'])(
    'is refused with 412 and does nothing where it is not among %j',
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

  it('is 404 for a user who does not exist, whatever the version', async () => {
    for (const versions of ['*', 'W/"1"']) {
      const user = { userName: 'nobody@example.com' } as ProvisionedUser;
      const answer = await domain.request(method, '/Users/nobody', BODIES[method](user), {
        'if-match': versions,
      });
      expectScimError(answer, 404);
    }
  });
});

describe('GET with If-None-Match', () => {
  it.each(['W/"2"', '"2"', '*', '"1", W/"2"'])(
    'is 304 without a body where %j names the version',
    async (versions) => {
      const { path } = await changedUser();
      const answer = await domain.request('GET', path, undefined, { 'if-none-match': versions });
      expect(answer).toMatchObject({ status: 304, body: undefined });
      expect(answer.headers.get('etag')).toBe('W/"2"');
    },
  );

  it.each(['W/"1"', '"22"', '2', ''])('shows the user where %j does not', async (versions) => {
    const { id, path } = await changedUser();
    const answer = await domain.request('GET', path, undefined, { 'if-none-match': versions });
    expect(answer).toMatchObject({ status: 200, body: { id } });
  });

  it('is 404 for a user who does not exist', async () => {
    expectScimError(await domain.request('GET', '/Users/nobody', undefined, { 'if-none-match': '*' }), 404);
  });
});

it('a group is versioned alike, and a member who joins changes its version', async () => {
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
