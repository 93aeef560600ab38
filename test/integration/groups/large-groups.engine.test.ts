import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { newId } from '../../../shared/id';
import { membershipKey, resourceKey } from '../../../shared/store/table/keys';
import { systemTable } from '../../support/consistency/domain-data';
import { uniqueName } from '../../support/requests/bodies';
import { putItems } from '../../support/seed/seed-items';
import { rawRequest } from '../../support/system/raw-request';
import { expectScimError } from '../../support/requests/scim-error';
import {
  type ClientResponse,
  type DomainClient,
  createDomainClient,
  takeCapacity,
} from '../../support/system/system';
import { documentClient } from '../../support/store/document-client';

/**
 * Two pages, and more than 6 MB uncompressed, because JSON in JSON needs four bytes for a quote. gzip makes
 * it small.
 */
const SIZE = 1_000;
const displayOf = (at: number): string => `Jürgen ${at} `.padEnd(1_700, '"');

interface GroupSeed {
  /** Number of memberships. Their users do not exist, but the service shows them nevertheless. */
  readonly members: number;
  readonly display?: (at: number) => string;
  /** @default `members` */
  readonly memberCount?: number;
}

/** Creates a group at version 1, and writes its members to the table without the service. Returns its id. */
async function seedGroup(seed: GroupSeed): Promise<string> {
  const { members, display, memberCount = members } = seed;
  const created = await domain.request('POST', '/Groups', { displayName: uniqueName() });
  const { id } = created.body as { id: string };
  const table = await systemTable();
  const items = Array.from({ length: members }, (_, at) => ({
    ...membershipKey(domain.domainId, id, newId()),
    ...(display && { display: display(at) }),
  }));
  await putItems(table, items);
  await documentClient(table).send(
    new UpdateCommand({
      TableName: table.name,
      Key: resourceKey(domain.domainId, 'GROUP', id),
      UpdateExpression: 'SET memberCount = :members',
      ExpressionAttributeValues: { ':members': memberCount },
    }),
  );
  return id;
}

interface ShownMember {
  readonly value: string;
  readonly $ref: string;
  readonly display?: string;
}

let domain: DomainClient;
let large: string;
let largestGroup: string;
let small: string;

beforeAll(async () => {
  domain = await createDomainClient();
  small = await seedGroup({ members: 3 });
  largestGroup = await seedGroup({ members: 1, memberCount: 1_000_000 });
  large = await seedGroup({ members: SIZE, display: displayOf });
});

const get = (path: string, headers?: Record<string, string>) =>
  domain.request('GET', path, undefined, headers);
const getUncompressed = (path: string) => rawRequest(domain, 'GET', path);
const members = ({ body }: ClientResponse): ShownMember[] => (body as { members: ShownMember[] }).members;

async function membershipsRead(): Promise<number> {
  const records = await takeCapacity(domain.domainId);
  return records.filter(({ partitionKeys }) => partitionKeys.some((pk) => pk.includes('#GROUP#'))).length;
}

/** Fails unless the error contains the number of members and both alternatives. */
function expectRefused(response: ClientResponse, id: string, size: number): void {
  expectScimError(response, 400, 'tooMany');
  const { detail } = response.body as { detail: string };
  for (const part of [
    id,
    `${size} members`,
    'excludedAttributes=members',
    `GET /Users?filter=groups.value eq "${id}"`,
  ])
    expect(detail).toContain(part);
}
const detailOf = ({ body }: ClientResponse): string => (body as { detail: string }).detail;

describe('GET of a group that is too large for an uncompressed response', () => {
  it.each([
    ['gzip', '*/*'],
    ['deflate, gzip;q=0.5', 'application/scim+json'],
    ['*', 'text/html, application/json;q=0.9'],
    ['gzip', ''],
  ])(
    'returns the complete group with gzip to a client with Accept-Encoding %j and Accept %j',
    async (coding, accept) => {
      const response = await get(`/Groups/${large}`, { 'accept-encoding': coding, accept });
      expect(response.status).toBe(200);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': 'application/scim+json',
        'content-encoding': 'gzip',
        vary: 'accept-encoding',
        etag: 'W/"1"',
        location: expect.stringMatching(new RegExp(`/Groups/${large}$`)) as string,
      });
      const shown = members(response);
      const ids = shown.map(({ value }) => value);
      expect(new Set(ids).size).toBe(SIZE);
      expect(ids).toEqual([...ids].sort());
      expect(new Set(shown.map(({ display }) => display))).toEqual(
        new Set(Array.from({ length: SIZE }, (_, at) => displayOf(at))),
      );
    },
  );

  it.each([{}, { 'Accept-Encoding': 'identity' }, { 'Accept-Encoding': 'deflate, gzip;q=0' }])(
    'is refused with %j, and the error recommends gzip',
    async (headers) => {
      const response = await rawRequest(domain, 'GET', `/Groups/${large}`, headers as Record<string, string>);
      expectRefused(response, large, SIZE);
      expect(detailOf(response)).toContain('Send Accept-Encoding: gzip, or send the request with');
    },
  );

  it('reads no memberships if members are excluded or the client has the version', async () => {
    await takeCapacity(domain.domainId);
    const without = await getUncompressed(`/Groups/${large}?excludedAttributes=members`);
    expect(without).toMatchObject({ status: 200, body: { id: large } });
    expect(without.body).not.toHaveProperty('members');
    const notModified = await get(`/Groups/${large}`, { 'if-none-match': 'W/"1"' });
    expect(notModified).toMatchObject({ status: 304, body: undefined });
    expect(await membershipsRead()).toBe(0);
  });

  it('returns only the requested sub-attributes of members, which may fit', async () => {
    const ids = await getUncompressed(`/Groups/${large}?attributes=members.value`);
    expect(Object.keys(ids.body as object)).toEqual(['schemas', 'id', 'members']);
    expect(members(ids)).toHaveLength(SIZE);
    expect(Object.keys(members(ids)[0]!)).toEqual(['value']);
    const withoutDisplay = await getUncompressed(`/Groups/${large}?excludedAttributes=members.display`);
    expect(new Set(members(withoutDisplay).map((member) => Object.keys(member).join()))).toEqual(
      new Set(['value,$ref,type']),
    );
  });
});

