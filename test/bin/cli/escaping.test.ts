import { type Listening, listen, sendJson } from '../../../local/host/http';
import { scim } from './run';

/** Clears the screen by a C1 control, reverses text, breaks the line, and deletes. */
const HOSTILE = 'eve\u009b2J\u202egpj\u2067.\u200f\u061c\u2028\u007f\r\n\u001b[1A';
const ESCAPED = 'eve\\u009b2J\\u202egpj\\u2067.\\u200f\\u061c\\u2028\\u007f\\u000d\\u000a\\u001b[1A';
const UNSAFE = /[\p{Zl}\p{Zp}\p{Bidi_Control}]|(?!\n)\p{Cc}/u;

const actor = { kind: 'admin', id: HOSTILE, name: HOSTILE };
const event = { eventId: 'e', at: '2026-01-01T00:00:00Z', action: HOSTILE, outcome: 'done', actor };
const RESPONSES: Readonly<Record<string, unknown>> = {
  '/domains/d/users': { items: [{ userId: 'u', userName: HOSTILE, displayName: HOSTILE }] },
  '/domains/d/readiness': {
    ready: false,
    findings: [{ severity: 'warning', found: HOSTILE, action: HOSTILE, link: HOSTILE }],
  },
  '/domains/d/audit-events': { items: [{ ...event, resource: { type: 'user', name: HOSTILE } }] },
  '/domains/d/requests': {
    items: [
      { ...event, method: 'GET', path: '/Users', status: 400, reason: HOSTILE, credential: { id: HOSTILE } },
    ],
  },
  '/domains/d/keys': { items: [{ name: HOSTILE, keyId: 'k', status: 'active' }] },
  '/domains/d/audit-events/export': event,
  '/me': { id: HOSTILE, name: HOSTILE, kind: 'user', operator: false, domains: [{ name: HOSTILE }] },
  '/openapi.json': { info: { title: HOSTILE } },
};

let api: Listening;
let env: Record<string, string>;

beforeAll(async () => {
  api = await listen((request, response) => {
    const path = new URL(request.url ?? '', 'http://stub').pathname.replace('/admin/v1', '');
    const body = RESPONSES[path];
    if (body) sendJson(response, 200, body);
    else sendJson(response, 409, { detail: `${HOSTILE} is taken.` });
  }, 0);
  env = { SCIM_ADMIN_URL: `${api.url}/admin/v1`, SCIM_ADMIN_TOKEN: 'scim_admin_test' };
});
afterAll(() => api.close());

const COMMANDS = [
  ['user', 'list', 'd'],
  ['key', 'list', 'd'],
  ['domain', 'readiness', 'd'],
  ['audit', 'list', 'd'],
  ['audit', 'export', 'd'],
  ['request', 'list', 'd'],
  ['api', 'whoami'],
  ['api', 'document'],
];

it.each(COMMANDS)('scim %s %s escapes control characters in values', async (...args) => {
  const { code, out } = await scim(args, { env });
  expect(code).toBe(0);
  expect(out).not.toMatch(UNSAFE);
  expect(out).toContain('eve\\u009b2J\\u202egpj');
});

it.each(COMMANDS)(
  'scim %s %s --json prints the same JSON with control characters escaped',
  async (...args) => {
    const { out } = await scim([...args, '--json'], { env });
    expect(out).not.toMatch(UNSAFE);
    expect(JSON.stringify(JSON.parse(out))).toContain(JSON.stringify(HOSTILE));
  },
);

it('an error message is one line without control characters', async () => {
  const { code, err } = await scim(['domain', 'show', 'unknown'], { env });
  expect({ code, err }).toEqual({ code: 1, err: `error: ${ESCAPED} is taken.\n` });
});
