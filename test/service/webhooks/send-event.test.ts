import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen, readBody, type Listening } from '../../../local/host/http';
import type { SendResult } from '../../../shared/service/webhooks/channel';
import type { SenderOptions } from '../../../shared/service/webhooks/endpoint-post';
import { eventSender } from '../../../shared/service/webhooks/send-event';
import { useHttpsHost } from '../../support/outbound/https-host';
import { resolver } from '../../support/outbound/resolver';
import { isSignedWith } from '../../support/webhooks/receiver';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const EVENT = { id: 'event-1', body: Buffer.from('{"name":"Jürgen"}') };

let receiver: Listening;
let received: { headers: Record<string, string>; body: string; path: string }[];
let respond: (response: ServerResponse, request: IncomingMessage) => void;

beforeAll(async () => {
  receiver = await listen(async (request, response) => {
    const body = ((await readBody(request)) ?? '').toString();
    received.push({ headers: request.headers as Record<string, string>, body, path: request.url ?? '' });
    respond(response, request);
  }, 0);
});
afterAll(() => receiver.close());
beforeEach(() => {
  received = [];
  respond = (response) => response.writeHead(204).end();
});

const send = (
  options: Partial<SenderOptions> = {},
  endpoint = `${receiver.url}/hooks`,
): Promise<SendResult> =>
  eventSender({ origins: [receiver.url], now: () => new Date(), ...options })(
    { endpoint, secrets: [SECRET] },
    EVENT,
  );

describe('An event is delivered', () => {
  it('with its exact bytes and a signature', async () => {
    expect(await send()).toEqual({ delivered: true, status: 204, durationMs: expect.any(Number) as number });
    const [message] = received;
    expect(message?.body).toBe(EVENT.body.toString());
    expect(message?.headers).toMatchObject({
      'content-type': 'application/json',
      'content-length': String(EVENT.body.length),
      'webhook-id': 'event-1',
    });
    expect(message && isSignedWith(SECRET, { ...message, at: 0 })).toBe(true);
  });

  it.each([200, 201, 202, 204, 299])('if the endpoint responds with %i', async (status) => {
    respond = (response) => response.writeHead(status).end();
    expect(await send()).toMatchObject({ delivered: true, status });
  });

  it('although the response never ends', async () => {
    respond = (response) => {
      response.writeHead(200);
      response.write('x');
    };
    expect(await send()).toMatchObject({ delivered: true, status: 200 });
  });

  it('although the response is endless, which is not read', async () => {
    let sent = 0;
    let isClosed = false;
    respond = (response) => {
      response.on('close', () => (isClosed = true));
      response.writeHead(200);
      const more = (): void => {
        for (; !isClosed && sent < 50_000_000; sent += 10_000)
          if (!response.write(Buffer.alloc(10_000))) return void response.once('drain', more);
      };
      more();
    };
    expect(await send()).toMatchObject({ delivered: true });
    expect(sent).toBeLessThan(50_000_000);
  });

  it('to localhost, if the setting names it, at the address that was checked', async () => {
    const origin = receiver.url.replace('127.0.0.1', 'localhost');
    const { resolve, names } = resolver(['127.0.0.1'], ['10.0.0.1']);
    expect(await send({ origins: [origin], resolve }, `${origin}/hooks`)).toMatchObject({ delivered: true });
    expect(names).toEqual(['localhost']);
  });
});

