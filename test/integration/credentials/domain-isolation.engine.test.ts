import { ENTERPRISE_USER_SCHEMA, GROUP_SCHEMA } from '../../../shared/scim/urns';
import { uniqueName, patchBody, replaceBody, userBody } from '../../support/requests/bodies';
import { expectConsistent } from '../../support/consistency/consistency';
import { type DomainData, readDomain } from '../../support/consistency/domain-data';
import { provisionUser, type ProvisionedUser } from '../../support/requests/provision-user';
import { expectScimError } from '../../support/requests/scim-error';
import { waitForMail } from '../../support/system/mails';
import { type DomainClient, createDomainClient } from '../../support/system/system';

interface Tenant {
  readonly domain: DomainClient;
  readonly user: ProvisionedUser;
  readonly groupId: string;
  readonly groupPath: string;
}

const SHARED_NAME = uniqueName('shared');
const EXTERNAL_ID = 'the same in both';

let ownTenant: Tenant;
let otherTenant: Tenant;
beforeAll(async () => {
  [ownTenant, otherTenant] = await Promise.all([createTenant(), createTenant()]);
});

/** Creates a domain with one user in one group. Both tenants use the same names. */
async function createTenant(): Promise<Tenant> {
  const domain = await createDomainClient();
  const user = await provisionUser(domain, userBody(SHARED_NAME, { externalId: EXTERNAL_ID }));
  const group = await domain.request('POST', '/Groups', {
    schemas: [GROUP_SCHEMA],
    displayName: 'Team',
    externalId: EXTERNAL_ID,
    members: [{ value: user.id }],
  });
  expect(group.status).toBe(201);
  const { id: groupId } = group.body as { id: string };
  return { domain, user, groupId, groupPath: `/Groups/${groupId}` };
}

async function expectUnchanged({ domain }: Tenant, before: DomainData): Promise<void> {
  expect(await expectConsistent(domain.domainId)).toEqual(before);
}

const foundIds = async ({ domain }: Tenant, path: string): Promise<string[]> => {
  const response = await domain.request('GET', path);
  expect(response.status).toBe(200);
  const { totalResults, Resources } = response.body as { totalResults: number; Resources: { id: string }[] };
  expect(totalResults).toBe(Resources.length);
  return Resources.map(({ id }) => id);
};

