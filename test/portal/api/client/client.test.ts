import { ApiClient } from '../../../../portal/src/api/client/client';
import { ApiProblem } from '../../../../portal/src/api/client/problem';

interface SentRequest {
  readonly url: string;
  readonly init: RequestInit;
}

function clientWithResponse(respond: () => Response | Promise<Response>, renewed?: string) {
  const sent: SentRequest[] = [];
  const client = new ApiClient(
    '/admin/v1',
    { token: () => 'token', renew: () => Promise.resolve(renewed) },
    (url, init = {}) => {
      sent.push({ url: url as string, init });
      return Promise.resolve().then(respond);
    },
  );
  return { client, sent };
}

const json = (body: unknown, init: ResponseInit = {}) =>
  new Response(JSON.stringify(body), {
    ...init,
    headers: { 'content-type': 'application/json', ...init.headers },
  });

describe('the client of the admin API', () => {
  it('inserts path parameters and escapes them', async () => {
    const { client, sent } = clientWithResponse(() => new Response(null, { status: 204 }));
    await client.call('DELETE /domains/{domainId}/suppressed-addresses/{address}', {
      path: { domainId: 'd1', address: 'a/b@example.com' },
    });
    expect(sent[0]?.url).toBe('/admin/v1/domains/d1/suppressed-addresses/a%2Fb%40example.com');
    expect(sent[0]?.init.method).toBe('DELETE');
  });

  it('omits absent and empty query parameters', async () => {
    const { client, sent } = clientWithResponse(() => json({ items: [] }));
    await client.call('GET /domains/{domainId}/users', {
      path: { domainId: 'd1' },
      query: { search: '', limit: 5, cursor: undefined },
    });
    expect(sent[0]?.url).toBe('/admin/v1/domains/d1/users?limit=5');
  });

  it('sends the token and a JSON body', async () => {
    const { client, sent } = clientWithResponse(() => json({}, { status: 201 }));
    await client.call('POST /domains', { body: { name: 'Example' } });
    expect(sent[0]?.init.headers).toEqual({
      authorization: 'Bearer token',
      'content-type': 'application/json',
    });
    expect(sent[0]?.init.body).toBe('{"name":"Example"}');
  });

  it('returns nothing for an empty body, whatever its content type', async () => {
    const headers = { 'content-type': 'application/json' };
    const { client } = clientWithResponse(() => new Response(null, { status: 202, headers }));
    const input = { path: { domainId: 'd1', userId: 'u1' } };
    expect(await client.call('POST /domains/{domainId}/users/{userId}/resend-mail', input)).toBeUndefined();
  });

  it('throws the problem that the API returns', async () => {
    const { client } = clientWithResponse(() =>
      json(
        { type: 'about:blank', title: 'Too many requests', status: 429, detail: 'Wait.', requestId: 'r1' },
        { status: 429, headers: { 'retry-after': '7', 'content-type': 'application/problem+json' } },
      ),
    );
    await expect(client.call('GET /me', {})).rejects.toMatchObject({
      status: 429,
      detail: 'Wait.',
      requestId: 'r1',
      retryAfter: 7,
    });
  });

  it('retries a call with a new token if the first one was refused', async () => {
    const responses = [json({ title: 'Unauthorized' }, { status: 401 }), json({ id: 'u1' })];
    const { client, sent } = clientWithResponse(() => responses.shift() as Response, 'renewed');
    expect(await client.call('POST /domains', { body: { name: 'Example' } })).toEqual({ id: 'u1' });
    expect(sent.map(({ init }) => (init.headers as Record<string, string>).authorization)).toEqual([
      'Bearer token',
      'Bearer renewed',
    ]);
    expect(sent[1]?.init.body).toBe(sent[0]?.init.body);
  });

  it.each([undefined, 'renewed'])(
    'fails if no token is accepted, with %s as the new one',
    async (renewed) => {
      const { client, sent } = clientWithResponse(() => json({}, { status: 401 }), renewed);
      await expect(client.call('GET /me', {})).rejects.toMatchObject({ status: 401 });
      expect(sent).toHaveLength(renewed ? 2 : 1);
    },
  );

  it('reports an interrupted response', async () => {
    const broken = new ReadableStream({ start: (stream) => stream.error(new TypeError('network error')) });
    const { client } = clientWithResponse(() => new Response(broken));
    await expect(client.call('GET /me', {})).rejects.toMatchObject({ status: 0 });
  });

  it('reports a missing response', async () => {
    const { client } = clientWithResponse(() => Promise.reject(new TypeError('Failed to fetch')));
    const problem = await client.call('GET /me', {}).catch((error: unknown) => error as ApiProblem);
    expect(problem).toBeInstanceOf(ApiProblem);
    expect(problem).toMatchObject({ status: 0, title: 'The service cannot be reached' });
  });

  it('passes on the error of an aborted call', async () => {
    const controller = new AbortController();
    controller.abort();
    const { client } = clientWithResponse(() => Promise.reject(new DOMException('Aborted', 'AbortError')));
    await expect(client.call('GET /me', {}, controller.signal)).rejects.toMatchObject({ name: 'AbortError' });
  });
});
