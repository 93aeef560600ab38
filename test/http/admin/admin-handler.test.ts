import type { APIGatewayProxyEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { type AdminHandler, adminHandler } from '../../../shared/http/admin/admin-handler';
import { fields } from '../../../shared/http/admin/fields';
import type { AdminRequest } from '../../../shared/http/admin/request';
import { ok, route } from '../../../shared/http/admin/route';
import { logger } from '../../../shared/telemetry';
import { AdminError } from '../../../shared/service/admin/admin-error';
import { ScimError } from '../../../shared/scim/error';
import type { AuditEvent } from '../../../shared/store/audit/audit';
import type { Domain } from '../../../shared/store/domains/domain-store';
import { lambdaContext } from '../../support/requests/api-events';

const DOMAIN = '01890000-0000-7000-8000-00000000000a';
const OPERATOR = {
  id: 'operator',
  name: 'Admin token',
  kind: 'adminToken',
  roles: '{"operator":true,"domains":{}}',
};

let thrown: unknown;
let receivedRequest: AdminRequest | undefined;
let audited: [domainId: string, event: AuditEvent][];

const handler: AdminHandler = adminHandler(() => ({
  writeAudit: (domainId, event) => {
    audited.push([domainId, event]);
    return Promise.resolve();
  },
  readOriginSecret: () => Promise.resolve('secret'),
  findDomain: (domainId) =>
    Promise.resolve(domainId === DOMAIN ? ({ domainId, name: 'Example' } as Domain) : undefined),
  routes: [
    route({ method: 'GET', path: '/open', access: 'public', handle: () => ok({ open: true }) }),
    route({
      method: 'GET',
      path: '/domains/{domainId}',
      access: 'viewer',
      query: fields({ limit: [z.optional(z.string()), 'a text'] }),
      handle: (request) => {
        receivedRequest = request;
        return ok({ name: request.domain.name });
      },
    }),
    route({
      method: 'POST',
      path: '/domains/{domainId}/things',
      access: 'owner',
      body: fields({ name: [z.string(), 'a text'] }),
      handle: () => {
        if (thrown) throw thrown as Error;
        return { status: 202 };
      },
    }),
    route({
      method: 'GET',
      path: '/large',
      access: 'public',
      // Each quote takes four bytes in what Lambda answers.
      handle: () => ok({ large: '"'.repeat(1_600_000) }),
    }),
    route({ method: 'POST', path: '/things', access: 'operator', handle: () => ({ status: 202 }) }),
    route({
      method: 'GET',
      path: '/text',
      access: 'anyone',
      handle: () => ({ status: 200, text: { mediaType: 'application/jsonl', content: '{}\n' } }),
    }),
  ],
}));

interface Input {
  readonly method?: string;
  readonly path?: string;
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly authorizer?: Record<string, string> | null;
}

async function callHandler({ method = 'GET', path = `/domains/${DOMAIN}`, ...input }: Input = {}) {
  const event = {
    httpMethod: method,
    headers: { 'User-Agent': 'curl', ...input.headers },
    queryStringParameters: input.query ?? null,
    body: input.body ?? null,
    isBase64Encoded: false,
    requestContext: {
      requestId: 'request-1',
      path: `/admin/v1${path}`,
      requestTimeEpoch: 0,
      identity: { sourceIp: '192.0.2.1' },
      authorizer: input.authorizer === undefined ? OPERATOR : input.authorizer,
    },
  } as unknown as APIGatewayProxyEvent;
  const { statusCode, headers, body } = await handler(event, lambdaContext);
  const isJson =
    String(headers?.['content-type']).includes('json') &&
    !String(headers?.['content-type']).includes('jsonl');
  return { status: statusCode, headers, body: isJson ? (JSON.parse(body) as Record<string, unknown>) : body };
}

const postThings = (body: string, headers?: Record<string, string>) =>
  callHandler({ method: 'POST', path: `/domains/${DOMAIN}/things`, body, headers });

let log: jest.SpyInstance;
beforeEach(() => {
  thrown = receivedRequest = undefined;
  audited = [];
  log = jest.spyOn(logger, 'info').mockImplementation();
  jest.spyOn(logger, 'error').mockImplementation();
  jest.spyOn(console, 'log').mockImplementation();
});
afterEach(() => jest.restoreAllMocks());

describe('adminHandler', () => {
  it('hands the caller, the domain and the query to the route', async () => {
    expect(await callHandler({ query: { limit: '5' } })).toMatchObject({
      status: 200,
      body: { name: 'Example' },
    });
    expect(receivedRequest).toMatchObject({
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

  it('lets nothing on the way keep an answer, and names the request', async () => {
    for (const answer of [await callHandler(), await callHandler({ path: '/nothing' })])
      expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'x-request-id': 'request-1' });
  });

  it('asks nobody who they are where the route is for everybody, and everybody elsewhere', async () => {
    expect((await callHandler({ path: '/open', authorizer: null })).status).toBe(200);
    expect((await callHandler({ authorizer: null })).status).toBe(401);
  });

  it('tells what is more than it can answer, and how to ask for less', async () => {
    expect(await callHandler({ path: '/large', authorizer: null })).toMatchObject({
      status: 400,
      body: { detail: expect.stringMatching(/larger than 6 MB.*with limit/) as string },
    });
  });

  it('answers what is no JSON as it is', async () => {
    expect(await callHandler({ path: '/text' })).toMatchObject({
      body: '{}\n',
      headers: { 'content-type': 'application/jsonl' },
    });
  });

  it.each<[string, Input, number, string]>([
    ['no such path', { path: '/nothing' }, 404, '/nothing'],
    ['a path in other letters', { path: `/Domains/${DOMAIN}` }, 404, 'Domains'],
    ['a slash too many', { path: `/domains/${DOMAIN}/` }, 404, 'nothing at'],
    ['another method', { method: 'PUT' }, 405, 'GET'],
    ['what browsers ask before a request of another origin', { method: 'OPTIONS' }, 405, 'GET'],
    ['a question for the headers alone', { method: 'HEAD' }, 405, 'GET'],
    ['no such domain', { path: '/domains/01890000-0000-7000-8000-00000000000b' }, 404, 'no domain'],
    ['an id that is none', { path: `/domains/${'x'.repeat(3_000)}` }, 404, 'no domain'],
    ['a parameter that there is not', { query: { lmit: '1' } }, 400, 'lmit'],
  ])('answers a problem for %s', async (_, input, status, detail) => {
    const answer = await callHandler(input);
    expect(answer).toMatchObject({
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
    ['no JSON', '{', {}, 400],
    ['an array', '[]', {}, 400],
    ['null', 'null', {}, 400],
    ['no body', '', {}, 400],
    ['a member of another type', '{"name":1}', {}, 400],
    ['another media type', 'name=x', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
  ])('refuses a body: %s', async (_, body, headers, status) => {
    expect((await postThings(body, headers)).status).toBe(status);
  });

  it('tells who may not change the domain that before it tells what is wrong with the body', async () => {
    const authorizer = {
      ...OPERATOR,
      kind: 'user',
      roles: `{"operator":false,"domains":{"${DOMAIN}":"viewer"}}`,
    };
    const answer = await callHandler({
      method: 'POST',
      path: `/domains/${DOMAIN}/things`,
      body: '{',
      authorizer,
    });
    expect(answer.status).toBe(403);
  });

  it.each<[string, Error, number]>([
    ['what is invalid', new AdminError('Change it.'), 400],
    ['what is not there', new AdminError('Not there.', 'notFound'), 404],
    ['a lost race', new AdminError('Others came first.', 'conflict'), 409],
    ['an error of a SCIM service', ScimError.unavailable('Later.', 3), 503],
    ['a busy database', Object.assign(new Error('slow'), { name: 'ThrottlingException' }), 503],
    ['anything else', new Error('secret detail'), 500],
  ])('turns into a problem: %s', async (_, error, status) => {
    thrown = error;
    const answer = await postThings('{"name":"x"}');
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body)).not.toContain('secret detail');
    if (status === 503) expect(answer.headers?.['retry-after']).toMatch(/^[13]$/);
  });

  const VIEWER = { ...OPERATOR, kind: 'user', roles: `{"operator":false,"domains":{"${DOMAIN}":"viewer"}}` };
  const STRANGER = { ...OPERATOR, kind: 'user', roles: '{"operator":false,"domains":{}}' };

  it('writes down a change that was refused, with who asked for it and why it was not done', async () => {
    await callHandler({
      method: 'POST',
      path: `/domains/${DOMAIN}/things`,
      body: '{"name":"x"}',
      authorizer: VIEWER,
      headers: { 'X-Portal-Origin-Secret': 'secret', 'X-Forwarded-For': '203.0.113.5, 192.0.2.1' },
    });
    expect(audited).toEqual([
      [
        DOMAIN,
        expect.objectContaining({
          action: 'request.refused',
          actor: expect.objectContaining({ id: 'operator', sourceAddress: '203.0.113.5' }) as object,
          request: 'POST /domains/{domainId}/things',
          requestId: 'request-1',
          status: 403,
          reason: expect.stringContaining('not change it') as string,
        }),
      ],
    ]);
  });

  it.each<[string, Input]>([
    ['of a change that is not valid, once', { body: '{}' }],
    ['of one that may not be made now', { body: '{"name":"x"}' }],
  ])('writes down a refusal %s', async (_, input) => {
    thrown = new AdminError('Not now.', 'conflict');
    await callHandler({ method: 'POST', path: `/domains/${DOMAIN}/things`, ...input });
    expect(audited).toHaveLength(1);
  });

  it('writes down at the deployment what is about no domain', async () => {
    await callHandler({ method: 'POST', path: '/things', authorizer: VIEWER });
    expect(audited).toEqual([['DEPLOYMENT', expect.objectContaining({ status: 403 })]]);
  });

  it.each<[string, Input]>([
    ['strangers', { authorizer: STRANGER }],
    ['nobody', { authorizer: null }],
    ['a domain that there is not', { path: '/domains/01890000-0000-7000-8000-00000000000b/things' }],
    ['a domain whose id is none', { path: `/domains/${'x'.repeat(3_000)}/things` }],
    ['what only reads', { method: 'GET', path: `/domains/${DOMAIN}`, query: { lmit: '1' } }],
    ['a path that there is not', { path: '/nothing' }],
  ])('writes down nothing of %s', async (_, input) => {
    await callHandler({ method: 'POST', path: `/domains/${DOMAIN}/things`, body: '{', ...input });
    expect(audited).toEqual([]);
  });

  it('answers all the same where a refusal cannot be written down', async () => {
    audited.push = () => {
      throw new Error('busy');
    };
    expect((await postThings('{')).status).toBe(400);
  });

  it('logs a line for each request, without names and bodies', async () => {
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
