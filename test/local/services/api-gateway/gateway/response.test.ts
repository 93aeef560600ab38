import { gunzipSync, gzipSync } from 'node:zlib';
import { HANG_LIMIT_MS } from '../../../../support/jest/timeouts';
import { json, sendTo } from './client';
import { type GatewayRig, startGateway } from './rig';

let rig: GatewayRig;
beforeAll(async () => (rig = await startGateway()));
afterAll(() => rig.stop());
const send = (path: string, options?: Parameters<typeof sendTo>[2]) => sendTo(rig, path, options);
const eventOf = async (...call: Parameters<typeof send>) => json(await send(...call)).event;

describe('the response of a function', () => {
  it('has the request ids', async () => {
    const answer = await send('/scim/open');
    expect(answer.headers['x-amzn-requestid']).toBe(json(answer).event.requestContext.requestId);
    expect(answer.headers['x-amz-apigw-id']).toBeDefined();
  });

  it('has renamed headers if API Gateway reserves them, and prefers multi-valued ones', async () => {
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

  it('has no body for HEAD; ANY handles every method', async () => {
    const head = await send('/scim/open?text=10', { method: 'HEAD' });
    expect([head.status, head.headers['content-length'], head.body.length]).toEqual([200, '10', 0]);
    expect((await eventOf('/scim/open', { method: 'OPTIONS' })).httpMethod).toBe('OPTIONS');
  });

  it('is compressed from the minimum size on if the client accepts it', async () => {
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
    ['bytes', 'image/png', 'image/png', PACKED],
    ['bytes, by the first accepted type', 'image/png', 'image/png;q=0.5, text/plain', PACKED],
    ['base64 if the first accepted type is another one', 'image/png', 'text/plain, image/png', undefined],
    ['base64 if there is no Accept header', 'image/png', undefined, undefined],
    ['base64 if the type is not a binary media type', 'text/plain', 'image/png', undefined],
  ])('reaches the client as %s', async (_, type, accept, bytes) => {
    const headers = { 'Accept-Encoding': 'gzip', ...(accept !== undefined && { Accept: accept }) };
    const answer = await send(`/scim/open?binary=${type}`, { headers });
    // A compressed response is not compressed again.
    expect(answer.headers['content-encoding']).toBe('gzip');
    expect(answer.body).toEqual(bytes ?? Buffer.from(PACKED.toString('base64')));
  });
});

describe('the responses of API Gateway itself', () => {
  it.each([
    ['a path without a resource', '/scim/nowhere', 'GET', 403, 'Missing Authentication Token'],
    ['a method that the resource lacks', '/scim/open/7', 'DELETE', 403, 'Missing Authentication Token'],
    ['another stage', '/other/open', 'GET', 403, 'Forbidden'],
    ['a stage with the same beginning', '/scimmy/open', 'GET', 403, 'Forbidden'],
    ['a function that throws', '/scim/open?fail=1', 'GET', 502, 'Internal server error'],
    ['a function whose process ends', '/scim/open?exit=1', 'GET', 502, 'Internal server error'],
    ['a malformed response', '/scim/open?malformed=1', 'GET', 502, 'Internal server error'],
    ['a response over 6 MB', '/scim/open?large=1', 'GET', 502, 'Internal server error'],
  ])('%s', async (_, path, method, status, message) => {
    const answer = await send(path, { method });
    expect(answer.status).toBe(status);
    expect(json(answer)).toEqual({ message });
  });

  it('a function that takes too long', async () => {
    const impatient = await startGateway({ integrationTimeoutMs: 100 });
    const response = await fetch(`${impatient.url}/scim/open?wait=${HANG_LIMIT_MS}`);
    expect(response.status).toBe(504);
    expect(await response.json()).toEqual({ message: 'Endpoint request timed out' });
    await impatient.stop();
  });

  it.each([
    ['10 MB', 10 * 1024 * 1024 + 1],
    ['the limit of functions', 6 * 1024 * 1024],
  ])('a body over %s is 413', async (_, size) => {
    const answer = await send('/scim/open', { method: 'POST', body: Buffer.alloc(size, 'x') });
    expect(answer.status).toBe(413);
    expect(json(answer)).toEqual({ message: 'Request Too Long' });
  });
});
