import { listen, type Listening, sendJson } from '../../../../local/host/http';
import { scim } from '../run';

const USER = { userId: 'u', userName: 'jane@example.com', active: true, createdAt: '', lastModified: '' };
const LICENSE = { status: 'active', userType: 'Full User' };
const MAPPED = {
  ...LICENSE,
  userTypeMapping: 'm1',
  organizations: [
    { organization: 'Research', role: 'member', mappingId: 'm2' },
    { organization: 'Sales', role: 'lead', mappingId: 'gone' },
  ],
  administrator: { role: 'owner', license: true, mappingId: 'm3' },
};
const MAPPINGS = [
  { id: 'm1', from: { kind: 'role', value: 'analyst' } },
  { id: 'm2', from: { kind: 'group', by: 'displayName', value: 'Engineering' } },
  { id: 'm3', from: { kind: 'attribute', path: 'title', value: 'Manager' } },
  { id: 'm4', from: { kind: 'entitlement', value: 'none' } },
];

let server: Listening;
let queries: string[];
let license: object | undefined;
beforeAll(async () => {
  server = await listen((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://stub');
    queries.push(searchParams.toString());
    const detail = { user: { ...USER, license }, groups: [], scim: {}, history: [], mappings: MAPPINGS };
    sendJson(response, 200, pathname.endsWith('/users') ? { items: [] } : detail);
  }, 0);
});
afterAll(() => server.close());
beforeEach(() => {
  queries = [];
});

const run = (...args: string[]) =>
  scim(['user', ...args], {
    env: { SCIM_ADMIN_URL: `${server.url}/admin/v1`, SCIM_ADMIN_TOKEN: 'scim_admin_test' },
  });
const wordsOf = (text: string): string[] => text.split('\n').map((line) => line.replace(/ {2,}/g, ' | '));

it.each([
  [[], 'limit=50', 'The domain has no users yet.'],
  [['--organization', 'Research & Co'], 'organization=Research+%26+Co&limit=50', 'No user matches.'],
  [
    ['--organization', 'Research', '--type', 'Full User', '--license', 'active'],
    'userType=Full+User&organization=Research&licenseStatus=active&limit=50',
    'No user matches.',
  ],
])('list sends the filters %j', async (options, query, message) => {
  const { code, out, err } = await run('list', 'd', ...options);
  expect({ code, queries }).toEqual({ code: 0, queries: [query] });
  expect(out + err).toContain(message);
});

it('show prints what mappings give a user, each with its reason', async () => {
  license = MAPPED;
  expect(wordsOf((await run('show', 'd', 'u')).out).slice(-6, -1)).toEqual([
    'From mappings | Reason | Mapping ID',
    'user type Full User | users with the role analyst | m1',
    'role member in Research | members of the group Engineering | m2',
    'role lead in Sales | - | gone',
    'owner in the portal, with a license | users whose title is Manager | m3',
  ]);
});

it('show prints the mapping because of which a user has no license', async () => {
  license = { ...LICENSE, status: 'inactive', noLicenseMapping: 'm4' };
  expect(wordsOf((await run('show', 'd', 'u')).out)).toContain(
    'no license | users with the entitlement none | m4',
  );
});

it.each([
  ['without a license', undefined],
  ['without mappings', LICENSE],
])('show prints no table for a user %s', async (_, given) => {
  license = given;
  expect((await run('show', 'd', 'u')).out).not.toContain('From mappings');
});
