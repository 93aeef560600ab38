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

/** Responses that replace those of a healthy server, by `METHOD /first-path-segment`. */
type Answers = Readonly<Record<string, (response: ServerResponse, request: IncomingMessage) => void>>;

let server: Listening | undefined;
let requests: string[];
let users: Set<string>;

async function serve(overrides: Answers = {}): Promise<string> {
  [requests, users] = [[], new Set()];
  server = await listen((request, response) => {
    const [path = '', query] = (request.url ?? '').split('?');
    requests.push(`${request.method} ${path}`);
    const hasCredential = request.headers.authorization !== undefined;
    const key = `${hasCredential ? '' : 'keyless '}${request.method} /${path.split('/')[1]}${query ? '?' : ''}`;
    const override = overrides[key];
    if (override) return override(response, request);
    if (!hasCredential) return sendJson(response, 401, ERROR);
    respondHealthily(request, path, response, query !== undefined);
  }, 0);
  return server.url;
}

function respondHealthily(
  request: IncomingMessage,
  path: string,
  response: ServerResponse,
  isSearch: boolean,
): void {
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

async function diagnoseAll(
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

it('diagnose passes all checks on a healthy system, and creates an inactive user', async () => {
  const bodies: string[] = [];
  const url = await serve({
    'POST /Users': (response, request) => {
      request.on('data', (chunk: Buffer) => bodies.push(chunk.toString()));
      users.add('u1');
      sendJson(response, 201, { id: 'u1' });
    },
  });
  expect(statuses(await diagnoseAll(url))).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
  expect(JSON.parse(bodies.join(''))).toMatchObject({
    active: false,
    userName: expect.stringMatching(/^scim-doctor-.*@example\.com$/) as string,
  });
  expect(users).toEqual(new Set());
});

describe('the gateway check', () => {
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
      'a redirect',
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
      'a failing service',
      { 'keyless GET /Users': (response) => sendJson(response, 503, { detail: 'It failed.' }) },
      /returned 503: It failed\./,
      /runbook/,
    ],
    [
      'an interrupted response',
      { 'keyless GET /Users': (response) => void response.socket?.destroy() },
      /^127\.0\.0\.1:\d+ did not respond/,
      /Try again/,
    ],
  ])('fails for %s, and the remaining checks are skipped', async (_, overrides, found, action) => {
    const diagnoses = await diagnoseAll(await serve(overrides));
    expect(failure(diagnoses)).toMatchObject({
      check: 'gateway',
      found: expect.stringMatching(found) as string,
      action: expect.stringMatching(action) as string,
    });
    expect(statuses(diagnoses)).toEqual(['ok', 'ok', 'failed', 'skipped', 'skipped']);
  });

  it('fails if no process listens', async () => {
    const url = await serve();
    await server?.close();
    server = undefined;
    expect(failure(await diagnoseAll(url))?.found).toMatch(/^127\.0\.0\.1:\d+ refused the connection$/);
  });
});

describe('the key check', () => {
  it.each<[string, Answers, string, RegExp, RegExp]>([
    ['a missing key', {}, '', /^no SCIM key was given/, /set SCIM_KEY/],
    ['a truncated key', {}, SCIM_KEY.slice(0, -1), /mistyped or incomplete/, /Copy it again/],
    [
      'a revoked key',
      { 'GET /ServiceProviderConfig': (response) => sendJson(response, 401, ERROR) },
      SCIM_KEY,
      /has expired or was revoked/,
      new RegExp(`scim key create ${DOMAIN}`),
    ],
    [
      'a key of a disabled domain',
      { 'GET /ServiceProviderConfig': (response) => sendJson(response, 403, ERROR) },
      SCIM_KEY,
      /is disabled/,
      new RegExp(`scim domain enable ${DOMAIN}`),
    ],
    [
      'a key of a domain to which SCIM is not available',
      {
        'GET /ServiceProviderConfig': (response) =>
          sendJson(response, 403, { ...ERROR, detail: 'SCIM is not available to this domain.' }),
      },
      SCIM_KEY,
      /is not available/,
      new RegExp(`scim domain update ${DOMAIN} --scim-available yes`),
    ],
    [
      'a key below another path',
      { 'GET /ServiceProviderConfig': (response) => sendJson(response, 404, ERROR) },
      SCIM_KEY,
      /404/,
      /ends in \/scim\/v2/,
    ],
  ])('fails for %s, and never shows the key', async (_, overrides, scimKey, found, action) => {
    const diagnoses = await diagnoseAll(await serve(overrides), { scimKey });
    expect(failure(diagnoses)).toMatchObject({
      check: 'key',
      found: expect.stringMatching(found) as string,
      action: expect.stringMatching(action) as string,
    });
    expect(JSON.stringify(diagnoses)).not.toContain(SCIM_KEY.slice(-40, -1));
  });
});

describe('the round trip check', () => {
  it('retries after the delay in Retry-After', async () => {
    let times = 0;
    const url = await serve({
      'PATCH /Users': (response) => {
        if (++times > 1) return sendJson(response, 200, {});
        response.setHeader('retry-after', '0');
        sendJson(response, 429, ERROR);
      },
    });
    expect(statuses(await diagnoseAll(url)).at(-1)).toBe('ok');
  });

  it('reports a failed step, and deletes its user', async () => {
    const url = await serve({
      'PATCH /Users': (response) => sendJson(response, 500, { detail: 'It failed.' }),
    });
    expect(failure(await diagnoseAll(url))).toMatchObject({
      check: 'round trip',
      found: 'PATCH /Users/u1 returned 500: It failed.',
    });
    expect(users).toEqual(new Set());
  });

  it('deletes its user if the response to the creation was lost', async () => {
    const url = await serve({
      'POST /Users': (response) => {
        users.add('u1');
        response.socket?.destroy();
      },
    });
    expect(failure(await diagnoseAll(url))?.found).toMatch(/^127\.0\.0\.1:\d+ did not respond/);
    expect(users).toEqual(new Set());
  });

  it.each(['POST /Users', 'GET /Users', 'PATCH /Users'])(
    'deletes its user if it is interrupted during %s',
    async (at) => {
      const interrupted = new AbortController();
      const url = await serve({
        [at]: (response, request) => {
          interrupted.abort();
          respondHealthily(request, (request.url ?? '').split('?')[0] ?? '', response, false);
        },
      });
      const diagnoses = await diagnoseAll(url, { signal: interrupted.signal });
      expect(diagnoses.at(-1)).toEqual({ check: 'round trip', status: 'failed', found: 'interrupted' });
      expect(requests).toContain('DELETE /Users/u1');
      expect(users).toEqual(new Set());
    },
  );

  it('names the remaining user if the deletion fails', async () => {
    const url = await serve({
      'DELETE /Users': (response) => sendJson(response, 500, { detail: 'It failed.' }),
    });
    const { found, action } = failure(await diagnoseAll(url)) ?? {};
    expect(found).toMatch(/^the test user scim-doctor-\S+ may still exist: DELETE \/Users\/u1 returned 500/);
    expect(action).toMatch(/delete it/);
  });
});
