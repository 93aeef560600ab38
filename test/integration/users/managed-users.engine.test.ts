import { expectConsistent } from '../../support/consistency/consistency';
import { uniqueName } from '../../support/requests/bodies';
import { sendBulk } from '../../support/requests/bulk';
import { adminClient, type AdminResponse, signedInClient } from '../../support/system/admin-client';
import { type ClientResponse, createDomainClient, domainAdmin, OPERATOR } from '../../support/system/system';

/** A domain with a connection, and an administrator of it. */
async function domainWithOwner() {
  const client = await createDomainClient();
  const { domainId } = client;
  const owner = await signedInClient({ id: `by-hand-${domainId}`, roles: [`${domainId}:owner`] });
  return { client, domainId, owner, path: `/domains/${domainId}/users` };
}

type Domain = Awaited<ReturnType<typeof domainWithOwner>>;

const createManually = async ({ owner, path }: Domain, values: object): Promise<string> => {
  const created = await owner('POST', path, { values });
  expect(created.status).toBe(201);
  return created.body.userId;
};

const managerOf = async ({ owner, path }: Domain, userId: string): Promise<unknown> =>
  (await owner('GET', `${path}/${userId}`)).body.user.managedBy;

const userOf = ({ body }: ClientResponse) => body as { id: string; active: boolean; title?: string };
const refusal = ({ status, body }: AdminResponse) => ({ status, field: body.field, detail: body.detail });

