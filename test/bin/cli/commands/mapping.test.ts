import { listen, type Listening, sendJson } from '../../../../local/host/http';
import { scim, type Surroundings } from '../run';

const MAPPINGS = {
  version: 4,
  mappings: ['m1', 'm2', 'm3'].map((id) => ({
    id,
    from: { kind: 'role', value: id },
    to: { kind: 'noLicense' },
  })),
  organizations: [{ name: 'Research', roles: ['member'] }],
  vendorOrganizations: [],
  userTypes: ['Full User'],
  defaultUserType: 'Full User',
};

interface Sent {
  readonly mappings: readonly { readonly id?: string; readonly from: { readonly value: string } }[];
  readonly organizations?: unknown;
  readonly version?: number;
}

let server: Listening;
let sent: Sent[];
let previews: object[];
beforeAll(async () => {
  server = await listen(async (request, response) => {
    const text = Buffer.concat(await request.toArray()).toString();
    if (request.method !== 'GET') sent.push(JSON.parse(text) as Sent);
    sendJson(response, 200, request.method === 'POST' ? (previews.shift() ?? {}) : MAPPINGS);
  }, 0);
});
afterAll(() => server.close());
beforeEach(() => {
  sent = [];
  previews = [];
});

const run = (args: readonly string[], surroundings: Surroundings = {}) =>
  scim(['mapping', ...args], {
    env: { SCIM_ADMIN_URL: `${server.url}/admin/v1`, SCIM_ADMIN_TOKEN: 'scim_admin_test' },
    ...surroundings,
  });
const valuesOf = (body: Sent | undefined) => body?.mappings.map(({ from }) => from.value);

it.each([
  ['at the end', [], ['m1', 'm2', 'm3', 'new']],
  ['at a position', ['--position', '2'], ['m1', 'new', 'm2', 'm3']],
])('add puts a mapping %s, and sends the version that it read', async (_, position, values) => {
  const { code } = await run(['add', 'd', '--role', 'new', '--to-no-license', ...position]);
  expect(code).toBe(0);
  expect(valuesOf(sent[0])).toEqual(values);
  expect(sent[0]?.version).toBe(4);
  expect(sent[0]).not.toHaveProperty('organizations');
});

it.each([
  ['1', ['m3', 'm1', 'm2']],
  ['2', ['m1', 'm3', 'm2']],
  ['9', ['m1', 'm2', 'm3']],
])('move puts the last mapping at position %s', async (position, values) => {
  expect((await run(['move', 'd', 'm3', '--position', position])).code).toBe(0);
  expect(valuesOf(sent[0])).toEqual(values);
});

it('remove removes one mapping, after a question', async () => {
  expect((await run(['remove', 'd', 'm2'], { answers: ['n'] })).code).toBe(1);
  expect(sent).toEqual([]);
  expect((await run(['remove', 'd', 'm2', '--yes'])).code).toBe(0);
  expect(valuesOf(sent[0])).toEqual(['m1', 'm3']);
});

it('set sends what `mapping list --json` has printed', async () => {
  const listed = await run(['list', 'd', '--json']);
  const readInput = () => Promise.resolve(listed.out);
  expect((await run(['set', 'd', '-', '--yes'], { readInput })).code).toBe(0);
  expect(sent).toEqual([
    { mappings: MAPPINGS.mappings, organizations: MAPPINGS.organizations, version: MAPPINGS.version },
  ]);
});

it.each([
  ['the version of the file, so that later changes are not lost', { version: 2 }, 2],
  ['the current version if the file has none', {}, MAPPINGS.version],
])('set sends %s', async (_, version, expected) => {
  const readFile = () => Promise.resolve(JSON.stringify({ mappings: MAPPINGS.mappings, ...version }));
  expect((await run(['set', 'd', 'f', '--yes'], { readFile })).code).toBe(0);
  expect(sent).toEqual([{ mappings: MAPPINGS.mappings, version: expected }]);
});

it('declare replaces the roles of an organization, or removes it', async () => {
  await run(['declare', 'd', 'Sales', '--roles', 'lead, member']);
  await run(['declare', 'd', 'Research', '--roles', 'lead']);
  await run(['declare', 'd', 'Research', '--roles', 'none']);
  expect(sent.map(({ organizations }) => organizations)).toEqual([
    [...MAPPINGS.organizations, { name: 'Sales', roles: ['lead', 'member'] }],
    [{ name: 'Research', roles: ['lead'] }],
    [],
  ]);
});

it.each<[string, string[], Surroundings, RegExp]>([
  ['an unknown mapping', ['move', 'd', 'm9', '--position', '1'], {}, /There is no mapping m9/],
  ['an invalid position', ['move', 'd', 'm1', '--position', '0'], {}, /whole number of at least 1/],
  [
    'a file that is not JSON',
    ['set', 'd', 'f', '--yes'],
    { readFile: () => Promise.resolve('{') },
    /f is not JSON/,
  ],
  [
    'a file without mappings',
    ['set', 'd', 'f', '--yes'],
    { readFile: () => Promise.resolve('[]') },
    /no list "mappings"/,
  ],
  [
    'a file with null',
    ['set', 'd', 'f', '--yes'],
    { readFile: () => Promise.resolve('null') },
    /no list "mappings"/,
  ],
  [
    'a version that is no number',
    ['set', 'd', 'f', '--yes'],
    { readFile: () => Promise.resolve('{"mappings":[],"version":"4"}') },
    /"version" in f is not a whole number/,
  ],
  ['a missing file', ['preview', 'd', 'f'], {}, /f cannot be read/],
])('%s is refused, and nothing is sent', async (_, args, surroundings, message) => {
  const { code, err } = await run(args, surroundings);
  expect(code).not.toBe(0);
  expect(err).toMatch(message);
  expect(sent).toEqual([]);
});

it('preview adds up all parts', async () => {
  const result = { userType: 'Full User', license: true, organizations: [] };
  const users = [
    { userId: 'u1', userName: 'ann', before: result, after: { ...result, license: false } },
    { userId: 'u2', userName: 'bob', before: result, after: result },
  ];
  previews = [
    { examined: 1_000, total: 1_500, changed: 1, users: users.slice(0, 1), next: 'more' },
    { examined: 500, total: 1_500, changed: 7, users: users.slice(1) },
  ];
  const { out } = await run(['preview', 'd', 'f'], { readFile: () => Promise.resolve('{"mappings":[]}') });
  expect(out).toMatch(/^8 of 1500 users would change\.\n/);
  expect(out).toMatch(/^ann +Full User +no license +u1$/m);
  expect(out).toMatch(/^And 6 more\.$/m);
});

it.each(['RESEARCH', 'Research'])('declare removes the organization %s, in any case', async (name) => {
  const { code } = await run(['declare', 'd', name, '--roles', 'none']);
  expect(code).toBe(0);
  expect(sent.map(({ organizations }) => organizations)).toEqual([[]]);
});

it('declare does not remove an organization that is not declared', async () => {
  const { code, err } = await run(['declare', 'd', 'Reserch', '--roles', 'none']);
  expect({ code, sent }).toEqual({ code: 1, sent: [] });
  expect(err).toContain('declares no organization Reserch. Declared are: Research.');
});
