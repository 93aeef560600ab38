import { listen, sendJson, type Listening } from '../../../local/host/http';
import { scim } from './run';

let server: Listening;
let bodies: unknown[];
beforeAll(async () => {
  server = await listen(async (request, response) => {
    bodies.push(JSON.parse(Buffer.concat(await request.toArray()).toString()));
    sendJson(response, 200, { accepted: true, checks: [] });
  }, 0);
});
afterAll(() => server.close());
beforeEach(() => (bodies = []));

it.each([
  ['from standard input, so that it is not in the history', '-', 'e30.e30.c2ln\n', 'e30.e30.c2ln'],
  ['from the option', 'a.b.c', 'other', 'a.b.c'],
])('an assertion is read %s', async (_, option, input, assertion) => {
  const { code, err } = await scim(['connection', 'test-assertion', 'd1', 'c1', '--assertion', option], {
    env: { SCIM_ADMIN_URL: `${server.url}/admin/v1`, SCIM_ADMIN_TOKEN: 'scim_admin_test' },
    readInput: () => Promise.resolve(input),
  });
  expect([code, err]).toEqual([0, '']);
  expect(bodies).toEqual([{ assertion }]);
});
