import { newId } from '../../../shared/id';
import { openMappingAdmin } from '../../../shared/service/mappings/mapping-admin';
import type { MappingInput } from '../../../shared/service/mappings/mapping-input';
import { LicenseStore } from '../../../shared/store/licenses/license-store';
import { administratorPartition } from '../../../shared/store/table/administrator-keys';
import { systemTable } from '../../support/consistency/domain-data';
import { eventually } from '../../support/jest/timeouts';
import { queryItems } from '../../support/store/records';
import { adminClient, idTokenFor } from '../../support/system/admin-client';
import { listMailsTo } from '../../support/system/mails';
import {
  createDomainClient,
  deployment,
  type DomainClient,
  domainAdmin,
  fireRule,
  OPERATOR,
  session,
  useSdkEnvironment,
} from '../../support/system/system';

const operator = adminClient();
const APP_ROLE = JSON.stringify({
  id: '06b07648-ecfe-589f-9d2f-6325724a46ee',
  value: 'Admin',
  displayName: 'Role1',
});
const TYPE = 'WindowsAzureActiveDirectoryRole';

/** The attributes of a POST or PUT, or the operations of a PATCH, that give a user the role. */
const FORMS: readonly [form: string, method: 'POST' | 'PUT' | 'PATCH' | 'BULK', roles: unknown][] = [
  ['a string of Okta', 'POST', { roles: 'Admin' }],
  ['a string under its own name of Okta', 'POST', { roles: { roles: 'Admin' } }],
  ['SingleAppRoleAssignment', 'POST', { roles: [{ primary: true, type: TYPE, value: 'Admin' }] }],
  [
    'AppRoleAssignmentsComplex',
    'POST',
    {
      roles: [
        { primary: false, type: TYPE, display: 'User', value: 'User' },
        { primary: 'False', type: TYPE, display: 'Admin', value: 'Admin' },
      ],
    },
  ],
  ['JSON text', 'POST', { roles: [{ value: APP_ROLE }] }],
  ['a value that names its display otherwise', 'POST', { roles: [{ value: '25', displayName: 'Admin' }] }],
  ['a string of Okta', 'PUT', { roles: 'Admin' }],
  ['a list of strings', 'PUT', { roles: ['User', 'admin'] }],
  ['a string of Okta', 'BULK', { roles: 'Admin' }],
  [
    'roles[primary eq "True"].value',
    'PATCH',
    [{ op: 'Add', path: 'roles[primary eq "True"].value', value: 'Admin' }],
  ],
  ['SingleAppRoleAssignment', 'PATCH', [{ op: 'Add', path: 'roles', value: [{ value: APP_ROLE }] }]],
  [
    'AssertiveAppRoleAssignmentsComplex',
    'PATCH',
    [{ op: 'Replace', path: 'roles', value: [{ value: '{"value":"User"}' }, { value: APP_ROLE }] }],
  ],
  ['a string without a path', 'PATCH', [{ op: 'replace', value: { roles: 'Admin' } }]],
  [
    'a string under its own name without a path',
    'PATCH',
    [{ op: 'replace', value: { roles: { roles: 'Admin' } } }],
  ],
  [
    'the URN of the attribute',
    'PATCH',
    [{ op: 'add', value: { 'urn:ietf:params:scim:schemas:core:2.0:User:roles': [{ value: 'Admin' }] } }],
  ],
];

const MAPPINGS: readonly MappingInput[] = [
  { from: { kind: 'role', value: 'Admin' }, to: { kind: 'administrator', role: 'owner', license: false } },
  {
    from: { kind: 'group', by: 'displayName', value: 'Auditors' },
    to: { kind: 'administrator', role: 'viewer', license: true },
  },
];

let domain: DomainClient;
let url: string;
beforeAll(async () => {
  domain = await mappedDomain();
  url = await confirmationOf(domain);
  expect((await operator('POST', url)).status).toBe(200);
});

async function mappedDomain(): Promise<DomainClient> {
  const created = await createDomainClient({ name: 'Mapped' });
  useSdkEnvironment();
  const admin = openMappingAdmin(await deployment());
  await admin.replace(created.domainId, { mappings: MAPPINGS, version: 0 }, OPERATOR);
  return created;
}

async function confirmationOf({ domainId }: DomainClient): Promise<string> {
  const path = `/domains/${domainId}/connections`;
  const { items } = (await operator('GET', path)).body;
  return `${path}/${items[0]?.connectionId}/administrators-from-roles`;
}

interface CatalogResource {
  readonly id: string;
  readonly displayName: string;
  readonly type: string;
  readonly schema: string;
  readonly endpoint: string;
}

/** The members of SCIM bodies that the tests read. */
interface ScimBody {
  readonly id: string;
  readonly nextCursor?: string;
  readonly Operations: readonly { readonly location?: string }[];
  readonly Resources: readonly CatalogResource[];
}

async function send(...[method, path, body]: [string, string, unknown?]) {
  return sendAs(domain, method, path, body);
}

async function sendAs(client: DomainClient, method: string, path: string, body?: unknown) {
  const response = await client.request(method, path, body);
  return { status: response.status, body: response.body as ScimBody };
}

