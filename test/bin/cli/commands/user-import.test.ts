import { listen, type Listening, sendJson } from '../../../../local/host/http';
import { scim, type Surroundings } from '../run';

let server: Listening;
let dryRuns: boolean[];
beforeAll(async () => {
  server = await listen(async (request, response) => {
    if (request.method === 'GET') return sendJson(response, 200, { items: [{ name: 'userName' }] });
    const { rows, dryRun } = JSON.parse(Buffer.concat(await request.toArray()).toString()) as {
      rows: { row: number; values: { userName: string } }[];
      dryRun: boolean;
    };
    dryRuns.push(dryRun);
    const results = rows.map(({ row, values: { userName } }) => ({ row, userName, ...outcomeOf(userName) }));
    sendJson(response, 200, { results });
  }, 0);
});
afterAll(() => server.close());
beforeEach(() => {
  dryRuns = [];
});

const importFile = (content: string, options: readonly string[], surroundings: Surroundings = {}) =>
  scim(['user', 'import', 'd', 'users.csv', ...options], {
    env: { SCIM_ADMIN_URL: `${server.url}/admin/v1`, SCIM_ADMIN_TOKEN: 'scim_admin_test' },
    readFile: () => Promise.resolve(content),
    ...surroundings,
  });

it.each<[string, string[], Surroundings, boolean[], number]>([
  ['with --yes imports', ['--yes'], {}, [false], 0],
  ['with --dry-run needs no confirmation', ['--dry-run'], {}, [true], 0],
  ['that the user confirms shows first what it will do', [], { answers: ['y'] }, [true, false], 0],
  ['that the user does not confirm changes nothing', [], { answers: ['n'] }, [true], 1],
  ['that nobody can confirm sends nothing', [], {}, [], 2],
])('an import %s', async (_, options, surroundings, sent, expected) => {
  const { code } = await importFile('userName\nada@example.com\n', options, surroundings);
  expect([code, dryRuns]).toEqual([expected, sent]);
});

it('a file with another column is refused, after a request for the columns', async () => {
  const { code, err } = await importFile('name\nAda\n', ['--yes']);
  expect([code, err]).toEqual([1, expect.stringContaining('which does not exist') as string]);
  expect(dryRuns).toEqual([]);
});

it('the summary and the rows show the licenses that end', async () => {
  const { out, err } = await importFile('userName\nada\nleaver\n', ['--dry-run']);
  expect(out + err).toContain(
    '1 to create, 1 to change, 0 unchanged, 0 refused; licenses to start: 0, to end: 1',
  );
  expect(out).toMatch(/leaver +change +ends +active: false/);
});

const outcomeOf = (userName: string) =>
  userName === 'leaver'
    ? { outcome: 'change', fields: ['active'], active: false, license: 'ends' }
    : { outcome: 'create' };
