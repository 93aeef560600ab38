import { HttpClient, sendLoad } from '../../bench/http/client';
import { HTTP_ROWS } from '../../bench/http/rows';
import { listen, type Listening, readBody, sendJson } from '../../local/host/http';

let server: Listening;
let received: { method?: string; url?: string; authorization?: string; body: string }[];
let status: number;

beforeAll(async () => {
  server = await listen(async (message, response) => {
    const { method, url } = message;
    const body = ((await readBody(message)) ?? '').toString();
    received.push({ method, url, authorization: message.headers.authorization, body });
    sendJson(response, status, { schemas: [] });
  }, 0);
});
afterAll(() => server.close());
beforeEach(() => {
  received = [];
  status = 200;
});

const start = () => new HttpClient({ baseUrl: `${server.url}/scim`, token: 'secret' }, 2);
const load = { connections: 2, milliseconds: 1 };

it('sends the requests of each row, and returns the time of each response', async () => {
  const client = start();
  for (const { of } of HTTP_ROWS) {
    let number = 0;
    const user = { id: 'user-1', userName: 'jane@example.com' };
    const { requests, latencies } = await sendLoad(client, () => of(user, ++number), load);
    expect(requests).toBe(number);
    expect(latencies).toEqual([...latencies].sort((one, other) => one - other));
    expect(received.splice(0)).toHaveLength(requests);
  }
  client.close();
});

it('sends the token, the path below the base URL, and the body', async () => {
  const client = start();
  const { text } = await client.send({ method: 'POST', path: '/Users', body: { userName: 'ä' } });
  client.close();
  expect(text).toBe('{"schemas":[]}');
  expect(received).toEqual([
    { method: 'POST', url: '/scim/Users', authorization: 'Bearer secret', body: '{"userName":"ä"}' },
  ]);
});

it('does not count errors, which would make a service look fast', async () => {
  status = 404;
  const client = start();
  await expect(sendLoad(client, () => ({ method: 'GET', path: '/Users/a' }), load)).rejects.toThrow(
    'GET /Users/a: 404',
  );
  client.close();
});
