import { ApiClient } from '../../../portal/src/api/client';
import { ApiProblem } from '../../../portal/src/api/problem';

interface Sent {
  readonly url: string;
  readonly init: RequestInit;
}

function clientThatGets(answer: () => Response | Promise<Response>, renewed?: string) {
  const sent: Sent[] = [];
  const client = new ApiClient(
    '/admin/v1',
    { token: () => 'token', renew: () => Promise.resolve(renewed) },
    (url, init = {}) => {
      sent.push({ url: url as string, init });
      return Promise.resolve().then(answer);
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
  it('fills the path in, and escapes what stands there', async () => {
    const { client, sent } = clientThatGets(() => new Response(null, { status: 204 }));
    await client.call('DELETE /domains/{domainId}/suppressed-addresses/{address}', {
      path: { domainId: 'd1', address: 'a/b@example.com' },
    });
    expect(sent[0]?.url).toBe('/admin/v1/domains/d1/suppressed-addresses/a%2Fb%40example.com');
    expect(sent[0]?.init.method).toBe('DELETE');
  });

  it('leaves out of the query what is not given or empty', async () => {
    const { client, sent } = clientThatGets(() => json({ items: [] }));
    await client.call('GET /domains/{domainId}/users', {
      path: { domainId: 'd1' },
      query: { search: '', limit: 5, cursor: undefined },
    });
    expect(sent[0]?.url).toBe('/admin/v1/domains/d1/users?limit=5');
  });

  it('sends the token and a JSON body', async () => {
    const { client, sent } = clientThatGets(() => json({}, { status: 201 }));
    await client.call('POST /domains', { body: { name: 'Example' } });
    expect(sent[0]?.init.headers).toEqual({
      authorization: 'Bearer token',
      'content-type': 'application/json',
    });
    expect(sent[0]?.init.body).toBe('{"name":"Example"}');
  });

  it('answers nothing where the answer has no body, whatever type it claims', async () => {
    const headers = { 'content-type': 'application/json' };
    const { client } = clientThatGets(() => new Response(null, { status: 202, headers }));
    const input = { path: { domainId: 'd1', userId: 'u1' } };
    expect(await client.call('POST /domains/{domainId}/users/{userId}/resend-mail', input)).toBeUndefined();
  });

  it('throws the problem that the API tells of', async () => {
    const { client } = clientThatGets(() =>
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

  it('sends a call again with another token where the first was refused', async () => {
    const answers = [json({ title: 'Unauthorized' }, { status: 401 }), json({ id: 'u1' })];
    const { client, sent } = clientThatGets(() => answers.shift() as Response, 'renewed');
    expect(await client.call('POST /domains', { body: { name: 'Example' } })).toEqual({ id: 'u1' });
    expect(sent.map(({ init }) => (init.headers as Record<string, string>).authorization)).toEqual([
      'Bearer token',
      'Bearer renewed',
    ]);
    expect(sent[1]?.init.body).toBe(sent[0]?.init.body);
  });

  it.each([undefined, 'renewed'])(
    'gives up where no token is taken, with %s as another one',
    async (renewed) => {
      const { client, sent } = clientThatGets(() => json({}, { status: 401 }), renewed);
      await expect(client.call('GET /me', {})).rejects.toMatchObject({ status: 401 });
      expect(sent).toHaveLength(renewed ? 2 : 1);
    },
  );

  it('says what to do where the answer breaks off', async () => {
    const broken = new ReadableStream({ start: (stream) => stream.error(new TypeError('network error')) });
    const { client } = clientThatGets(() => new Response(broken));
    await expect(client.call('GET /me', {})).rejects.toMatchObject({ status: 0 });
  });

  it('says what to do where no answer comes', async () => {
    const { client } = clientThatGets(() => Promise.reject(new TypeError('Failed to fetch')));
    const problem = await client.call('GET /me', {}).catch((error: unknown) => error as ApiProblem);
    expect(problem).toBeInstanceOf(ApiProblem);
    expect(problem).toMatchObject({ status: 0, title: 'The service cannot be reached' });
  });

  it('lets a call that was given up end as such', async () => {
    const given = new AbortController();
    given.abort();
    const { client } = clientThatGets(() => Promise.reject(new DOMException('Aborted', 'AbortError')));
    await expect(client.call('GET /me', {}, given.signal)).rejects.toMatchObject({ name: 'AbortError' });
  });
});
