import { AdminClient } from '../../bin/admin-client';
import { type Listening, listen, sendJson } from '../../local/host/http';

let server: Listening;
let answers: { status: number; body?: unknown; headers?: Record<string, string> }[] = [];
const asked: { line: string; token?: string }[] = [];

beforeAll(async () => {
  server = await listen((request, response) => {
    asked.push({ line: `${request.method} ${request.url}`, token: request.headers.authorization });
    const { status, body, headers = {} } = answers.shift() ?? { status: 500 };
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (body === undefined) response.writeHead(status).end();
    else sendJson(response, status, body);
  }, 0);
});
afterAll(() => server.close());
beforeEach(() => void asked.splice(0));

const client = () => new AdminClient({ url: `${server.url}/admin/v1`, token: 'secret' }, 'test');

describe('AdminClient', () => {
  it('sends the token, and leaves out parameters that are undefined', async () => {
    answers = [{ status: 200, body: { a: 1 } }];
    expect(await client().call('GET', '/x', { query: { a: 'b c', b: undefined } })).toEqual({ a: 1 });
    expect(asked).toEqual([{ line: 'GET /admin/v1/x?a=b+c', token: 'Bearer secret' }]);
  });

  it('gives nothing where there is no body', async () => {
    answers = [{ status: 204 }];
    expect(await client().call('DELETE', '/x')).toBeUndefined();
  });

  it('reads a list page by page', async () => {
    answers = [
      { status: 200, body: { items: [1, 2], next: 'n' } },
      { status: 200, body: { items: [], next: 'm' } },
      { status: 200, body: { items: [3] } },
    ];
    expect(await client().all('/x')).toEqual([1, 2, 3]);
    expect(asked.map(({ line }) => /cursor=(\w)/.exec(line)?.[1])).toEqual([undefined, 'n', 'm']);
  });

  it('waits and comes again where it is told to', async () => {
    answers = [
      { status: 429, headers: { 'retry-after': '0' } },
      { status: 200, body: {} },
    ];
    expect(await client().call('GET', '/x')).toEqual({});
  });

  it('says what the API says, with the id of the request where the service failed', async () => {
    answers = [{ status: 404, body: { detail: 'There is no domain x.' } }];
    await expect(client().call('GET', '/x')).rejects.toThrow(/^There is no domain x\.$/);
    answers = [{ status: 500, body: { detail: 'The service failed.', requestId: 'r1' } }];
    await expect(client().call('GET', '/x')).rejects.toThrow('The service failed. (r1)');
  });

  it('says of an answer that is none of the API that the address may be wrong', async () => {
    answers = [{ status: 404 }];
    await expect(client().call('GET', '/x')).rejects.toThrow('is it the address of the admin API?');
  });

  it('says why the API cannot be reached', async () => {
    const nowhere = new AdminClient({ url: 'http://127.0.0.1:1/admin/v1', token: 't' }, 'test');
    await expect(nowhere.call('GET', '/x')).rejects.toThrow(
      /^The admin API at http:\/\/127\.0\.0\.1:1 cannot be reached: /,
    );
  });
});