describe('manually managed users', () => {
  it('have everything that users of a connection have: license, seat, audit events, and SCIM attributes', async () => {
    const domain = await domainWithOwner();
    const { client, owner, path, domainId } = domain;
    const userName = uniqueName('by-hand');
    const userId = await createManually(domain, { userName, givenName: 'Ada', userType: 'full user' });
    const shown = await client.request('GET', `/Users/${userId}`);
    expect(shown.body).toMatchObject({
      ...{ userName, active: true, name: { givenName: 'Ada' } },
      emails: [{ value: userName, primary: true }],
    });
    const detail = (await owner('GET', `${path}/${userId}`)).body;
    expect(detail).toMatchObject({
      user: { managedBy: 'administrator', license: { status: 'active', userType: 'Full User' } },
      values: {
        userName,
        givenName: 'Ada',
        email: userName,
        userType: 'Full User',
        active: 'true',
        title: '',
      },
    });
    expect((await owner('PATCH', `${path}/${userId}`, { values: { title: 'Dr.' } })).status).toBe(200);
    expect((await owner('POST', `${path}/${userId}/deactivate`)).body.active).toBe(false);
    expect((await owner('POST', `${path}/${userId}/activate`)).body.active).toBe(true);
    expect((await owner('DELETE', `${path}/${userId}`)).status).toBe(204);
    expect((await owner('GET', `${path}/${userId}`)).status).toBe(404);
    const events = (await owner('GET', `/domains/${domainId}/audit-events?resource=${userId}`)).body.items;
    expect(events.map(({ action, actor }) => [action, (actor as { id: string }).id])).toEqual(
      ['deleted', 'updated', 'updated', 'updated', 'created'].map((verb) => [
        `user.${verb}`,
        `by-hand-${domainId}`,
      ]),
    );
    await expectConsistent(domainId);
  });

  it('belong to a connection once it has found them by a filter and written them', async () => {
    const domain = await domainWithOwner();
    const { client, owner, path } = domain;
    const userName = uniqueName('taken-over');
    const userId = await createManually(domain, { userName, title: 'Engineer' });
    expect(await client.request('POST', '/Users', { userName })).toMatchObject({
      status: 409,
      body: { scimType: 'uniqueness' },
    });
    expect(await managerOf(domain, userId)).toBe('administrator');
    const found = await client.request('GET', `/Users?filter=userName eq "${userName}"`);
    const user = (found.body as { Resources: { id: string }[] }).Resources[0];
    expect(user?.id).toBe(userId);
    // The identity provider sends what it has read, so no attribute changes.
    expect((await client.request('PUT', `/Users/${userId}`, user)).status).toBe(200);
    expect(await managerOf(domain, userId)).toBe('connection');
    const [event] = (await owner('GET', `/domains/${domain.domainId}/audit-events?resource=${userId}`)).body
      .items;
    expect(event).toMatchObject({
      action: 'user.updated',
      changes: [{ attribute: 'managedBy', before: 'administrator', after: 'connection' }],
    });
    const refused = await owner('PATCH', `${path}/${userId}`, { values: { title: 'Boss' } });
    expect(refusal(refused)).toMatchObject({
      status: 409,
      detail: expect.stringContaining('connection') as string,
    });
    expect((await owner('DELETE', `${path}/${userId}`)).status).toBe(409);
    expect((await owner('POST', `${path}/${userId}/deactivate`)).status).toBe(200);
    expect((await owner('POST', `${path}/${userId}/activate`)).status).toBe(409);
    expect(userOf(await client.request('GET', `/Users/${userId}`))).toMatchObject({
      active: false,
      title: 'Engineer',
    });
    await expectConsistent(domain.domainId);
  });

  it('are those of administrators again if SCIM is off and they are changed', async () => {
    const domain = await domainWithOwner();
    const { client, owner, path, domainId } = domain;
    const userId = userOf(await client.request('POST', '/Users', { userName: uniqueName('left') })).id;
    await (await domainAdmin()).updateDomain(domainId, { scimEnabled: false }, OPERATOR);
    const changed = await owner('PATCH', `${path}/${userId}`, { values: { title: 'Engineer' } });
    expect(changed).toMatchObject({ status: 200, body: { managedBy: 'administrator' } });
    await expectConsistent(domainId);
  });

  it('are named by the readiness, until a connection has taken them over', async () => {
    const domain = await domainWithOwner();
    const { client } = domain;
    const userName = uniqueName('unknown');
    const userId = await createManually(domain, { userName, active: false });
    const finding = async () => {
      const response = await client.request('GET', '/readiness');
      const { findings } = response.body as { findings: { code: string }[] };
      return findings.find(({ code }) => code === 'users-managed-by-hand');
    };
    // The use of the key is recorded with its first request.
    await client.request('GET', '/Users?count=0');
    expect(await finding()).toMatchObject({ severity: 'info', details: [{ userId, userName }] });
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
    const data = { schemas, Operations: [{ op: 'replace', path: 'active', value: false }] };
    expect(await sendBulk(client, [{ method: 'PATCH', path: `/Users/${userId}`, data }])).toMatchObject([
      { status: '200' },
    ]);
    expect(await finding()).toBeUndefined();
  });

  it('are listed by their manager, also together with other criteria', async () => {
    const domain = await domainWithOwner();
    const { client, owner, path } = domain;
    const names = ['ann', 'bob', 'eve'].map(uniqueName);
    const [ann = '', bob = '', eve = ''] = names;
    for (const userName of [ann, bob]) await createManually(domain, { userName, userType: 'Full User' });
    const taken = await createManually(domain, { userName: eve, active: false });
    await createManually(domain, { userName: uniqueName('inactive'), active: false });
    await client.request('POST', '/Users', { userName: uniqueName('provisioned') });
    await client.request('PUT', `/Users/${taken}`, { userName: eve });

    /** Returns the names on all pages, which have one user each. */
    const listed = async (query: string) => {
      const found: unknown[] = [];
      let cursor = '';
      do {
        const { status, body } = await owner('GET', `${path}?limit=1&${query}${cursor}`);
        expect(status).toBe(200);
        found.push(...body.items.map(({ userName }) => String(userName).split('-')[0]));
        cursor = body.next === undefined ? '' : `&cursor=${encodeURIComponent(body.next)}`;
      } while (cursor);
      return found;
    };
    expect(await listed('managedBy=administrator')).toEqual(['ann', 'bob', 'inactive']);
    expect(await listed('managedBy=connection')).toEqual(['eve', 'provisioned']);
    expect(await listed('managedBy=administrator&licenseStatus=active')).toEqual(['ann', 'bob']);
    expect(await listed('managedBy=administrator&name=BOB')).toEqual(['bob']);
    expect(await listed('managedBy=administrator&search=b')).toEqual(['bob']);
    expect(await listed('managedBy=connection&userType=Full%20User')).toEqual([]);
    expect((await owner('GET', `${path}?managedBy=nobody`)).status).toBe(400);
  });

  it('leave their groups when they are deleted, and their place in the queue for seats', async () => {
    const domain = await domainWithOwner();
    const { client, owner, path, domainId } = domain;
    await (await domainAdmin()).updateDomain(domainId, { seats: 1, seatPolicy: 'wait' }, OPERATOR);
    await createManually(domain, { userName: uniqueName('first') });
    const userId = await createManually(domain, {
      // Earlier versions claimed this name under another key.
      userName: `ＷＩＤＥ-${uniqueName('waiting')}`,
      email: uniqueName('waiting'),
    });
    const group = await client.request('POST', '/Groups', {
      displayName: 'Staff',
      members: [{ value: userId }],
    });
    // A membership is no write of the user, so the connection has not taken the user over.
    expect(await managerOf(domain, userId)).toBe('administrator');
    expect((await owner('DELETE', `${path}/${userId}`)).status).toBe(204);
    const { id } = group.body as { id: string };
    expect((await client.request('GET', `/Groups/${id}`)).body).toMatchObject({ members: [] });
    await expectConsistent(domainId);
  });
});

