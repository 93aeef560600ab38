import { listen, type Listening, sendJson } from '../../../../local/host/http';
import { inEnglish } from '../../../../portal/src/api/user-file/in-english';
import { readUsersCsv } from '../../../../portal/src/api/user-file/users-csv';
import { scim, type Surroundings } from '../run';

const COLUMNS = ['userName', 'displayName', 'title'];
/** Values with a tab, a C1 control, line separators, a reversal of the text, and line breaks. */
const VALUES = [
  { userName: 'ada@example.com', displayName: 'Ada\tL\u009b2J', title: 'a\u2028b\u2029c' },
  { userName: 'grace@example.com', displayName: 'Grace\u202eH\u2067.', title: 'two\r\nlines' },
];

let server: Listening;
beforeAll(async () => {
  server = await listen((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://stub');
    if (pathname.endsWith('/columns'))
      return sendJson(response, 200, { items: COLUMNS.map((name) => ({ name, type: 'string' })) });
    const at = Number(searchParams.get('cursor') ?? 0);
    const next = at + 1 < VALUES.length ? { next: String(at + 1) } : {};
    return sendJson(response, 200, { items: [{ userId: String(at), values: VALUES[at] }], ...next });
  }, 0);
});
afterAll(() => server.close());

const exported = (surroundings: Surroundings = {}, ...more: string[]) =>
  scim(['user', 'export', 'd', ...more], {
    env: { SCIM_ADMIN_URL: `${server.url}/admin/v1`, SCIM_ADMIN_TOKEN: 'scim_admin_test' },
    ...surroundings,
  });

it('an exported file has the values unchanged, with control characters', async () => {
  const { code, out } = await exported();
  expect(code).toBe(0);
  expect(readUsersCsv(out, COLUMNS, inEnglish).rows.map(({ values }) => values)).toEqual(VALUES);
});

it('an export to the screen escapes control characters', async () => {
  const { out } = await exported({ width: 80 });
  expect(out).toContain('Ada\\u0009L\\u009b2J');
  expect(out).not.toMatch(/[\p{Zl}\p{Zp}\p{Bidi_Control}]|(?!\n)\p{Cc}/u);
});

it('a log gets the progress of an export every ten seconds', async () => {
  let seconds = 0;
  const { err } = await exported({ now: () => new Date(1_000 * (seconds += 6)) });
  expect(err).toBe('2 users, 12 s\n');
});

it('the progress of an export is one line that changes, and is absent if the export is on the screen', async () => {
  const shown: string[] = [];
  const surroundings = { now: () => new Date(0), status: (text: string) => void shown.push(text) };
  await exported({ ...surroundings, width: 80 });
  expect(shown).toEqual([]);
  await exported(surroundings);
  expect(shown).toEqual(['1 users, 0 s', '2 users, 0 s', '']);
});
