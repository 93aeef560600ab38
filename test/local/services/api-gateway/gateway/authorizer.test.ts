import { json, sendTo } from './client';
import { type GatewayRig, startGateway } from './rig';

let rig: GatewayRig;
beforeAll(async () => (rig = await startGateway()));
afterAll(() => rig.stop());
const send = (path: string, options?: Parameters<typeof sendTo>[2]) => sendTo(rig, path, options);

describe('a TOKEN authorizer', () => {
  const guarded = (token?: string, path = '/scim/guarded', method = 'GET') =>
    send(path, { method, headers: token === undefined ? {} : { authorization: token } });
  beforeEach(() => rig.flushAuthorizer());

  it('is not invoked if the token is missing or does not match the pattern', async () => {
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

  it('passes its context to gateway responses, and as strings to functions', async () => {
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

  it('is invoked once per token for all methods and paths, until the cache is flushed', async () => {
    const count = async (...call: Parameters<typeof guarded>) =>
      Number(json(await guarded(...call)).event.requestContext.authorizer?.count);
    const first = await count('Bearer fine');
    expect(await count('Bearer fine', '/scim/guarded', 'POST')).toBe(first);
    expect(await count('Bearer other')).toBe(first + 1);
    rig.flushAuthorizer();
    expect(await count('Bearer fine')).toBe(first + 2);
  });
});

describe('a REQUEST authorizer', () => {
  const asked = (headers: Record<string, string>, path = '/scim/asked?a=b', method = 'GET') =>
    send(path, { method, headers, body: method === 'POST' ? 'a body' : undefined });
  const KEY = 'key-of-the-template-itself';
  beforeEach(() => rig.flushAuthorizer());

  it('is not invoked if an identity source is missing or empty', async () => {
    expect((await asked({})).status).toBe(401);
    expect((await asked({ 'Api-Key': '' })).status).toBe(401);
  });

  it('receives the request without its body', async () => {
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

  it('is invoked once per identity, whatever else the request contains', async () => {
    const count = async (...call: Parameters<typeof asked>) =>
      Number(json(await asked(...call)).event.requestContext.authorizer?.count);
    const first = await count({ 'Api-Key': KEY });
    expect(await count({ 'api-key': KEY, 'X-More': '1' }, '/scim/asked', 'POST')).toBe(first);
    rig.flushAuthorizer();
    expect(await count({ 'Api-Key': KEY })).toBe(first + 1);
  });

  it('selects the usage plan of a key of the template', async () => {
    expect((await asked({ 'Api-Key': KEY })).status).toBe(200);
    expect((await asked({ 'Api-Key': 'key-of-nobody-at-all' })).status).toBe(403);
  });
});
