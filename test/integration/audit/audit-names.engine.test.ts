import { newId } from '../../../shared/id';
import { adminClient, idTokenFor, signedInClient } from '../../support/system/admin-client';
import { createDomainClient, type DomainClient } from '../../support/system/system';

const admin = adminClient();

let domain: DomainClient;
let other: DomainClient;
beforeAll(async () => {
  [domain, other] = await Promise.all([createDomainClient(), createDomainClient()]);
});

/** Returns the events of a domain that match, as `<action> <resource>`, oldest first. */
async function eventsOf(query: Readonly<Record<string, string>>, of = domain): Promise<string[]> {
  const search = new URLSearchParams({ limit: '100', ...query });
  const { status, body } = await admin('GET', `/domains/${of.domainId}/audit-events?${search.toString()}`);
  expect(status).toBe(200);
  return body.items
    .map(({ action, resource }) => `${action} ${String((resource as { name?: string }).name)}`)
    .reverse();
}

async function createUser(
  attributes: { userName: string; emails?: readonly object[] },
  of = domain,
): Promise<string> {
  const response = await of.request('POST', '/Users', attributes);
  expect(response.status).toBe(201);
  return (response.body as { id: string }).id;
}

const rename = (id: string, userName: string) =>
  domain.request('PATCH', `/Users/${id}`, {
    Operations: [{ op: 'replace', path: 'userName', value: userName }],
  });

describe('the resource of a filter', () => {
  it('may be the name or any address of a user, in any case, and finds the events before a rename too', async () => {
    const id = await createUser({
      userName: 'jane.maiden@example.com',
      emails: [{ value: 'jane@example.com', primary: true }, { value: 'jd@example.com' }],
    });
    await rename(id, 'jane.doe@example.com');
    const all = ['user.created jane.maiden@example.com', 'user.updated jane.doe@example.com'];
    for (const resource of ['jane.doe@example.com', 'Jane.Doe@EXAMPLE.com', 'jd@example.com', id])
      expect([resource, await eventsOf({ resource, action: 'user' })]).toEqual([resource, all]);
    // Another user may have the former name, so it finds only the events that recorded it.
    expect(await eventsOf({ resource: 'jane.maiden@example.com', action: 'user' })).toEqual(all.slice(0, 1));
  });

  it('finds a deleted user by the recorded name', async () => {
    const userName = 'deleted@example.com';
    const id = await createUser({ userName });
    await domain.request('DELETE', `/Users/${id}`);
    expect(await eventsOf({ resource: userName, action: 'user' })).toEqual([
      `user.created ${userName}`,
      `user.deleted ${userName}`,
    ]);
  });

  it('may be the name of a group, also a former one', async () => {
    const created = await domain.request('POST', '/Groups', { displayName: 'Engineers' });
    const { id } = created.body as { id: string };
    await domain.request('PATCH', `/Groups/${id}`, {
      Operations: [{ op: 'replace', path: 'displayName', value: 'Engineering' }],
    });
    expect(await eventsOf({ resource: 'engineering' })).toEqual([
      'group.created Engineers',
      'group.updated Engineering',
    ]);
    expect(await eventsOf({ resource: 'Engineers' })).toEqual(['group.created Engineers']);
  });

  it('never finds the users of another domain', async () => {
    const userName = 'elsewhere@example.com';
    await createUser({ userName }, other);
    expect(await eventsOf({ resource: userName })).toEqual([]);
    expect(await eventsOf({ resource: userName }, other)).toEqual([`user.created ${userName}`]);
  });

  it('may be a text that is no key, and then finds nothing', async () => {
    // The last one has 1,000 characters, as many as a filter may have, but more bytes than a key.
    for (const resource of ['#', 'DOMAIN', 'x'.repeat(1_000), 'é'.repeat(1_000)])
      expect([resource, await eventsOf({ resource })]).toEqual([resource, []]);
    const { status, body } = await admin(
      'GET',
      `/domains/${domain.domainId}/audit-events?resource=${'x'.repeat(1_001)}`,
    );
    expect([status, body.detail]).toEqual([400, expect.stringContaining('resource')]);
  });

  it('is refused if it is not UTF-8, as in any query', async () => {
    // Half of a surrogate pair: as its bytes would be, and as URLSearchParams encodes it.
    for (const resource of ['%ED%A0%80', '%EF%BF%BD']) {
      const { status, body } = await admin(
        'GET',
        `/domains/${domain.domainId}/audit-events?resource=${resource}`,
      );
      expect([resource, status, body.detail]).toEqual([
        resource,
        400,
        expect.stringContaining('The query string is not UTF-8'),
      ]);
    }
  });
});

describe('the actor of a filter', () => {
  it('may be the address or the name of an administrator, in any case', async () => {
    const [id, email] = [`owner-${newId()}`, `owner-${newId()}@example.com`];
    const owner = await signedInClient({
      id,
      name: 'Pat Example',
      roles: [`${domain.domainId}:owner`],
      claims: { email, email_verified: true },
    });
    const { items } = (await owner('GET', `/domains/${domain.domainId}/administrators`)).body;
    const { administratorId } = items.find(({ email: address }) => address === email)!;
    expect((await owner('PATCH', `/domains/${domain.domainId}`, { mailDelayMinutes: 5 })).status).toBe(200);
    for (const actor of [administratorId, email, email.toUpperCase(), 'pat example'])
      expect([actor, await eventsOf({ actor, action: 'domain.updated' })]).toEqual([
        actor,
        [expect.stringContaining('domain.updated')],
      ]);
    expect(await eventsOf({ actor: 'nobody@example.com' })).toEqual([]);
  });

  it('may be the address of an operator', async () => {
    const [id, email] = [`operator-${newId()}`, `operator-${newId()}@example.com`];
    const idToken = await idTokenFor({ id, roles: ['operator'], claims: { email, email_verified: true } });
    const operator = adminClient(idToken);
    expect((await operator('GET', '/me')).status).toBe(200);
    expect((await operator('PATCH', `/domains/${domain.domainId}`, { seats: 1_000 })).status).toBe(200);
    expect(await eventsOf({ actor: email, action: 'domain.updated' })).toHaveLength(1);
    const events = await admin('GET', `/audit-events?actor=${encodeURIComponent(email)}`);
    expect(events.status).toBe(200);
  });

  it('may be the name of a SCIM key', async () => {
    const userName = 'by-key@example.com';
    await createUser({ userName });
    expect(await eventsOf({ actor: 'TEST', resource: userName, action: 'user' })).toEqual([
      `user.created ${userName}`,
    ]);
  });
});

it('an export has the events that the same filter lists', async () => {
  const userName = 'exported@example.com';
  await createUser({ userName });
  const { status, body } = await admin(
    'GET',
    `/domains/${domain.domainId}/audit-events/export?action=user&resource=${encodeURIComponent(userName)}`,
  );
  expect(status).toBe(200);
  // One line is parsed as one value.
  expect(body).toMatchObject({ action: 'user.created', resource: { name: userName } });
});
