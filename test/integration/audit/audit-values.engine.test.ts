import { adminClient } from '../../support/system/admin-client';
import { replaceBody } from '../../support/requests/bodies';
import {
  type ClientResponse,
  type DomainClient,
  createDomainClient,
  session,
} from '../../support/system/system';
import { eventually } from '../../support/jest/timeouts';

interface Event {
  readonly action: string;
  readonly requestId?: string;
  readonly resource: { readonly id: string; readonly name?: string };
  readonly changes?: readonly {
    readonly attribute: string;
    readonly before?: unknown;
    readonly after?: unknown;
    readonly truncated?: readonly string[];
  }[];
  readonly license?: string;
}

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const PASSWORD = 'never-to-be-seen';
const admin = adminClient();
let domain: DomainClient;

const idOfResponse = ({ body }: ClientResponse): string => (body as { id: string }).id;

async function eventsOf(resource: string): Promise<Event[]> {
  const { body } = await admin(
    'GET',
    `/domains/${domain.domainId}/audit-events?limit=100&resource=${resource}`,
  );
  return (body.items as unknown as Event[]).toReversed();
}

beforeAll(async () => {
  domain = await createDomainClient();
});

it('audit events contain all values of a user from creation to deletion, but never the password', async () => {
  const { request } = domain;
  const work = { type: 'work', value: 'ada@example.com', primary: true };
  const user = {
    ...{ userName: 'ada@example.com', externalId: 'a1', password: PASSWORD, emails: [work] },
    name: { givenName: 'Ada', familyName: 'King' },
    [ENTERPRISE]: { department: 'Engines' },
  };
  const id = idOfResponse(await request('POST', '/Users', user));
  const path = `/Users/${id}`;
  await request('PATCH', path, replaceBody('name.familyName', 'Larsen'));
  await request('PATCH', path, replaceBody('emails[type eq "work"].value', 'countess@example.com'));
  await request('PATCH', path, replaceBody('password', PASSWORD));
  await request('PUT', path, { ...user, [ENTERPRISE]: { department: 'Poetry' } });
  await admin('POST', `/domains/${domain.domainId}/users/${id}/deactivate`);
  await request('DELETE', path);

  const events = await eventsOf(id);
  const changes = events.map(({ changes: all = [] }) => new Map(all.map((each) => [each.attribute, each])));
  expect(events.map(({ action, license }) => [action, license])).toEqual([
    ['user.created', 'activated'],
    ['user.updated', undefined],
    ['user.updated', undefined],
    ['user.updated', undefined],
    ['user.updated', 'deactivated'],
    ['user.deleted', undefined],
  ]);
  const [created, familyNameChanged, addressChanged, replaced, deactivated, deleted] = changes;
  expect(created?.get('userName')).toEqual({ attribute: 'userName', after: 'ada@example.com' });
  expect(created?.get('emails')?.after).toEqual([work]);
  expect(created?.get(`${ENTERPRISE}:department`)?.after).toBe('Engines');
  expect([...(familyNameChanged ?? [])]).toEqual([
    ['name', { attribute: 'name', before: user.name, after: { ...user.name, familyName: 'Larsen' } }],
  ]);
  expect(addressChanged?.get('emails')).toEqual({
    attribute: 'emails',
    before: [work],
    after: [{ ...work, value: 'countess@example.com' }],
  });
  expect([...(replaced?.keys() ?? [])].sort()).toEqual(['emails', 'name', `${ENTERPRISE}:department`].sort());
  expect(deactivated?.get('active')).toEqual({ attribute: 'active', before: true, after: false });
  expect(deleted?.get('userName')).toEqual({ attribute: 'userName', before: 'ada@example.com' });
  expect(JSON.stringify(events)).not.toContain(PASSWORD);

  // The deactivation notice can be sent again after the user is deleted.
  expect((await admin('POST', `/domains/${domain.domainId}/users/${id}/resend-mail`)).status).toBe(202);
  const license = await admin('GET', `/domains/${domain.domainId}/licenses/${id}`);
  expect(license.body.license).toMatchObject({ userName: 'ada@example.com', status: 'inactive' });
});