describe('GET of a group that is too large for any response', () => {
  it.each(['gzip', 'identity'])('is refused with %s before a member is read', async (coding) => {
    await takeCapacity(domain.domainId);
    const response = await get(`/Groups/${largestGroup}`, { 'accept-encoding': coding });
    expectRefused(response, largestGroup, 1_000_000);
    expect(detailOf(response)).not.toContain('Accept-Encoding');
    expect(await membershipsRead()).toBe(0);
  });
});

it('GET of a small group returns a JSON object with the members last', async () => {
  const response = await get(`/Groups/${small}`);
  expect(response.headers.get('content-encoding')).toBeNull();
  const { body } = response as { body: object };
  expect(Object.keys(body)).toEqual(['schemas', 'id', 'meta', 'displayName', 'members']);
  expect(members(response)).toHaveLength(3);
  const [{ value, ...member }] = members(response) as [ShownMember];
  expect(member).toEqual({ $ref: expect.stringMatching(`/scim/v2/Users/${value}$`) as string, type: 'User' });
});

describe('PUT of a large group', () => {
  it('returns no body if the group is too large for the response', async () => {
    const whole = await get(`/Groups/${large}`);
    const { displayName } = whole.body as { displayName: string };
    const body = { displayName, members: members(whole).map(({ value }) => ({ value })) };
    const response = await domain.request('PUT', `/Groups/${large}`, body, { 'accept-encoding': 'identity' });
    expect(response).toMatchObject({ status: 204, body: undefined });
    expect(response.headers.get('etag')).toBe('W/"1"');
    const packed = await domain.request('PUT', `/Groups/${large}`, body);
    expect(packed).toMatchObject({ status: 200, body: { id: large } });
  });
});

describe('PATCH of a group with many members', () => {
  const rename = (id: string, query: string) =>
    domain.request('PATCH', `/Groups/${id}${query}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'add', path: 'externalId', value: 'renamed' }],
    });

  it('returns the members only if the request names them', async () => {
    const id = await seedGroup({ members: 30 });
    expect(await rename(id, '')).toMatchObject({ status: 204, body: undefined });
    expect(await rename(id, '?attributes=displayName')).toMatchObject({ status: 200, body: { id } });
    const response = await rename(id, '?attributes=members.value');
    expect(response.status).toBe(200);
    expect(members(response)).toHaveLength(30);
    await domain.request('DELETE', `/Groups/${id}`);
  });

  it('returns no body if the group is too large for a list', async () => {
    expect(await rename(largestGroup, '?attributes=members')).toMatchObject({ status: 204, body: undefined });
  });
});

describe('a list of groups', () => {
  const list = (query: string) => get(`/Groups?${query}`);

  it('ends a page before a group that is too large, and refuses a page that starts with it', async () => {
    const page = await list('count=10');
    expect(page.body).toMatchObject({ totalResults: 3, itemsPerPage: 1, Resources: [{ id: small }] });
    expectRefused(await list('startIndex=2&count=10'), largestGroup, 1_000_000);
  });

  it('contains all groups without members', async () => {
    const response = await list('excludedAttributes=members');
    expect((response.body as { Resources: { id: string }[] }).Resources.map(({ id }) => id)).toEqual([
      small,
      largestGroup,
      large,
    ]);
  });

  it('returns 400, not 502, if the response is too large', async () => {
    const response = await getUncompressed('/Groups?startIndex=3&count=1');
    expectScimError(response, 400, 'tooMany');
    expect(detailOf(response)).toContain('excludedAttributes=members');
    expect((await list('startIndex=3&count=1')).status).toBe(200);
  });
});
