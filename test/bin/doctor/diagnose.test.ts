import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Diagnosis, diagnose } from '../../../bin/doctor/diagnose';
import { type Listening, listen, sendJson } from '../../../local/host/http';
import { formatToken, newSecret } from '../../../shared/scim-key';

const DOMAIN = '01890000-0000-7000-8000-000000000001';
const SCIM_KEY = formatToken({
  domainId: DOMAIN,
  keyId: '01890000-0000-7000-8000-000000000002',
  secret: newSecret(),
});
const ERROR = { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'] };

/** What a server answers that is well but for what a test has it do: `METHOD /first-part` → an answer. */
type Answers = Readonly<Record<string, (response: ServerResponse, request: IncomingMessage) => void>>;

let server: Listening | undefined;
let asked: string[];
let users: Set<string>;

async function serve(answers: Answers = {}): Promise<string> {
  [asked, users] = [[], new Set()];
  server = await listen((request, response) => {
    const [path = '', query] = (request.url ?? '').split('?');
    asked.push(`${request.method} ${path}`);
    const isOpen = request.headers.authorization !== undefined;
    const key = `${isOpen ? '' : 'keyless '}${request.method} /${path.split('/')[1]}${query ? '?' : ''}`;
    const given = answers[key];
    if (given) return given(response, request);
    if (!isOpen) return sendJson(response, 401, ERROR);
    well(request, path, response, query !== undefined);
  }, 0);
  return server.url;
}

function well(request: IncomingMessage, path: string, response: ServerResponse, isSearch: boolean): void {
  const id = path.split('/')[2] ?? '';
  if (path === '/ServiceProviderConfig') return sendJson(response, 200, {});
  if (request.method === 'POST') {
    users.add('u1');
    return sendJson(response, 201, { id: 'u1' });
  }
  if (isSearch) return sendJson(response, 200, { Resources: [...users].map((each) => ({ id: each })) });
  if (!users.has(id)) return sendJson(response, 404, ERROR);
  if (request.method !== 'DELETE') return sendJson(response, 200, {});
  users.delete(id);
  response.writeHead(204).end();
}

async function diagnosed(
  baseUrl: string,
  { scimKey = SCIM_KEY, signal = new AbortController().signal } = {},
): Promise<Diagnosis[]> {
  const diagnoses: Diagnosis[] = [];
  for await (const diagnosis of diagnose({ baseUrl, scimKey, signal })) diagnoses.push(diagnosis);
  return diagnoses;
}

const failure = (diagnoses: readonly Diagnosis[]) => diagnoses.find(({ status }) => status === 'failed');
const statuses = (diagnoses: readonly Diagnosis[]) => diagnoses.map(({ status }) => status);

afterEach(async () => {
  await server?.close();
  server = undefined;
});

it('finds nothing where all is well, and makes a user that is not active', async () => {
  const bodies: string[] = [];
  const url = await serve({
    'POST /Users': (response, request) => {
      request.on('data', (chunk: Buffer) => bodies.push(chunk.toString()));
      users.add('u1');
      sendJson(response, 201, { id: 'u1' });
    },
  });
  expect(statuses(await diagnosed(url))).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
  expect(JSON.parse(bodies.join(''))).toMatchObject({
    active: false,
    userName: expect.stringMatching(/^scim-doctor-.*@example\.com$/) as string,
  });
  expect(users).toEqual(new Set());
});

describe('the gateway', () => {
  it.each<[string, Answers, RegExp, RegExp]>([
    [
      'a web page',
      {
        'keyless GET /Users': (response) =>
          void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
      },
      /^the URL returns a web page with 200$/,
      /ends in \/scim\/v2/,
    ],
    [
      'a redirection',
      {
        'keyless GET /Users': (response) =>
          void response.writeHead(302, { location: 'https://login.example.com/' }).end(),
      },
      /^the URL redirects to https:\/\/login\.example\.com\/$/,
      /do not follow/,
    ],
    [
      'another API',
      {
        'keyless GET /Users': (response) =>
          sendJson(response, 403, { message: 'Missing Authentication Token' }),
      },
      /returned 403 instead of a SCIM error with 401/,
      /ends in \/scim\/v2/,
    ],
    [
      'a service that is ill',
      { 'keyless GET /Users': (response) => sendJson(response, 503, { detail: 'It failed.' }) },
      /returned 503: It failed\./,
      /runbook/,
    ],
    [
      'an answer that is broken off',
      { 'keyless GET /Users': (response) => void response.socket?.destroy() },
      /^127\.0\.0\.1:\d+ did not respond/,
      /Try again/,
    ],
  ])('%s is not it, and the rest is skipped', async (_, answers, found, action) => {
    const diagnoses = await diagnosed(await serve(answers));
    expect(failure(diagnoses)).toMatchObject({
      check: 'gateway',
      found: expect.stringMatching(found) as string,
      action: expect.stringMatching(action) as string,
    });
    expect(statuses(diagnoses)).toEqual(['ok', 'ok', 'failed', 'skipped', 'skipped']);
  });

  it('is not there where nothing listens', async () => {
    const url = await serve();
    await server?.close();
    server = undefined;
    expect(failure(await diagnosed(url))?.found).toMatch(/^127\.0\.0\.1:\d+ refused the connection$/);
  });
});

describe('the key', () => {
  it.each<[string, Answers, string, RegExp, RegExp]>([
    ['none', {}, '', /^no SCIM key was given/, /set SCIM_KEY/],
    ['one that is cut off', {}, SCIM_KEY.slice(0, -1), /mistyped or incomplete/, /Copy it again/],
    [
      'one that was revoked',
      { 'GET /ServiceProviderConfig': (response) => sendJson(response, 401, ERROR) },
      SCIM_KEY,
      /has expired or was revoked/,
      new RegExp(`scim key create ${DOMAIN}`),
    ],
    [
      'one of a domain that is disabled',
      { 'GET /ServiceProviderConfig': (response) => sendJson(response, 403, ERROR) },
      SCIM_KEY,
      /is disabled/,
      new RegExp(`scim domain enable ${DOMAIN}`),
    ],
    [
      'one below another path',
      { 'GET /ServiceProviderConfig': (response) => sendJson(response, 404, ERROR) },
      SCIM_KEY,
      /404/,
      /ends in \/scim\/v2/,
    ],
  ])('%s is refused, and never told', async (_, answers, scimKey, found, action) => {
    const diagnoses = await diagnosed(await serve(answers), { scimKey });
    expect(failure(diagnoses)).toMatchObject({
      check: 'key',
      found: expect.stringMatching(found) as string,
      action: expect.stringMatching(action) as string,
    });
    expect(JSON.stringify(diagnoses)).not.toContain(SCIM_KEY.slice(-40, -1));
  });
});

describe('the round trip', () => {
  it('waits where it is told to', async () => {
    let times = 0;
    const url = await serve({
      'PATCH /Users': (response) => {
        if (++times > 1) return sendJson(response, 200, {});
        response.setHeader('retry-after', '0');
        sendJson(response, 429, ERROR);
      },
    });
    expect(statuses(await diagnosed(url)).at(-1)).toBe('ok');
  });

  it('that fails half-way is told, and its user deleted', async () => {
    const url = await serve({
      'PATCH /Users': (response) => sendJson(response, 500, { detail: 'It failed.' }),
    });
    expect(failure(await diagnosed(url))).toMatchObject({
      check: 'round trip',
      found: 'PATCH /Users/u1 returned 500: It failed.',
    });
    expect(users).toEqual(new Set());
  });

  it('deletes a user whose making was not answered', async () => {
    const url = await serve({
      'POST /Users': (response) => {
        users.add('u1');
        response.socket?.destroy();
      },
    });
    expect(failure(await diagnosed(url))?.found).toMatch(/^127\.0\.0\.1:\d+ did not respond/);
    expect(users).toEqual(new Set());
  });

  it.each(['POST /Users', 'GET /Users', 'PATCH /Users'])(
    'that is interrupted while %s is answered leaves nothing behind',
    async (at) => {
      const interrupted = new AbortController();
      const url = await serve({
        [at]: (response, request) => {
          interrupted.abort();
          well(request, (request.url ?? '').split('?')[0] ?? '', response, false);
        },
      });
      const diagnoses = await diagnosed(url, { signal: interrupted.signal });
      expect(diagnoses.at(-1)).toEqual({ check: 'round trip', status: 'failed', found: 'interrupted' });
      expect(asked).toContain('DELETE /Users/u1');
      expect(users).toEqual(new Set());
    },
  );

  it('says which user is left where it cannot be deleted', async () => {
    const url = await serve({
      'DELETE /Users': (response) => sendJson(response, 500, { detail: 'It failed.' }),
    });
    const { found, action } = failure(await diagnosed(url)) ?? {};
    expect(found).toMatch(/^the test user scim-doctor-\S+ may still exist: DELETE \/Users\/u1 returned 500/);
    expect(action).toMatch(/delete it/);
  });
});
