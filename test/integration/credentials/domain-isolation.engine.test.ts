import { ENTERPRISE_USER_SCHEMA, GROUP_SCHEMA } from '../../../shared/scim/urns';
import { freshName, patchBody, replacing, userBody } from '../../support/requests/bodies';
import { expectConsistent } from '../../support/consistency/consistency';
import { type DomainData, readDomain } from '../../support/consistency/domain-data';
import { provision, type Provisioned } from '../../support/requests/provision-user';
import { expectScimError } from '../../support/requests/scim-error';
import { type DomainClient, newDomain, waitForMail } from '../../support/system/system';

interface Side {
  readonly domain: DomainClient;
  readonly user: Provisioned;
  readonly groupId: string;
  readonly groupPath: string;
}

const SHARED_NAME = freshName('shared');
const EXTERNAL_ID = 'the same in both';

let ours: Side;
let theirs: Side;
beforeAll(async () => {
  [ours, theirs] = await Promise.all([side(), side()]);
});

/** A domain with one user in one group, all named as on the other side. */
async function side(): Promise<Side> {
  const domain = await newDomain();
  const user = await provision(domain, userBody(SHARED_NAME, { externalId: EXTERNAL_ID }));
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

async function expectUntouched({ domain }: Side, before: DomainData): Promise<void> {
  expect(await expectConsistent(domain.domainId)).toEqual(before);
}

const foundIds = async ({ domain }: Side, path: string): Promise<string[]> => {
  const answer = await domain.request('GET', path);
  expect(answer.status).toBe(200);
  const { totalResults, Resources } = answer.body as { totalResults: number; Resources: { id: string }[] };
  expect(totalResults).toBe(Resources.length);
  return Resources.map(({ id }) => id);
};

describe('one domain cannot reach into another', () => {
  let before: DomainData;
  beforeAll(async () => {
    before = await readDomain(theirs.domain.domainId);
  });
  afterAll(async () => {
    await expectUntouched(theirs, before);
    await expectConsistent(ours.domain.domainId);
  });

  it.each<[string, () => string, object | undefined]>([
    ['GET', () => theirs.user.path, undefined],
    ['GET', () => theirs.groupPath, undefined],
    ['PUT', () => theirs.user.path, userBody()],
    ['PUT', () => theirs.groupPath, { displayName: 'Ours now' }],
    ['PATCH', () => theirs.user.path, replacing('active', false)],
    ['PATCH', () => theirs.groupPath, replacing('displayName', 'Ours now')],
    ['PATCH', () => theirs.groupPath, patchBody({ op: 'remove', path: 'members' })],
    ['DELETE', () => theirs.user.path, undefined],
    ['DELETE', () => theirs.groupPath, undefined],
  ])('by %s with an id in the path (%#)', async (method, path, body) => {
    expectScimError(await ours.domain.request(method, path(), body), 404);
    for (const version of ['*', theirs.user.etag]) {
      const headers = { 'if-match': version };
      expectScimError(await ours.domain.request(method, path(), body, headers), 404);
    }
  });

  it.each<[string, (side: Side) => string]>([
    ['no filter', () => ''],
    ['a shared userName', () => `userName eq "${SHARED_NAME}"`],
    ['a shared externalId', () => `externalId eq "${EXTERNAL_ID}"`],
    ['the beginning of a userName', () => 'userName sw "shared"'],
    ['a mail address', () => `emails[type eq "work"].value eq "${SHARED_NAME}"`],
    ['whatever is present', () => 'id pr'],
  ])('by a list of users with %s', async (_, filter) => {
    for (const here of [ours, theirs]) {
      const query = filter(here) && `?filter=${encodeURIComponent(filter(here))}`;
      expect(await foundIds(here, `/Users${query}`)).toEqual([here.user.id]);
    }
  });

  it.each<[string, () => string]>([
    ['the id of a user', () => `/Users?filter=id eq "${theirs.user.id}"`],
    ['the id of a user or anything else', () => `/Users?filter=id eq "${theirs.user.id}" or title eq "x"`],
    ['the id of a group that users are in', () => `/Users?filter=groups.value eq "${theirs.groupId}"`],
    ['the id of a group', () => `/Groups?filter=id eq "${theirs.groupId}"`],
    ['the id of a member', () => `/Groups?filter=members.value eq "${theirs.user.id}"`],
    ['the id of a member by value path', () => `/Groups?filter=members[value eq "${theirs.user.id}"]`],
  ])('by a filter for %s', async (_, path) => {
    expect(await foundIds(ours, path())).toEqual([]);
  });

  it('by a member of a group, or a group of a user', async () => {
    const { request } = ours.domain;
    const foreign = [{ value: theirs.user.id }];
    const group = await request(
      'PATCH',
      ours.groupPath,
      patchBody({ op: 'add', path: 'members', value: foreign }),
    );
    expect(group).toMatchObject({ status: 200, body: { members: [{ value: ours.user.id }] } });
    const created = await request('POST', '/Groups', { displayName: freshName(), members: foreign });
    expect(created.status).toBe(201);
    expect((created.body as { members?: unknown[] }).members ?? []).toEqual([]);
    const user = await request(
      'PATCH',
      ours.user.path,
      patchBody({ op: 'add', path: 'groups', value: [{ value: theirs.groupId }] }),
    );
    expect(user).toMatchObject({ status: 200, body: { groups: [{ value: ours.groupId }] } });
    const joiner = await request(
      'POST',
      '/Users',
      userBody(freshName(), { groups: [{ value: theirs.groupId }] }),
    );
    expect(joiner.status).toBe(201);
    expect((joiner.body as { groups?: unknown[] }).groups ?? []).toEqual([]);
  });

  it('by a manager, who is but a text', async () => {
    const answer = await ours.domain.request(
      'PATCH',
      ours.user.path,
      replacing(`${ENTERPRISE_USER_SCHEMA}:manager`, theirs.user.id),
    );
    expect(answer).toMatchObject({
      status: 200,
      body: { [ENTERPRISE_USER_SCHEMA]: { manager: { value: theirs.user.id } } },
    });
    expect(JSON.stringify(answer.body)).not.toContain(theirs.domain.domainId);
  });

  it('by an id that is made to look like the key of an item', async () => {
    for (const id of [
      `${theirs.domain.domainId}%23USER`,
      `..%2FUsers%2F${theirs.user.id}`,
      '%23',
      'CLAIM',
      'DOMAIN',
    ]) {
      expectScimError(await ours.domain.request('GET', `/Users/${id}`), 404);
    }
  });
});

it('a name that two domains share is two users, two licenses and two mails', async () => {
  expect(ours.user.id).not.toBe(theirs.user.id);
  expect(await waitForMail(SHARED_NAME, 2)).toHaveLength(2);
  const before = await readDomain(theirs.domain.domainId);
  expect((await ours.domain.request('DELETE', ours.user.path)).status).toBe(204);
  expect((await waitForMail(SHARED_NAME, 3)).at(-1)?.subject).toContain('deactivated');
  await expectUntouched(theirs, before);
  expect((await theirs.domain.request('GET', theirs.user.path)).status).toBe(200);
});
