import { AdminError } from '../../../shared/service/admin/admin-error';
import { ScimError } from '../../../shared/scim/error';
import {
  callHandler,
  DOMAIN,
  type Input,
  OPERATOR,
  postThings,
  resetHarness,
  state,
  VIEWER,
} from './admin-handler-harness';

let log: jest.SpyInstance;
beforeEach(() => {
  log = resetHarness();
});
afterEach(() => jest.restoreAllMocks());

describe('adminHandler', () => {
  it('passes the caller, the domain, and the query to the route', async () => {
    expect(await callHandler({ query: { limit: '5' } })).toMatchObject({
      status: 200,
      body: { name: 'Example' },
    });
    expect(state.received).toMatchObject({
      caller: { id: 'operator', kind: 'adminToken', roles: { operator: true } },
      query: { limit: '5' },
      actor: {
        kind: 'admin',
        id: 'operator',
        name: 'Admin token',
        sourceAddress: '192.0.2.1',
        userAgent: 'curl',
      },
    });
  });

  it('forbids caching of responses, and returns the request id', async () => {
    for (const response of [await callHandler(), await callHandler({ path: '/nothing' })])
      expect(response.headers).toMatchObject({ 'cache-control': 'no-store', 'x-request-id': 'request-1' });
  });

  it('requires a credential, except on public routes', async () => {
    expect((await callHandler({ path: '/open', authorizer: null })).status).toBe(200);
    expect((await callHandler({ authorizer: null })).status).toBe(401);
  });

  it('refuses a response that is too large, and says how to request less', async () => {
    expect(await callHandler({ path: '/large', authorizer: null })).toMatchObject({
      status: 400,
      body: { detail: expect.stringMatching(/larger than 6 MB.*with limit/) as string },
    });
  });

  it('returns text of another media type unchanged', async () => {
    expect(await callHandler({ path: '/text' })).toMatchObject({
      body: '{}\n',
      headers: { 'content-type': 'application/jsonl' },
    });
  });

  it.each<[string, Input, number, string]>([
    ['an unknown path', { path: '/nothing' }, 404, '/nothing'],
    ['a path in another case', { path: `/Domains/${DOMAIN}` }, 404, 'Domains'],
    ['a trailing slash', { path: `/domains/${DOMAIN}/` }, 404, 'no endpoint at'],
    ['another method', { method: 'PUT' }, 405, 'GET'],
    ['a CORS preflight request', { method: 'OPTIONS' }, 405, 'GET'],
    ['a HEAD request', { method: 'HEAD' }, 405, 'GET'],
    ['an unknown domain', { path: '/domains/01890000-0000-7000-8000-00000000000b' }, 404, 'no domain'],
    ['an invalid id', { path: `/domains/${'x'.repeat(3_000)}` }, 404, 'no domain'],
    ['an unknown query parameter', { query: { lmit: '1' } }, 400, 'lmit'],
  ])('responds with a problem to %s', async (_, input, status, detail) => {
    const response = await callHandler(input);
    expect(response).toMatchObject({
      status,
      headers: { 'content-type': 'application/problem+json' },
      body: {
        type: 'about:blank',
        status,
        requestId: 'request-1',
        detail: expect.stringContaining(detail) as string,
      },
    });
  });

  it.each<[string, string, Record<string, string>, number]>([
    ['invalid JSON', '{', {}, 400],
    ['an array', '[]', {}, 400],
    ['null', 'null', {}, 400],
    ['no body', '', {}, 400],
    ['a member of the wrong type', '{"name":1}', {}, 400],
    ['another media type', 'name=x', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
  ])('refuses a body: %s', async (_, body, headers, status) => {
    expect((await postThings(body, headers)).status).toBe(status);
  });

  it('reports missing access before it reports an invalid body', async () => {
    const response = await callHandler({
      method: 'POST',
      path: `/domains/${DOMAIN}/things`,
      body: '{',
      authorizer: VIEWER,
    });
    expect(response.status).toBe(403);
  });

  it.each<[string, Error, number]>([
    ['an invalid change', new AdminError('Change it.'), 400],
    ['a missing resource', new AdminError('Not there.', 'notFound'), 404],
    ['a conflict', new AdminError('Another change came first.', 'conflict'), 409],
    ['an error of a SCIM service', ScimError.unavailable('Later.', 3), 503],
    ['a busy database', Object.assign(new Error('slow'), { name: 'ThrottlingException' }), 503],
    ['an unknown error', new Error('secret detail'), 500],
  ])('converts %s to a problem', async (_, error, status) => {
    state.thrown = error;
    const response = await postThings('{"name":"x"}');
    expect(response.status).toBe(status);
    expect(JSON.stringify(response.body)).not.toContain('secret detail');
    if (status === 503) expect(response.headers?.['retry-after']).toMatch(/^[13]$/);
  });

  it('counts a flush of the authorizer by an owner, if the request is valid and flushes it, but not one by an operator', async () => {
    const owner = { ...VIEWER, roles: VIEWER.roles.replace('viewer', 'owner') };
    const post = (name: unknown, authorizer: Record<string, string>) =>
      callHandler({
        method: 'POST',
        path: `/domains/${DOMAIN}/things`,
        body: JSON.stringify({ name }),
        authorizer,
      });
    await post('flush', OPERATOR);
    await post('flush', VIEWER);
    await post(7, owner);
    await post('other', owner);
    expect(state.flushed).toEqual([]);
    expect((await post('flush', owner)).status).toBe(202);
    expect(state.flushed).toEqual([DOMAIN]);
  });

  it('refuses a query parameter that the route does not have', async () => {
    const call = (path: string, query: Record<string, string>) =>
      callHandler({ path, query, authorizer: OPERATOR });
    expect(await call('/text', { lmit: '1' })).toMatchObject({
      status: 400,
      body: { detail: 'The query has no "lmit". There are none.' },
    });
    expect((await call('/text', {})).status).toBe(200);
    expect((await call('/open', { any: '1' })).status).toBe(200);
  });

  it('leaves no audit event of a rate limit', async () => {
    state.thrown = new AdminError('Too often.', 'tooSoon', 5);
    expect((await postThings('{"name":"x"}')).status).toBe(429);
    expect(state.audited).toEqual([]);
    state.thrown = new AdminError('No.', 'conflict');
    await postThings('{"name":"x"}');
    expect(state.audited).toHaveLength(1);
  });

  it('logs one line for each request, without names and bodies', async () => {
    await postThings('{"name":"Somebody"}');
    expect(log).toHaveBeenCalledWith(
      'admin request',
      expect.objectContaining({
        route: '/domains/{domainId}/things',
        status: 202,
        domainId: DOMAIN,
        callerId: 'operator',
      }),
    );
    expect(JSON.stringify(log.mock.calls)).not.toContain('Somebody');
  });
});
