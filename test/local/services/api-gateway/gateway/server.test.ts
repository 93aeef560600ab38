import { request } from 'node:http';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { type GatewayRig, startGateway } from './rig';

let rig: GatewayRig;
beforeAll(async () => (rig = await startGateway()));
afterAll(() => rig.stop());

interface RawAnswer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
}

/** A request whose headers and path arrive exactly as they are written. */
function send(
  path: string,
  {
    method = 'GET',
    headers = {},
    body,
  }: { method?: string; headers?: Record<string, string | string[]>; body?: Buffer | string } = {},
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(rig.url + path, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** What the fixture's functions and the gateway answer. */
interface AnswerBody {
  readonly event: APIGatewayProxyEvent;
}

const json = ({ body }: RawAnswer) => JSON.parse(body.toString()) as AnswerBody;
const eventOf = async (...call: Parameters<typeof send>) => json(await send(...call)).event;

describe('the event', () => {
  it('has path, resource and decoded path parameters', async () => {
    const event = await eventOf('/scim/open/a%2Fb/c%20d/e');
    expect(event).toMatchObject({
      resource: '/open/{id}/{proxy+}',
      path: '/open/a%2Fb/c%20d/e',
      httpMethod: 'GET',
      pathParameters: { id: 'a/b', proxy: 'c d/e' },
      stageVariables: { color: 'blue' },
      body: null,
      isBase64Encoded: false,
    });
    expect((await eventOf('/scim/open')).pathParameters).toBeNull();
  });

  it('has the query decoded once, plus signs as spaces, the last of several values', async () => {
    const event = await eventOf('/scim/open?filter=userName+eq%20%22a%2Bb%2525%22&a=1&a=2&flag');
    expect(event.queryStringParameters).toEqual({ filter: 'userName eq "a+b%25"', a: '2', flag: '' });
    expect(event.multiValueQueryStringParameters).toEqual({
      filter: ['userName eq "a+b%25"'],
      a: ['1', '2'],
      flag: [''],
    });
    expect((await eventOf('/scim/open?')).queryStringParameters).toBeNull();
  });

  it('takes parameters and headers by whatever name', async () => {
    const headers = { constructor: 'c', ['__proto__']: 'p' };
    const event = await eventOf('/scim/open?constructor=1&__proto__=2&toString=3', { headers });
    expect(Object.entries(event.queryStringParameters ?? {})).toEqual([
      ['constructor', '1'],
      ['__proto__', '2'],
      ['toString', '3'],
    ]);
    expect(Object.entries(event.headers)).toContainEqual(['constructor', 'c']);
  });

  it('has the headers as the client wrote them', async () => {
    const event = await eventOf('/scim/open', { headers: { 'X-MiXed': ['1', '2'], 'x-lower': 'a' } });
    expect(event.headers).toMatchObject({
      'X-MiXed': '2',
      'x-lower': 'a',
      'X-Forwarded-Proto': 'http',
      'X-Forwarded-For': '127.0.0.1',
    });
    expect(event.multiValueHeaders).toMatchObject({ 'X-MiXed': ['1', '2'], 'x-lower': ['a'] });
  });

  it('adds to X-Forwarded-For and does not believe X-Forwarded-Proto', async () => {
    const headers = { 'X-Forwarded-For': '192.0.2.1', 'X-Forwarded-Proto': 'https' };
    expect((await eventOf('/scim/open', { headers })).headers).toMatchObject({
      'X-Forwarded-For': '192.0.2.1, 127.0.0.1',
      'X-Forwarded-Proto': 'http',
    });
  });

  it('has the request context', async () => {
    const { requestContext } = await eventOf('/scim/open/7?a=b', { headers: { 'User-Agent': 'test' } });
    expect(requestContext).toMatchObject({
      path: '/scim/open/7',
      stage: 'scim',
      resourcePath: '/open/{id}',
      httpMethod: 'GET',
      protocol: 'HTTP/1.1',
      domainName: rig.url.replace('http://', ''),
      identity: { sourceIp: '127.0.0.1', userAgent: 'test' },
    });
    expect(Math.abs(Date.now() - requestContext.requestTimeEpoch)).toBeLessThan(5000);
    expect(requestContext.requestTime).toMatch(/^\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
  });

  it('has the body as text, or as base64 where the API names its type', async () => {
    const body = '{"name":"Zoë"}';
    expect((await eventOf('/scim/open', { method: 'POST', body })).body).toBe(body);
    const binary = await eventOf('/scim/open', {
      method: 'POST',
      body: Buffer.from([0, 255]),
      headers: { 'Content-Type': 'image/png' },
    });
    expect(binary).toMatchObject({ body: 'AP8=', isBase64Encoded: true });
  });

  it('has a compressed body unpacked', async () => {
    const headers = { 'Content-Encoding': 'gzip' };
    expect((await eventOf('/scim/open', { method: 'POST', body: gzipSync('hello'), headers })).body).toBe(
      'hello',
    );
    expect((await send('/scim/open', { method: 'POST', body: 'no gzip', headers })).status).toBe(400);
  });
});

describe('the answer', () => {
  it('carries the ids of the request', async () => {
    const answer = await send('/scim/open');
    expect(answer.headers['x-amzn-requestid']).toBe(json(answer).event.requestContext.requestId);
    expect(answer.headers['x-amz-apigw-id']).toBeDefined();
  });

  it('renames the headers that API Gateway keeps for itself, and prefers multi-valued ones', async () => {
    const { status, headers } = await send('/scim/open?headers=1');
    expect(status).toBe(202);
    expect(headers).toMatchObject({
      'x-amzn-remapped-www-authenticate': 'Basic',
      'x-amzn-remapped-date': 'today',
      'x-one': '1',
      'x-two': 'a, b',
      'content-type': 'application/json',
    });
    expect(headers['www-authenticate']).toBeUndefined();
  });

  it('has no body for HEAD, and reaches ANY with every method', async () => {
    const head = await send('/scim/open?text=10', { method: 'HEAD' });
    expect([head.status, head.headers['content-length'], head.body.length]).toEqual([200, '10', 0]);
    expect((await eventOf('/scim/open', { method: 'OPTIONS' })).httpMethod).toBe('OPTIONS');
  });

  it('is compressed from the size that the API names, where the client accepts it', async () => {
    const headers = { 'Accept-Encoding': 'br, gzip' };
    const large = await send('/scim/open?text=1000', { headers });
    expect(large.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(large.body).toString()).toBe('x'.repeat(1000));
    expect((await send('/scim/open?text=999', { headers })).headers['content-encoding']).toBeUndefined();
    expect((await send('/scim/open?text=1000')).headers['content-encoding']).toBeUndefined();
  });
});

describe('base64 of a function', () => {
  const PACKED = gzipSync('unpacked');

  it.each([
    ['the bytes', 'image/png', 'image/png', PACKED],
    ['the bytes, by the first of what is accepted', 'image/png', 'image/png;q=0.5, text/plain', PACKED],
    ['base64 where another type is accepted', 'image/png', 'text/plain, image/png', undefined],
    ['base64 where it does not say what it accepts', 'image/png', undefined, undefined],
    ['base64 of a type that the API does not name', 'text/plain', 'image/png', undefined],
  ])('is given to a client as %s', async (_, type, accept, bytes) => {
    const headers = { 'Accept-Encoding': 'gzip', ...(accept !== undefined && { Accept: accept }) };
    const answer = await send(`/scim/open?binary=${type}`, { headers });
    // What is packed is not packed again.
    expect(answer.headers['content-encoding']).toBe('gzip');
    expect(answer.body).toEqual(bytes ?? Buffer.from(PACKED.toString('base64')));
  });
});

describe('what API Gateway answers itself', () => {
  it.each([
    ['a path that no resource has', '/scim/nowhere', 'GET', 403, 'Missing Authentication Token'],
    ['a method that the resource lacks', '/scim/open/7', 'DELETE', 403, 'Missing Authentication Token'],
    ['another stage', '/other/open', 'GET', 403, 'Forbidden'],
    ['a stage that only begins the same', '/scimmy/open', 'GET', 403, 'Forbidden'],
    ['a function that throws', '/scim/open?fail=1', 'GET', 502, 'Internal server error'],
    ['a function that ends its process', '/scim/open?exit=1', 'GET', 502, 'Internal server error'],
    ['a malformed answer', '/scim/open?malformed=1', 'GET', 502, 'Internal server error'],
    ['an answer over 6 MB', '/scim/open?large=1', 'GET', 502, 'Internal server error'],
    ['a function that takes too long', '/scim/open?wait=2500', 'GET', 504, 'Endpoint request timed out'],
  ])('%s', async (_, path, method, status, message) => {
    const answer = await send(path, { method });
    expect(answer.status).toBe(status);
    expect(json(answer)).toEqual({ message });
  });

  it.each([
    ['10 MB', 10 * 1024 * 1024 + 1],
    ['what a function takes', 6 * 1024 * 1024],
  ])('a body over %s is 413', async (_, size) => {
    const answer = await send('/scim/open', { method: 'POST', body: Buffer.alloc(size, 'x') });
    expect(answer.status).toBe(413);
    expect(json(answer)).toEqual({ message: 'Request Too Long' });
  });
});

describe('the authorizer', () => {
  const guarded = (token?: string, path = '/scim/guarded', method = 'GET') =>
    send(path, { method, headers: token === undefined ? {} : { authorization: token } });
  beforeEach(() => rig.flushAuthorizer());

  it('is not asked about a token that is missing or of another form', async () => {
    for (const token of [undefined, '', 'Basic abc', 'Bearer UPPER']) {
      const answer = await guarded(token);
      expect(answer.status).toBe(401);
      expect(json(answer)).toEqual({ message: 'Unauthorized' });
    }
  });

  it.each([
    ['unauthorized', 401],
    ['broken', 500],
    ['malformed', 500],
    ['denied', 403],
    ['fine', 200],
  ])('turns %s into %i', async (token, status) => {
    expect((await guarded(`Bearer ${token}`)).status).toBe(status);
  });

  it('gives the gateway response its context, and the function strings', async () => {
    const denied = await guarded('Bearer denied');
    expect(denied.headers['content-type']).toBe('application/scim+json');
    expect(json(denied)).toEqual({ detail: 'It is off.' });
    const { authorizer } = json(await guarded('Bearer fine')).event.requestContext;
    expect(authorizer).toEqual({
      principalId: 'someone',
      reason: 'It is off.',
      count: expect.stringMatching(/^\d+$/) as string,
      flag: 'true',
    });
  });

  it('is asked once per token, whatever the method and path, until the cache is flushed', async () => {
    const count = async (...call: Parameters<typeof guarded>) =>
      Number(json(await guarded(...call)).event.requestContext.authorizer?.count);
    const first = await count('Bearer fine');
    expect(await count('Bearer fine', '/scim/guarded', 'POST')).toBe(first);
    expect(await count('Bearer other')).toBe(first + 1);
    rig.flushAuthorizer();
    expect(await count('Bearer fine')).toBe(first + 2);
  });
});

describe('an authorizer of the whole request', () => {
  const asked = (headers: Record<string, string>, path = '/scim/asked?a=b', method = 'GET') =>
    send(path, { method, headers, body: method === 'POST' ? 'a body' : undefined });
  const KEY = 'key-of-the-template-itself';
  beforeEach(() => rig.flushAuthorizer());

  it('is not asked where an identity source is missing or empty', async () => {
    expect((await asked({})).status).toBe(401);
    expect((await asked({ 'Api-Key': '' })).status).toBe(401);
  });

  it('sees the request but for its body', async () => {
    const { authorizer } = json(await asked({ 'Api-Key': KEY, 'X-More': '1' }, undefined, 'POST')).event
      .requestContext;
    const event = JSON.parse(String(authorizer?.event)) as Record<string, unknown>;
    expect(event).toMatchObject({
      type: 'REQUEST',
      httpMethod: 'POST',
      path: '/asked',
      headers: { 'Api-Key': KEY, 'X-More': '1' },
      queryStringParameters: { a: 'b' },
      requestContext: { identity: { sourceIp: '127.0.0.1' } },
    });
    expect(event).not.toHaveProperty('body');
  });

  it('is asked once for the same identity, whatever else the request holds', async () => {
    const count = async (...call: Parameters<typeof asked>) =>
      Number(json(await asked(...call)).event.requestContext.authorizer?.count);
    const first = await count({ 'Api-Key': KEY });
    expect(await count({ 'api-key': KEY, 'X-More': '1' }, '/scim/asked', 'POST')).toBe(first);
    rig.flushAuthorizer();
    expect(await count({ 'Api-Key': KEY })).toBe(first + 1);
  });

  it('puts a request on the plan of a key that the template itself has made', async () => {
    expect((await asked({ 'Api-Key': KEY })).status).toBe(200);
    expect((await asked({ 'Api-Key': 'key-of-nobody-at-all' })).status).toBe(403);
  });
});

describe('usage plans', () => {
  const metered = (value: string) =>
    send('/scim/metered', { headers: { authorization: `Bearer t/${value}` } });

  function keyOn(plan: string): string {
    const value = `key-${plan}-${rig.keys.all().length}-of-the-tests`.toLowerCase();
    const { id } = rig.keys.create({ name: 'test', enabled: true, value });
    rig.keys.addToPlan(plan, { keyId: id, keyType: 'API_KEY' });
    return value;
  }

  it('refuse a request without a key, or with one that is on no plan', async () => {
    const none = await send('/scim/metered', { headers: { authorization: 'Bearer t' } });
    expect([none.status, json(none)]).toEqual([403, { message: 'Forbidden' }]);
    expect((await metered('unknown-key-of-20-characters')).status).toBe(403);
  });

  it('refuse a key that was switched off', async () => {
    const value = keyOn(rig.plans.unmetered);
    expect((await metered(value)).status).toBe(200);
    const { id } = rig.keys.all().find((key) => key.value === value) ?? { id: '' };
    rig.keys.update(id, { patchOperations: [{ op: 'replace', path: '/enabled', value: 'false' }] });
    expect((await metered(value)).status).toBe(403);
  });

  it('limit each key to the burst of its plan', async () => {
    const value = keyOn(rig.plans.standard);
    const statuses = [await metered(value), await metered(value), await metered(value)].map(
      ({ status }) => status,
    );
    expect(statuses).toEqual([200, 200, 429]);
    expect((await metered(keyOn(rig.plans.standard))).status).toBe(200);
  });

  it('do not limit a plan without a throttle', async () => {
    const value = keyOn(rig.plans.unmetered);
    const answers = await Promise.all(Array.from({ length: 20 }, () => metered(value)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });
});