it('audit events contain the start of long values, and all addresses', async () => {
  const { request } = domain;
  const emails = Array.from({ length: 20 }, (_, at) => ({
    ...{ value: `grace${at}@${'long-'.repeat(10)}domain.example.com`, type: `t${at}` },
    ...(at === 0 && { primary: true }),
  }));
  const userName = `${'grace.'.repeat(30)}hopper@example.com`;
  const title = 'Rear Admiral '.repeat(100);
  const id = idOfResponse(await request('POST', '/Users', { userName, title, emails }));
  const created = (await eventsOf(id))[0];
  const changes = new Map(created?.changes?.map((each) => [each.attribute, each]));
  expect(created?.resource.name).toBe(userName);
  expect(changes.get('title')).toEqual({
    ...{ attribute: 'title', after: `${title.slice(0, 1000)}…`, truncated: ['after'] },
  });
  expect(changes.get('emails')).toEqual({ attribute: 'emails', after: emails, truncated: ['after'] });
});

it('an export has no raw characters that control a terminal or the direction of text', async () => {
  const { request } = domain;
  const displayName = 'Eve \u009b2J\u202egpj\u2067\u200f';
  const id = idOfResponse(await request('POST', '/Users', { userName: 'eve@example.com', displayName }));
  const { adminUrl, adminToken } = session();
  const url = `${adminUrl}/domains/${domain.domainId}/audit-events/export?resource=${id}`;
  let text = '';
  // All tests share one rate limit.
  await eventually('the export not to be refused by the rate limit', async () => {
    const response = await fetch(url, { headers: { authorization: `Bearer ${adminToken}` } });
    text = await response.text();
    return response.status !== 429;
  });
  expect(text).not.toMatch(/[\u0080-\u009f\p{Bidi_Control}]/u);
  const event = JSON.parse(text) as Event;
  expect(event.changes?.find(({ attribute }) => attribute === 'displayName')?.after).toBe(displayName);
});

it('a change of many members writes an event per transaction, and the events together list every member', async () => {
  const { request } = domain;
  const userIds = await Promise.all(
    Array.from({ length: 60 }, async (_, at) =>
      idOfResponse(await request('POST', '/Users', { userName: `m${at}@example.com` })),
    ),
  );
  const members = userIds.map((value) => ({ value }));
  const id = idOfResponse(await request('POST', '/Groups', { displayName: 'Many', members }));
  await request('PATCH', `/Groups/${id}`, {
    Operations: [{ op: 'replace', value: { displayName: 'Fewer', members: members.slice(0, 2) } }],
  });
  await request('DELETE', `/Groups/${id}`);

  const events = await eventsOf(id);
  const valuesIn = (action: string, attribute: string, side: 'before' | 'after') =>
    events
      .filter((event) => event.action === action)
      .flatMap(({ changes = [] }) => changes.filter((each) => each.attribute === attribute))
      .flatMap((each) => each[side] ?? []);
  const added = events.flatMap(({ changes = [] }) =>
    changes
      .filter(({ attribute }) => attribute === 'members')
      .flatMap(({ after }) => (after as string[] | undefined) ?? []),
  );
  expect(added.sort()).toEqual([...userIds].sort());
  expect(valuesIn('group.updated', 'members', 'before').sort()).toEqual(userIds.slice(2).sort());
  expect(valuesIn('group.updated', 'displayName', 'after')).toEqual(['Fewer']);
  expect(valuesIn('group.deleted', 'displayName', 'before')).toEqual(['Fewer']);
});

it('each operation of a bulk writes an event with the id of the bulk request', async () => {
  const Operations = ['b1', 'b2'].map((bulkId) => ({
    ...{ method: 'POST', path: '/Users', bulkId },
    data: { userName: `${bulkId}@example.com` },
  }));
  await domain.request('POST', '/Bulk', { Operations });
  const { body } = await admin('GET', `/domains/${domain.domainId}/audit-events?limit=2`);
  const events = body.items as unknown as Event[];
  expect(events.map(({ action }) => action)).toEqual(['user.created', 'user.created']);
  expect(new Set(events.map(({ requestId }) => requestId)).size).toBe(1);
});
