import { sendJson } from '../../../local/host/http';
import {
  type Answers,
  DOMAIN,
  SCIM_KEY,
  ERROR,
  serve,
  diagnoseAll,
  failure,
  statuses,
  requests,
  users,
  stopServer,
  respondHealthily,
} from './scim-server';

afterEach(stopServer);

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
