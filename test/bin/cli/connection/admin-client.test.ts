import { AdminClient } from '../../../../bin/cli/connection/admin-client';
import { type Listening, listen, sendJson } from '../../../../local/host/http';

interface Canned {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

let server: Listening;
let responses: Canned[] = [];
const requests: { line: string; token?: string }[] = [];

beforeAll(async () => {
  server = await listen((request, response) => {
    requests.push({ line: `${request.method} ${request.url}`, token: request.headers.authorization });
    const { status, body, headers = {} } = responses.shift() ?? { status: 500 };
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (body === undefined || typeof body === 'string') response.writeHead(status).end(body);
    else sendJson(response, status, body);
  }, 0);
});
afterAll(() => server.close());
beforeEach(() => void requests.splice(0));

const client = (url = `${server.url}/admin/v1`) =>
  new AdminClient({ url, token: 's3cret', tokenSource: 'Look for another.' }, 'test');
const domain = () => client().call('GET /domains/{domainId}', { path: { domainId: 'd' } });

describe('AdminClient', () => {
  it('sends the token, encodes path parameters, and omits undefined query parameters', async () => {
    responses = [{ status: 200, body: { items: [] } }];
    const input = { path: { domainId: '../me' }, query: { search: 'b c', cursor: undefined } };
    expect(await client().call('GET /domains/{domainId}/users', input)).toEqual({ items: [] });
    expect(requests).toEqual([
      { line: 'GET /admin/v1/domains/..%2Fme/users?search=b+c', token: 'Bearer s3cret' },
    ]);
  });

  it('returns undefined if there is no body', async () => {
    responses = [{ status: 204 }];
    const path = { domainId: 'd', keyId: 'k' };
    expect(await client().call('DELETE /domains/{domainId}/keys/{keyId}', { path })).toBeUndefined();
  });

  it('retries after the delay in Retry-After', async () => {
    responses = [
      { status: 429, headers: { 'retry-after': '0' } },
      { status: 200, body: {} },
    ];
    expect(await domain()).toEqual({});
  });

  it.each([
    ['60', 'Too soon. Try again in 60 seconds.'],
    ['3600', 'Too soon. Try again in 60 minutes.'],
    ['80000', 'Too soon. Try again in 23 hours.'],
    ['Thu, 01 Jan 2032 00:00:00 GMT', 'Too soon. Try again later.'],
  ])('does not wait silently for a Retry-After of %s', async (wait, message) => {
    responses = [{ status: 429, headers: { 'retry-after': wait }, body: { detail: 'Too soon.' } }];
    await expect(domain()).rejects.toThrow(message);
    expect(requests).toHaveLength(1);
  });

  it.each<[string, Canned, RegExp]>([
    ['a refused request', { status: 400, body: { detail: 'Send a name.' } }, /^Send a name\.$/],
    [
      'a missing domain, with a command that lists domains',
      { status: 404, body: { detail: 'There is no domain d.' } },
      /^There is no domain d\. See: scim domain list$/,
    ],
    [
      'an internal error, with the request id',
      { status: 500, body: { detail: 'The service failed.', requestId: 'r1' } },
      /^The service failed\. \(request r1\)$/,
    ],
    [
      'a refused token',
      { status: 401, body: { detail: 'No.' } },
      /^The admin token was refused\. Look for another\.$/,
    ],
    [
      'a response of another service',
      { status: 404 },
      /returned 404 with no content type\. This is not the admin API/,
    ],
    [
      'a web page',
      { status: 200, body: '<html>', headers: { 'content-type': 'text/html; charset=utf-8' } },
      /returned 200 with text\/html\. This is not the admin API\. Its address ends in \/admin\/v1\.$/,
    ],
  ])('reports %s', async (_, canned, message) => {
    responses = [canned];
    await expect(domain()).rejects.toThrow(message);
  });

  it('reports why the API cannot be reached, and never the token', async () => {
    // No test can listen on a privileged port by chance.
    const unreachable = client('http://127.0.0.2:2/admin/v1').call('GET /me', {});
    await expect(unreachable).rejects.toThrow(
      /^The admin API at \S+ cannot be reached: connect ECONNREFUSED/,
    );
    await expect(unreachable).rejects.not.toThrow('s3cret');
  });

  it('says how to start a local system that does not run', async () => {
    const stopped = client('http://127.0.0.1:2/admin/v1').call('GET /me', {});
    await expect(stopped).rejects.toThrow('The local system is not running. Start it with: npm start');
  });
});
