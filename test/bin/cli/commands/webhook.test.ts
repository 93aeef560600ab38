import { listen, type Listening, sendJson } from '../../../../local/host/http';
import { scim } from '../run';

let server: Listening;
let delivered: boolean;
beforeAll(async () => {
  server = await listen((_, response) => {
    const error = delivered ? {} : { error: 'The endpoint responded with 500.' };
    sendJson(response, 200, {
      eventId: 'e1',
      delivered,
      status: delivered ? 200 : 500,
      durationMs: 3,
      ...error,
    });
  }, 0);
});
afterAll(() => server.close());

it.each([
  [true, 0],
  [false, 1],
])('webhook test, with an endpoint that accepts the event: %s, ends with %i', async (accepts, expected) => {
  delivered = accepts;
  const env = { SCIM_ADMIN_URL: `${server.url}/admin/v1`, SCIM_ADMIN_TOKEN: 'scim_admin_test' };
  const { code, out, err } = await scim(['webhook', 'test', 's1', '--domain', 'd1'], { env });
  expect(code).toBe(expected);
  expect(out).toContain(accepts ? 'yes' : 'The endpoint responded with 500.');
  expect(err).toBe(accepts ? '' : 'error: The endpoint did not accept the test event.\n');
});