describe('an administrator who manages users manually', () => {
  it('is told which field is wrong, and nothing changes', async () => {
    const domain = await domainWithOwner();
    const { owner, path } = domain;
    const [userName, other] = [uniqueName('right'), uniqueName('other')];
    const userId = await createManually(domain, { userName, active: false });
    await createManually(domain, { userName: other, active: false });
    const change = async (values: object) => refusal(await owner('PATCH', `${path}/${userId}`, { values }));
    expect(await change({ userName: other })).toMatchObject({ status: 409, field: 'userName' });
    expect(await change({ userName: ' ' })).toMatchObject({ status: 400, field: 'userName' });
    expect(await change({ title: 'Kept?', email: 'a@b@c' })).toMatchObject({ status: 400, field: 'email' });
    expect(await change({ userType: 'Guest' })).toMatchObject({ status: 400, field: 'userType' });
    expect(await change({ active: 'maybe' })).toMatchObject({ status: 400, field: 'active' });
    expect((await owner('GET', `${path}/${userId}`)).body).toMatchObject({ values: { userName, title: '' } });
  });

  it('cannot create an inactive user with an invalid value, and a dry run says so', async () => {
    const { owner, path } = await domainWithOwner();
    const values = { userName: uniqueName('long'), active: 'false', externalId: 'x'.repeat(1_100) };
    expect(refusal(await owner('POST', path, { values }))).toMatchObject({
      status: 400,
      field: 'externalId',
    });
    for (const dryRun of [true, false]) {
      const { body } = await owner('POST', `${path}/import`, { rows: [{ row: 2, values }], dryRun });
      expect(body.results).toMatchObject([{ outcome: 'error', field: 'externalId' }]);
    }
    expect((await owner('GET', path)).body.items).toEqual([]);
  });

  it('cannot reach the users of another domain', async () => {
    const [domain, other] = await Promise.all([domainWithOwner(), domainWithOwner()]);
    const userId = await createManually(other, { userName: uniqueName('foreign'), active: false });
    const own = `${domain.path}/${userId}`;
    for (const attempt of [
      await domain.owner('PATCH', own, { values: { title: 'Stolen' } }),
      await domain.owner('DELETE', own),
      await domain.owner('POST', `${own}/activate`),
      await domain.owner('PATCH', `${other.path}/${userId}`, { values: { title: 'Stolen' } }),
      await domain.owner('POST', `${other.path}/import`, {
        rows: [{ row: 2, values: { userName: 'x' } }],
        dryRun: false,
      }),
    ])
      expect(attempt.status).toBe(404);
    expect((await adminClient()('GET', `${other.path}/${userId}`)).body).toMatchObject({
      values: { title: '' },
    });
  });
});
