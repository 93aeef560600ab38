import { sendJson } from '../../../local/host/http';
import { type Answers, serve, diagnoseAll, failure, statuses, users, stopServer } from './scim-server';

afterEach(stopServer);

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
    await stopServer();
    expect(failure(await diagnoseAll(url))?.found).toMatch(/^127\.0\.0\.1:\d+ refused the connection$/);
  });
});
