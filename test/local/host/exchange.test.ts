import { exchange } from '../../../local/host/exchange';
import { type Listening, listen, LOOPBACK, readBody } from '../../../local/host/http';

describe('exchange', () => {
  let echo: Listening;
  let connections = 0;
  beforeAll(async () => {
    echo = await listen(async (message, response) => {
      const body = String(await readBody(message));
      response.writeHead(418, {
        'content-type': 'text/plain',
        'x-length': message.headers['content-length'] ?? '',
      });
      response.end(`${message.method} ${message.url} ${String(message.headers['x-own'])} ${body}`);
    }, 0);
    echo.server.on('connection', () => connections++);
  });
  afterAll(() => echo.close());

  it('sends a body and returns the response with any status', async () => {
    const sent = { method: 'POST', headers: { 'x-own': 'mine' }, body: 'Größe' };
    expect(await exchange(`${echo.url}/path?a=b`, sent)).toMatchObject({
      status: 418,
      headers: { 'content-type': 'text/plain', 'x-length': '7' },
      text: 'POST /path?a=b mine Größe',
    });
  });

  it('sends a request without a body', async () => {
    const { text } = await exchange(echo.url, { method: 'GET', headers: {} });
    expect(text).toBe('GET / undefined ');
  });

  it('keeps the connection for the next request', async () => {
    const before = connections;
    for (let at = 0; at < 3; at++) await exchange(echo.url, { method: 'GET', headers: {} });
    expect(connections - before).toBeLessThanOrEqual(1);
  });

  it('throws if no process listens', async () => {
    // A privileged port, which no test gets by chance.
    const nowhere = `http://${LOOPBACK}:2`;
    await expect(exchange(nowhere, { method: 'GET', headers: {} })).rejects.toThrow('ECONNREFUSED');
  });
});