interface Person {
  readonly id: string;
  readonly email: string;
}

const bodyOf = (email: string) => ({ userName: email, emails: [{ value: email, primary: true }] });

async function provision(method: string, roles: unknown, of = domain): Promise<Person> {
  const email = `mapped-${newId()}@example.com`;
  const body = bodyOf(email);
  if (method === 'POST') {
    const { status, body: created } = await sendAs(of, 'POST', '/Users', {
      ...body,
      ...(roles as object),
    });
    expect(status).toBe(201);
    return { id: created.id, email };
  }
  if (method === 'BULK') {
    const operation = {
      method: 'POST',
      path: '/Users',
      bulkId: '1',
      data: { ...body, ...(roles as object) },
    };
    const { body: result } = await sendAs(of, 'POST', '/Bulk', { Operations: [operation] });
    return { id: result.Operations[0]?.location?.split('/').at(-1) ?? '', email };
  }
  const { body: created } = await sendAs(of, 'POST', '/Users', { ...body, active: false });
  const { id } = created;
  const change =
    method === 'PUT'
      ? { ...body, ...(roles as object), active: true }
      : { Operations: [...(roles as object[]), { op: 'replace', path: 'active', value: 'True' }] };
  expect((await sendAs(of, method, `/Users/${id}`, change)).status).toBe(200);
  return { id, email };
}

const mapped = async (of = domain) =>
  (await operator('GET', `/domains/${of.domainId}/mapped-administrators`)).body.items;
const isMapped = async ({ id }: Person, of = domain) =>
  (await mapped(of)).some(({ userId }) => userId === id);
const becomes = (person: Person, isAdministrator: boolean, of = domain) =>
  eventually(
    `${person.email} ${isAdministrator ? 'becomes' : 'stops being'} an administrator`,
    async () => (await isMapped(person, of)) === isAdministrator,
  );
const signIn = async (id: string, { email }: Person) =>
  adminClient(await idTokenFor({ id, claims: { email, email_verified: true } }));

async function accountOf({ email }: Person): Promise<string | undefined> {
  const response = await fetch(`${session().controlUrl}/accounts`);
  const { items } = (await response.json()) as { items: Person[] };
  return items.find((account) => account.email === email)?.id;
}

it('every form of a role makes an administrator without a seat or a key, who is invited and signs in', async () => {
  const people = await Promise.all(
    FORMS.map(async ([form, method, roles]) => ({
      form: `${method} ${form}`,
      ...(await provision(method, roles)),
    })),
  );
  for (const person of people) await becomes(person, true);
  const licenses = new LicenseStore(await systemTable());
  for (const { id, form } of people) {
    const license = await licenses.read(domain.domainId, id);
    expect({ form, status: license?.status }).toEqual({ form, status: 'inactive' });
  }
  expect((await (await domainAdmin()).getCounts(domain.domainId)).activeLicenses).toBe(0);
  await fireRule('Tasks');
  for (const { form, email } of people) {
    // A run of the schedule may invite some of them at the same time.
    await eventually(`${form} is invited`, async () => (await listMailsTo(email)).length > 0);
    const mails = await listMailsTo(email);
    expect({ form, mails: mails.length, text: mails[0]?.body.text }).toEqual({
      ...{ form, mails: 1 },
      text: expect.stringContaining(`${session().portalUrl}/`) as string,
    });
  }
  const first = people[0] as Person;
  const account = (await accountOf(first)) ?? '';
  const owner = await signIn(account, first);
  expect((await owner('GET', '/me')).body).toMatchObject({
    operator: false,
    domains: [{ domainId: domain.domainId, role: 'owner' }],
  });
  expect((await owner('GET', `/domains/${domain.domainId}/administrators`)).body.items).toEqual([]);
  // A portal user who takes over the address also takes over the role.
  const other = await signIn(newId(), first);
  expect((await other('GET', '/me')).body.domains).toHaveLength(1);
  expect((await owner('GET', `/domains/${domain.domainId}`)).status).toBe(403);
  await send('DELETE', `/Users/${first.id}`);
  await becomes(first, false);
  expect((await other('GET', `/domains/${domain.domainId}`)).status).toBe(403);
  await fireRule('Tasks');
});

it('a group makes an administrator with a license, and a lost membership or a deactivation ends the role', async () => {
  const [ann, ben] = await Promise.all([provision('POST', {}), provision('POST', {})]);
  const members = [ann, ben].map(({ id }) => ({ value: id }));
  const { body: group } = await send('POST', '/Groups', { displayName: 'Auditors', members });
  await becomes(ann, true);
  await becomes(ben, true);
  const license = await new LicenseStore(await systemTable()).read(domain.domainId, ann.id);
  expect(license?.status).toBe('active');
  await send('PATCH', `/Groups/${group.id}`, {
    Operations: [{ op: 'remove', path: `members[value eq "${ann.id}"]` }],
  });
  await send('PATCH', `/Users/${ben.id}`, {
    Operations: [{ op: 'replace', value: { active: false } }],
  });
  await becomes(ann, false);
  await becomes(ben, false);
});

