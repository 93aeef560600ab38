import { rawRequest } from '../../support/system/raw-request';
import { expectScimError } from '../../support/requests/scim-error';
import { seedGroup } from './seed-group';
import {
  type ClientResponse,
  type DomainClient,
  createDomainClient,
  takeCapacity,
} from '../../support/system/system';

/** Two pages, and more than 6 MB as they are, since each quote takes four bytes of an answer; gzip leaves little of them. */
const SIZE = 1_000;
const displayOf = (at: number): string => `Jürgen ${at} `.padEnd(1_700, '"');

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
  small = await seedGroup(domain, { members: 3 });
  largestGroup = await seedGroup(domain, { members: 1, memberCount: 1_000_000 });
  large = await seedGroup(domain, { members: SIZE, display: displayOf });
});

const get = (path: string, headers?: Record<string, string>) =>
  domain.request('GET', path, undefined, headers);
const getUncompressed = (path: string) => rawRequest(domain, 'GET', path);
const members = ({ body }: ClientResponse): ShownMember[] => (body as { members: ShownMember[] }).members;

async function membershipsRead(): Promise<number> {
  const records = await takeCapacity(domain.domainId);
  return records.filter(({ partitionKeys }) => partitionKeys.some((pk) => pk.includes('#GROUP#'))).length;
}

/** The error says how many there are, and both ways to go on. */
function expectRefused(answer: ClientResponse, id: string, size: number): void {
  expectScimError(answer, 400, 'tooMany');
  const { detail } = answer.body as { detail: string };
  for (const part of [
    id,
    `${size} members`,
    'excludedAttributes=members',
    `GET /Users?filter=groups.value eq "${id}"`,
  ])
    expect(detail).toContain(part);
}
const detailOf = ({ body }: ClientResponse): string => (body as { detail: string }).detail;

describe('GET of a group that is too large for an answer as it is', () => {
  it.each([
    ['gzip', '*/*'],
    ['deflate, gzip;q=0.5', 'application/scim+json'],
    ['*', 'text/html, application/json;q=0.9'],
    ['gzip', ''],
  ])('is whole and packed for a client that takes %j and accepts %j', async (coding, accept) => {
    const answer = await get(`/Groups/${large}`, { 'accept-encoding': coding, accept });
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/scim+json',
      'content-encoding': 'gzip',
      vary: 'accept-encoding',
      etag: 'W/"1"',
      location: expect.stringMatching(new RegExp(`/Groups/${large}$`)) as string,
    });
    const shown = members(answer);
    const ids = shown.map(({ value }) => value);
    expect(new Set(ids).size).toBe(SIZE);
    expect(ids).toEqual([...ids].sort());
    expect(new Set(shown.map(({ display }) => display))).toEqual(
      new Set(Array.from({ length: SIZE }, (_, at) => displayOf(at))),
    );
  });

  it.each([{}, { 'Accept-Encoding': 'identity' }, { 'Accept-Encoding': 'deflate, gzip;q=0' }])(
    'is refused with %j, and told that gzip would help',
    async (headers) => {
      const answer = await rawRequest(domain, 'GET', `/Groups/${large}`, headers as Record<string, string>);
      expectRefused(answer, large, SIZE);
      expect(detailOf(answer)).toContain('Send Accept-Encoding: gzip, or send the request with');
    },
  );

  it('reads no membership where none is shown, or the client has the version', async () => {
    await takeCapacity(domain.domainId);
    const without = await getUncompressed(`/Groups/${large}?excludedAttributes=members`);
    expect(without).toMatchObject({ status: 200, body: { id: large } });
    expect(without.body).not.toHaveProperty('members');
    const known = await get(`/Groups/${large}`, { 'if-none-match': 'W/"1"' });
    expect(known).toMatchObject({ status: 304, body: undefined });
    expect(await membershipsRead()).toBe(0);
  });

  it('shows of each member what is asked for, which then may fit', async () => {
    const ids = await getUncompressed(`/Groups/${large}?attributes=members.value`);
    expect(Object.keys(ids.body as object)).toEqual(['schemas', 'id', 'members']);
    expect(members(ids)).toHaveLength(SIZE);
    expect(Object.keys(members(ids)[0]!)).toEqual(['value']);
    const nameless = await getUncompressed(`/Groups/${large}?excludedAttributes=members.display`);
    expect(new Set(members(nameless).map((member) => Object.keys(member).join()))).toEqual(
      new Set(['value,$ref,type']),
    );
  });
});

describe('GET of a group that cannot fit', () => {
  it.each(['gzip', 'identity'])('is refused before a member is read where %s cannot help', async (coding) => {
    await takeCapacity(domain.domainId);
    const answer = await get(`/Groups/${largestGroup}`, { 'accept-encoding': coding });
    expectRefused(answer, largestGroup, 1_000_000);
    expect(detailOf(answer)).not.toContain('Accept-Encoding');
    expect(await membershipsRead()).toBe(0);
  });
});

it('GET of a small group is its one JSON object, the members last', async () => {
  const answer = await get(`/Groups/${small}`);
  expect(answer.headers.get('content-encoding')).toBeNull();
  const { body } = answer as { body: object };
  expect(Object.keys(body)).toEqual(['schemas', 'id', 'meta', 'displayName', 'members']);
  expect(members(answer)).toHaveLength(3);
  const [{ value, ...member }] = members(answer) as [ShownMember];
  expect(member).toEqual({ $ref: expect.stringMatching(`/scim/v2/Users/${value}$`) as string, type: 'User' });
});

describe('PUT of a large group', () => {
  it('is answered without a body where the group is too large to be shown', async () => {
    const whole = await get(`/Groups/${large}`);
    const { displayName } = whole.body as { displayName: string };
    const body = { displayName, members: members(whole).map(({ value }) => ({ value })) };
    const answer = await domain.request('PUT', `/Groups/${large}`, body, { 'accept-encoding': 'identity' });
    expect(answer).toMatchObject({ status: 204, body: undefined });
    expect(answer.headers.get('etag')).toBe('W/"1"');
    const packed = await domain.request('PUT', `/Groups/${large}`, body);
    expect(packed).toMatchObject({ status: 200, body: { id: large } });
  });
});

describe('a list', () => {
  const list = (query: string) => get(`/Groups?${query}`);

  it('ends a page before a group that is too large for it, and refuses the page that begins with it', async () => {
    const page = await list('count=10');
    expect(page.body).toMatchObject({ totalResults: 3, itemsPerPage: 1, Resources: [{ id: small }] });
    expectRefused(await list('startIndex=2&count=10'), largestGroup, 1_000_000);
  });

  it('has it all without members', async () => {
    const answer = await list('excludedAttributes=members');
    expect((answer.body as { Resources: { id: string }[] }).Resources.map(({ id }) => id)).toEqual([
      small,
      largestGroup,
      large,
    ]);
  });

  it('is no 502 where it turns out to be too large', async () => {
    const answer = await getUncompressed('/Groups?startIndex=3&count=1');
    expectScimError(answer, 400, 'tooMany');
    expect(detailOf(answer)).toContain('excludedAttributes=members');
    expect((await list('startIndex=3&count=1')).status).toBe(200);
  });
});
