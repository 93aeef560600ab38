import { AdminClient } from '../../../../bin/cli/connection/admin-client';
import { type Listening, listen, sendJson } from '../../../../local/host/http';

interface Canned {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

let server: Listening;
let answers: Canned[] = [];
const asked: { line: string; token?: string }[] = [];

beforeAll(async () => {
  server = await listen((request, response) => {
    asked.push({ line: `${request.method} ${request.url}`, token: request.headers.authorization });
    const { status, body, headers = {} } = answers.shift() ?? { status: 500 };
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (body === undefined || typeof body === 'string') response.writeHead(status).end(body);
    else sendJson(response, status, body);
  }, 0);
});
afterAll(() => server.close());
beforeEach(() => void asked.splice(0));

const client = (url = `${server.url}/admin/v1`) =>
  new AdminClient({ url, token: 's3cret', tokenSource: 'Look for another.' }, 'test');
const domain = () => client().call('GET /domains/{domainId}', { path: { domainId: 'd' } });

describe('AdminClient', () => {
  it('sends the token, escapes what stands in a path, and leaves out parameters that are undefined', async () => {
    answers = [{ status: 200, body: { items: [] } }];
    const input = { path: { domainId: '../me' }, query: { search: 'b c', cursor: undefined } };
    expect(await client().call('GET /domains/{domainId}/users', input)).toEqual({ items: [] });
    expect(asked).toEqual([
      { line: 'GET /admin/v1/domains/..%2Fme/users?search=b+c', token: 'Bearer s3cret' },
    ]);
  });

  it('gives nothing where there is no body', async () => {
    answers = [{ status: 204 }];
    const path = { domainId: 'd', keyId: 'k' };
    expect(await client().call('DELETE /domains/{domainId}/keys/{keyId}', { path })).toBeUndefined();
  });

  it('waits and comes again where it is told to', async () => {
    answers = [
      { status: 429, headers: { 'retry-after': '0' } },
      { status: 200, body: {} },
    ];
    expect(await domain()).toEqual({});
  });

  it.each<[string, Canned, RegExp]>([
    ['what is refused', { status: 400, body: { detail: 'Send a name.' } }, /^Send a name\.$/],
    [
      'what there is not, and where to look',
      { status: 404, body: { detail: 'There is no domain d.' } },
      /^There is no domain d\. See: scim domain list$/,
    ],
    [
      'a failure, with the id of the request',
      { status: 500, body: { detail: 'The service failed.', requestId: 'r1' } },
      /^The service failed\. \(request r1\)$/,
    ],
    [
      'a token that is refused',
      { status: 401, body: { detail: 'No.' } },
      /^The admin token was refused\. Look for another\.$/,
    ],
    ['another service', { status: 404 }, /returned 404 with no content type\. This is not the admin API/],
    [
      'a web page',
      { status: 200, body: '<html>', headers: { 'content-type': 'text/html; charset=utf-8' } },
      /returned 200 with text\/html\. This is not the admin API\. Its address ends in \/admin\/v1\.$/,
    ],
  ])('says of %s', async (_, answer, message) => {
    answers = [answer];
    await expect(domain()).rejects.toThrow(message);
  });

  it('says why the API cannot be reached, and never the token', async () => {
    // A privileged port, which no test can get by chance.
    const lost = client('http://127.0.0.1:2/admin/v1').call('GET /me', {});
    await expect(lost).rejects.toThrow(/^The admin API at \S+ cannot be reached: connect ECONNREFUSED/);
    await expect(lost).rejects.not.toThrow('s3cret');
  });
});
