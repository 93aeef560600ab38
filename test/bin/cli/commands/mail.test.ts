import { type Listening, listen, sendJson } from '../../../../local/host/http';
import { scim } from '../run';

/** The cursors of the requests to an admin API that redrives in parts. */
let cursors: (string | null)[] = [];
let failures = 0;
/** Whether the API says where the next request continues. */
let hasCursor = true;
let server: Listening;

beforeAll(async () => {
  server = await listen((request, response) => {
    if (failures > 0) {
      failures--;
      return sendJson(response, 502, { message: 'Internal server error' });
    }
    const cursor = new URL(request.url ?? '', 'http://stub').searchParams.get('cursor');
    cursors.push(cursor);
    const part = Number(cursor ?? 1);
    const isLast = part === 3;
    return sendJson(response, 200, {
      ...{ mails: 10, messages: isLast ? 4 : 0, left: isLast ? 1 : 5, finished: isLast },
      ...(hasCursor && !isLast && { next: String(part + 1) }),
    });
  }, 0);
});
afterAll(() => server.close());
beforeEach(() => {
  cursors = [];
  failures = 0;
  hasCursor = true;
});

const redrive = (...options: string[]) =>
  scim(['mail', 'redrive', ...options], {
    env: { SCIM_ADMIN_URL: `${server.url}/admin/v1`, SCIM_ADMIN_TOKEN: 'scim_admin_test' },
  });

it('a redrive continues until it is finished, and prints the sums', async () => {
  const { code, out, err } = await redrive('--json');
  expect(code).toBe(0);
  expect(cursors).toEqual([null, '2', '3']);
  expect(JSON.parse(out)).toEqual({ mails: 30, messages: 4, left: 1, finished: true });
  expect(err).toBe('');
});

it('a redrive repeats a part whose function was killed', async () => {
  failures = 1;
  expect(await redrive()).toMatchObject({ code: 0 });
  expect(cursors).toEqual([null, '2', '3']);
});

it('a redrive says what to do if the API of a previous version reaches its time limit', async () => {
  hasCursor = false;
  const { out, err } = await redrive();
  expect(out).toMatch(/^Messages left +5$/m);
  expect(cursors).toEqual([null]);
  expect(err).toContain('Run it again in five minutes');
});
