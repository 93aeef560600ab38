import { noContent, ok } from '../../../shared/http/chain/response';
import type { ScimRequest } from '../../../shared/http/chain/request';
import type { ScimRoute } from '../../../shared/http/chain/scim-route';
import { scimHandler } from '../../../shared/http/chain/scim-handler';
import {
  parseBody,
  apiEvent,
  lambdaContext,
  PRINCIPAL,
  type EventInput,
} from '../../support/requests/api-events';

let requests: ScimRequest[];
let printed: string[];

const handler = scimHandler((): ScimRoute[] => [
  {
    method: 'POST',
    path: '/Users/{id}',
    handle: (request) => {
      requests.push(request);
      return ok({ id: request.parameters.id });
    },
  },
  { method: 'DELETE', path: '/Users/{id}', handle: noContent },
  {
    method: 'GET',
    path: '/Users/{id}',
    handle: () => {
      throw new Error('the pepper is salt');
    },
  },
]);

const send = (input: EventInput) => handler(apiEvent(input), lambdaContext);

beforeAll(() => {
  process.env.RATE_PLANS = JSON.stringify({ unmetered: null, standard: { perMinute: 10, perTenSeconds: 5 } });
});
beforeEach(() => {
  requests = [];
  printed = [];
  for (const name of ['log', 'info', 'error', 'warn', 'debug'] as const) {
    jest.spyOn(console, name).mockImplementation((...line: unknown[]) => void printed.push(line.join(' ')));
  }
  jest.spyOn(process.stdout, 'write').mockImplementation((line) => printed.push(String(line)) > 0);
  jest.spyOn(process.stderr, 'write').mockImplementation((line) => printed.push(String(line)) > 0);
});
afterEach(() => jest.restoreAllMocks());

describe('scimHandler', () => {
  it('passes the parameters and the parsed body to the route, and returns the request id', async () => {
    const response = await send({ method: 'POST', path: '/users/a%2Fb', body: '{"userName":"ada"}' });
    expect(response).toMatchObject({
      statusCode: 200,
      headers: { 'content-type': 'application/scim+json', 'x-request-id': 'request-1' },
    });
    expect(parseBody(response)).toEqual({ id: 'a/b' });
    expect(requests[0]).toMatchObject({ body: { userName: 'ada' }, principal: PRINCIPAL });
  });

  it('responds 204 without a body and without a media type', async () => {
    const response = await send({ method: 'DELETE', path: '/Users/1' });
    expect(response).toEqual({
      statusCode: 204,
      body: '',
      headers: { 'cache-control': 'no-store', 'x-request-id': 'request-1' },
    });
  });

  it('reports a wrong path or method whatever the body is', async () => {
    const body = { body: 'nonsense', headers: { 'content-type': 'text/plain' } };
    expect((await send({ method: 'POST', path: '/Nothing', ...body })).statusCode).toBe(404);
    const wrong = await send({ method: 'PUT', path: '/Users/1', ...body });
    expect(wrong).toMatchObject({
      statusCode: 405,
      headers: { allow: 'POST, DELETE, GET', 'x-request-id': 'request-1' },
    });
  });

  it('responds to an internal error with a bare 500, and logs its cause', async () => {
    const response = await send({ path: '/Users/1' });
    expect(response.statusCode).toBe(500);
    expect(response.body).not.toContain('pepper');
    expect(printed.join('\n')).toContain('the pepper is salt');
    expect(printed.join('\n')).toContain('InternalError');
  });

  it('refuses a key that expired while the authorizer’s result was cached', async () => {
    const now = Date.now();
    const at = (ms: number) => ({ ...PRINCIPAL, expireTime: new Date(now + ms).toISOString() });
    expect((await send({ method: 'DELETE', path: '/Users/1', authorizer: at(-1) })).statusCode).toBe(401);
    expect((await send({ method: 'DELETE', path: '/Users/1', authorizer: at(3_600_000) })).statusCode).toBe(
      204,
    );
  });

  it('is 401 without an authorizer’s context', async () => {
    const response = await send({ method: 'DELETE', path: '/Users/1', authorizer: null });
    expect(response).toMatchObject({ statusCode: 401, headers: { 'x-request-id': 'request-1' } });
  });

  it('logs one line for each request, without body and token', async () => {
    await send({
      method: 'POST',
      path: '/Users/private-id',
      body: '{"userName":"ada@example.com"}',
      headers: { authorization: 'Bearer scim_secret' },
    });
    expect(printed).toHaveLength(1);
    expect(JSON.parse(printed[0] ?? '')).toMatchObject({
      message: 'request',
      requestId: 'request-1',
      method: 'POST',
      route: '/Users/{id}',
      status: 200,
      domainId: 'domain-1',
      keyId: 'key-1',
    });
    expect(printed[0]).not.toMatch(/ada@example|scim_secret|private-id/);
  });

  it('continues and logs an error if the rate counter is unavailable', async () => {
    // Nothing listens on port 9.
    Object.assign(process.env, {
      TABLE_NAME: 'table',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:9',
    });
    const authorizer = { ...PRINCIPAL, ratePlan: 'standard' };
    const response = await send({ method: 'DELETE', path: '/Users/1', authorizer });
    expect(response.statusCode).toBe(204);
    expect(response.headers).not.toHaveProperty('ratelimit');
    expect(printed.join('\n')).toContain('RateCounterUnavailable');
  });
});