describe('a client cannot read or change another domain', () => {
  let before: DomainData;
  beforeAll(async () => {
    before = await readDomain(otherTenant.domain.domainId);
  });
  afterAll(async () => {
    await expectUnchanged(otherTenant, before);
    await expectConsistent(ownTenant.domain.domainId);
  });

  it.each<[string, () => string, object | undefined]>([
    ['GET', () => otherTenant.user.path, undefined],
    ['GET', () => otherTenant.groupPath, undefined],
    ['PUT', () => otherTenant.user.path, userBody()],
    ['PUT', () => otherTenant.groupPath, { displayName: 'Ours now' }],
    ['PATCH', () => otherTenant.user.path, replaceBody('active', false)],
    ['PATCH', () => otherTenant.groupPath, replaceBody('displayName', 'Ours now')],
    ['PATCH', () => otherTenant.groupPath, patchBody({ op: 'remove', path: 'members' })],
    ['DELETE', () => otherTenant.user.path, undefined],
    ['DELETE', () => otherTenant.groupPath, undefined],
  ])('with %s and an id in the path (%#)', async (method, path, body) => {
    expectScimError(await ownTenant.domain.request(method, path(), body), 404);
    for (const version of ['*', otherTenant.user.etag]) {
      const headers = { 'if-match': version };
      expectScimError(await ownTenant.domain.request(method, path(), body, headers), 404);
    }
  });

  it.each<[string, (side: Tenant) => string]>([
    ['no filter', () => ''],
    ['a shared userName', () => `userName eq "${SHARED_NAME}"`],
    ['a shared externalId', () => `externalId eq "${EXTERNAL_ID}"`],
    ['a prefix of a userName', () => 'userName sw "shared"'],
    ['an email address', () => `emails[type eq "work"].value eq "${SHARED_NAME}"`],
    ['a filter that matches all resources', () => 'id pr'],
  ])('with a list of users with %s', async (_, filter) => {
    for (const tenant of [ownTenant, otherTenant]) {
      const query = filter(tenant) && `?filter=${encodeURIComponent(filter(tenant))}`;
      expect(await foundIds(tenant, `/Users${query}`)).toEqual([tenant.user.id]);
    }
  });

  it.each<[string, () => string]>([
    ['the id of a user', () => `/Users?filter=id eq "${otherTenant.user.id}"`],
    [
      'the id of a user or anything else',
      () => `/Users?filter=id eq "${otherTenant.user.id}" or title eq "x"`,
    ],
    ['the id of a group that users are in', () => `/Users?filter=groups.value eq "${otherTenant.groupId}"`],
    ['the id of a group', () => `/Groups?filter=id eq "${otherTenant.groupId}"`],
    ['the id of a member', () => `/Groups?filter=members.value eq "${otherTenant.user.id}"`],
    ['the id of a member by value path', () => `/Groups?filter=members[value eq "${otherTenant.user.id}"]`],
  ])('with a filter for %s', async (_, path) => {
    expect(await foundIds(ownTenant, path())).toEqual([]);
  });

  it('with a foreign member of a group, or a foreign group of a user', async () => {
    const { request } = ownTenant.domain;
    const foreign = [{ value: otherTenant.user.id }];
    const group = await request(
      'PATCH',
      ownTenant.groupPath,
      patchBody({ op: 'add', path: 'members', value: foreign }),
    );
    expect(group).toMatchObject({ status: 200, body: { members: [{ value: ownTenant.user.id }] } });
    const created = await request('POST', '/Groups', { displayName: uniqueName(), members: foreign });
    expect(created.status).toBe(201);
    expect((created.body as { members?: unknown[] }).members ?? []).toEqual([]);
    const user = await request(
      'PATCH',
      ownTenant.user.path,
      patchBody({ op: 'add', path: 'groups', value: [{ value: otherTenant.groupId }] }),
    );
    expect(user).toMatchObject({ status: 200, body: { groups: [{ value: ownTenant.groupId }] } });
    const joiner = await request(
      'POST',
      '/Users',
      userBody(uniqueName(), { groups: [{ value: otherTenant.groupId }] }),
    );
    expect(joiner.status).toBe(201);
    expect((joiner.body as { groups?: unknown[] }).groups ?? []).toEqual([]);
  });

  it('with a foreign manager, which is stored as text', async () => {
    const response = await ownTenant.domain.request(
      'PATCH',
      ownTenant.user.path,
      replaceBody(`${ENTERPRISE_USER_SCHEMA}:manager`, otherTenant.user.id),
    );
    expect(response).toMatchObject({
      status: 200,
      body: { [ENTERPRISE_USER_SCHEMA]: { manager: { value: otherTenant.user.id } } },
    });
    expect(JSON.stringify(response.body)).not.toContain(otherTenant.domain.domainId);
  });

  it('with an id that looks like the key of an item', async () => {
    for (const id of [
      `${otherTenant.domain.domainId}%23USER`,
      `..%2FUsers%2F${otherTenant.user.id}`,
      '%23',
      'CLAIM',
      'DOMAIN',
    ]) {
      expectScimError(await ownTenant.domain.request('GET', `/Users/${id}`), 404);
    }
  });
});

it('two domains can use the same name for two users with separate licenses and emails', async () => {
  expect(ownTenant.user.id).not.toBe(otherTenant.user.id);
  expect(await waitForMail(SHARED_NAME, 2)).toHaveLength(2);
  const before = await readDomain(otherTenant.domain.domainId);
  expect((await ownTenant.domain.request('DELETE', ownTenant.user.path)).status).toBe(204);
  expect((await waitForMail(SHARED_NAME, 3)).at(-1)?.subject).toContain('deactivated');
  await expectUnchanged(otherTenant, before);
  expect((await otherTenant.domain.request('GET', otherTenant.user.path)).status).toBe(200);
});