describe('A failed attempt', () => {
  it.each([400, 403, 404, 409, 422, 500, 501])('with %i is about the event', async (status) => {
    respond = (response) => response.writeHead(status).end();
    expect(await send()).toMatchObject({
      delivered: false,
      status,
      isDown: false,
      error: expect.stringContaining(`status ${status}`) as string,
    });
  });

  it.each([401, 410, 429, 502, 503, 504])('with %i is about the endpoint', async (status) => {
    respond = (response) => response.writeHead(status, { 'retry-after': '90' }).end();
    expect(await send()).toMatchObject({ delivered: false, status, isDown: true, retryAfterMs: 90_000 });
  });

  it('without a response is about the endpoint', async () => {
    respond = () => {};
    expect(await send({ deadlineMs: 100 })).toMatchObject({
      delivered: false,
      isDown: true,
      error: expect.stringContaining('did not respond within') as string,
    });
  });

  it('with a broken connection is about the endpoint', async () => {
    respond = (response) => void response.destroy();
    const result = await send();
    expect(result).toMatchObject({ delivered: false, isDown: true });
    expect(result.error).toMatch(/cannot be reached \(\w+\)/);
  });
});

describe('No request is sent', () => {
  it.each([
    ['loopback', ['127.0.0.1']],
    ['private', ['10.0.0.1']],
    ['metadata', ['169.254.169.254']],
    ['IPv6 loopback', ['::1']],
    ['unique local', ['fd00:ec2::254']],
    ['mapped', ['::ffff:127.0.0.1']],
    ['NAT64', ['64:ff9b::7f00:1']],
    ['public and private', ['8.8.8.8', '127.0.0.1']],
    ['no address', []],
  ])('if the name resolves to %s', async (_, addresses) => {
    const { resolve } = resolver(addresses);
    const origin = `https://hooks.example.com:${receiver.port}`;
    const result = await send({ resolve, origins: [origin] }, `${origin}/`);
    expect(result).toMatchObject({ delivered: false, isDown: true });
    expect(result.error).toContain('public addresses only');
    expect(received).toEqual([]);
  });

  it('if DNS led to a public address when the webhook was created, and to a private one now', async () => {
    const { resolve } = resolver(['8.8.8.8'], ['127.0.0.1']);
    await resolve('hooks.example.com');
    const origin = `https://hooks.example.com:${receiver.port}`;
    const result = await send({ resolve, origins: [origin] }, `${origin}/`);
    expect(result.error).toContain('not public');
    expect(received).toEqual([]);
  });

  it('if the name of an origin of the setting resolves to a private address', async () => {
    const origin = `http://hooks.example.com:${receiver.port}`;
    const { resolve } = resolver(['127.0.0.1']);
    expect((await send({ origins: [origin], resolve }, `${origin}/`)).error).toContain('not public');
    expect(received).toEqual([]);
  });

  it('to a port that was allowed when the webhook was created', async () => {
    const { resolve, names } = resolver(['8.8.8.8']);
    const result = await send({ resolve }, 'https://hooks.example.com:9443/');
    expect(result).toMatchObject({ delivered: false, isDown: true });
    expect(result.error).toContain('The port 9443 is not allowed.');
    expect(names).toEqual([]);
  });

  it('if the URL is not allowed anymore', async () => {
    expect((await send({ origins: [] })).error).toContain('must begin with https://');
    expect(received).toEqual([]);
  });

  it.each([301, 302, 303, 307, 308])('to the target of a redirect with %i', async (status) => {
    respond = (response, { url }) =>
      url === '/hooks'
        ? response.writeHead(status, { location: `${receiver.url}/target` }).end()
        : response.writeHead(200).end();
    expect(await send()).toMatchObject({ delivered: false, status, isDown: true });
    expect(received.map(({ path }) => path)).toEqual(['/hooks']);
  });
});

describe('With https', () => {
  const { ca, origin } = useHttpsHost((response) => response.writeHead(200).end());
  const { resolve } = resolver(['127.0.0.1']);

  it('an event is delivered to the host of the certificate', async () => {
    const options = { origins: [origin()], resolve, ca };
    expect(await send(options, `${origin()}/`)).toMatchObject({ delivered: true });
  });

  it('nothing is sent if nobody vouches for the certificate', async () => {
    const result = await send({ origins: [origin()], resolve }, `${origin()}/`);
    expect(result).toMatchObject({ delivered: false, isDown: true });
    expect(result.error).toMatch(/cannot be reached \(\w+\)/);
  });
});