it('an owner can send the invitation again until the administrator has signed in', async () => {
  const dan = await provision('POST', { roles: 'Admin' });
  await becomes(dan, true);
  const path = `/domains/${domain.domainId}/mapped-administrators/${dan.id}/resend-invitation`;
  // The schedule may have sent it within the last minute.
  expect([200, 429]).toContain((await operator('POST', path)).status);
  const sent = (await mapped(domain)).find(({ userId }) => userId === dan.id);
  expect(sent).toMatchObject({ invitedAt: expect.any(String) as string });
  const client = await signIn(newId(), dan);
  expect((await client('GET', '/me')).status).toBe(200);
  expect((await operator('POST', path)).status).toBe(409);
});

it('nobody becomes an administrator through a connection before an owner confirms it, nor after it is withdrawn', async () => {
  const other = await mappedDomain();
  const confirmation = await confirmationOf(other);
  const [cleo, witness] = [
    await provision('POST', { roles: 'Admin' }, other),
    await provision('POST', {}, other),
  ];
  // Changes of one domain are evaluated in order.
  const licenses = new LicenseStore(await systemTable());
  await eventually(
    'the evaluation',
    async () => (await licenses.read(other.domainId, witness.id))?.status === 'active',
  );
  expect(await mapped(other)).toEqual([]);
  expect((await operator('POST', confirmation)).status).toBe(200);
  await becomes(cleo, true, other);
  const id = newId();
  const client = await signIn(id, cleo);
  expect((await client('GET', '/me')).body.domains).toMatchObject([
    { domainId: other.domainId, role: 'owner' },
  ]);
  expect((await operator('DELETE', confirmation)).status).toBe(204);
  expect(await mapped(other)).toEqual([]);
  expect((await client('GET', '/me')).status).toBe(403);
  // A deleted domain leaves no role behind.
  await operator('POST', confirmation);
  await becomes(cleo, true, other);
  expect((await client('GET', '/me')).status).toBe(200);
  expect((await operator('DELETE', `/domains/${other.domainId}?name=Mapped`)).status).toBe(202);
  await eventually('the sweep of the role', async () => {
    const items = await queryItems(await systemTable(), administratorPartition(id));
    return items.every(({ sk }) => sk === 'PROFILE');
  });
});

describe('entitlement management of Okta', () => {
  it('discovers what it can assign, page by page, and assigns a license', async () => {
    const { body: types } = await send('GET', '/ResourceTypes');
    const okta = types.Resources.filter(({ schema }) => schema.startsWith('urn:okta:scim:schemas:core:1.0:'));
    expect(okta.map(({ endpoint }) => endpoint)).toEqual(['/Roles', '/Entitlements', '/Licenses']);
    for (const { endpoint, schema } of okta) {
      const { status, body } = await send('GET', `${endpoint}?count=1&startIndex=1`);
      expect({ endpoint, status }).toEqual({ endpoint, status: 200 });
      expect(body).toMatchObject({
        itemsPerPage: 1,
        startIndex: 1,
        totalResults: expect.any(Number) as number,
      });
      const id = body.Resources[0]?.id ?? '';
      expect(body.Resources).toMatchObject([{ schemas: [schema], displayName: id }]);
      const one = await send('GET', `${endpoint}/${encodeURIComponent(id)}`);
      expect(one.body).toMatchObject({ id });
      expect((await send('GET', `/Schemas/${schema}`)).status).toBe(200);
    }
    const filter = encodeURIComponent('displayName eq "full user"');
    const { body: found } = await send('GET', `/Licenses?filter=${filter}`);
    const [{ id: value, displayName: display, type }] = found.Resources as [CatalogResource];
    const dora = await provision('POST', { entitlements: [{ value, display, type }] });
    expect(await new LicenseStore(await systemTable()).read(domain.domainId, dora.id)).toMatchObject({
      userType: 'Full User',
    });
  });

  it.each([
    ['GET', '/Licenses/unknown', 404],
    ['GET', '/Licenses?filter=displayName', 400],
    ['GET', '/Licenses?cursor=x', 400],
    ['POST', '/Licenses', 405],
    ['DELETE', '/Roles/Admin', 405],
  ])('%s %s is %i', async (method, path, status) => {
    expect((await send(method, path, method === 'POST' ? {} : undefined)).status).toBe(status);
  });

  it('pages by cursor, sorts, and searches', async () => {
    const { body: first } = await send('GET', '/Entitlements?cursor=&count=2&sortBy=displayName');
    const next = first.nextCursor ?? '';
    const { body: last } = await send('GET', `/Entitlements?cursor=${next}&count=2&sortBy=displayName`);
    const names = [first, last].flatMap(({ Resources }) => Resources.map(({ displayName }) => displayName));
    expect(names).toEqual(['Basic User', 'Core User', 'Full User']);
    expect(last).not.toHaveProperty('nextCursor');
    const { body } = await send('POST', '/Roles/.search', {
      filter: 'displayName eq "admin"',
      attributes: ['id'],
    });
    expect(body.Resources).toEqual([{ schemas: expect.any(Array) as string[], id: 'Admin' }]);
  });
});
