import { gzipSync } from 'node:zlib';
import { json, sendTo } from './client';
import { type GatewayRig, startGateway } from './rig';

let rig: GatewayRig;
beforeAll(async () => (rig = await startGateway()));
afterAll(() => rig.stop());
const send = (path: string, options?: Parameters<typeof sendTo>[2]) => sendTo(rig, path, options);
const eventOf = async (...call: Parameters<typeof send>) => json(await send(...call)).event;

describe('the event of a request', () => {
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

  it('decodes the query once, with plus signs as spaces, and keeps the last of several values', async () => {
    const event = await eventOf('/scim/open?filter=userName+eq%20%22a%2Bb%2525%22&a=1&a=2&flag');
    expect(event.queryStringParameters).toEqual({ filter: 'userName eq "a+b%25"', a: '2', flag: '' });
    expect(event.multiValueQueryStringParameters).toEqual({
      filter: ['userName eq "a+b%25"'],
      a: ['1', '2'],
      flag: [''],
    });
    expect((await eventOf('/scim/open?')).queryStringParameters).toBeNull();
  });

  it('accepts any names of parameters and headers', async () => {
    const headers = { constructor: 'c', ['__proto__']: 'p' };
    const event = await eventOf('/scim/open?constructor=1&__proto__=2&toString=3', { headers });
    expect(Object.entries(event.queryStringParameters ?? {})).toEqual([
      ['constructor', '1'],
      ['__proto__', '2'],
      ['toString', '3'],
    ]);
    expect(Object.entries(event.headers)).toContainEqual(['constructor', 'c']);
  });

  it('keeps the case of header names', async () => {
    const event = await eventOf('/scim/open', { headers: { 'X-MiXed': ['1', '2'], 'x-lower': 'a' } });
    expect(event.headers).toMatchObject({
      'X-MiXed': '2',
      'x-lower': 'a',
      'X-Forwarded-Proto': 'http',
      'X-Forwarded-For': '127.0.0.1',
    });
    expect(event.multiValueHeaders).toMatchObject({ 'X-MiXed': ['1', '2'], 'x-lower': ['a'] });
  });

  it('appends to X-Forwarded-For and overrides X-Forwarded-Proto', async () => {
    const headers = { 'X-Forwarded-For': '192.0.2.1', 'X-Forwarded-Proto': 'https' };
    expect((await eventOf('/scim/open', { headers })).headers).toMatchObject({
      'X-Forwarded-For': '192.0.2.1, 127.0.0.1',
      'X-Forwarded-Proto': 'http',
    });
  });

  it('has the request context', async () => {
    const before = Date.now();
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
    expect(requestContext.requestTimeEpoch).toBeGreaterThanOrEqual(before);
    expect(requestContext.requestTimeEpoch).toBeLessThanOrEqual(Date.now());
    expect(requestContext.requestTime).toMatch(/^\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
  });

  it('has the body as text, or as base64 if its type is a binary media type', async () => {
    const body = '{"name":"Zoë"}';
    expect((await eventOf('/scim/open', { method: 'POST', body })).body).toBe(body);
    const binary = await eventOf('/scim/open', {
      method: 'POST',
      body: Buffer.from([0, 255]),
      headers: { 'Content-Type': 'image/png' },
    });
    expect(binary).toMatchObject({ body: 'AP8=', isBase64Encoded: true });
  });

  it('has a decompressed body', async () => {
    const headers = { 'Content-Encoding': 'gzip' };
    expect((await eventOf('/scim/open', { method: 'POST', body: gzipSync('hello'), headers })).body).toBe(
      'hello',
    );
    expect((await send('/scim/open', { method: 'POST', body: 'no gzip', headers })).status).toBe(400);
  });
});
