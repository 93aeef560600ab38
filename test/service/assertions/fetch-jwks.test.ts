import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { listen, sendJson, type Listening } from '../../../local/host/http';
import { fetchJwks, type JwksFetchOptions } from '../../../shared/service/assertions/fetch-jwks';
import { createSigningKey, type SigningKey } from '../../support/assertions/signing-key';
import { useHttpsHost } from '../../support/outbound/https-host';
import { resolver } from '../../support/outbound/resolver';

const MICROSOFT = 'https://login.microsoftonline.com/common/discovery/v2.0/keys';

let key: SigningKey;
let host: Listening;
let received: string[];
/** Sends the response to the next requests. */
let respond: (response: ServerResponse, path: string) => void;

beforeAll(async () => {
  key = await createSigningKey('one');
  host = await listen((request, response) => {
    received.push(request.url ?? '');
    respond(response, request.url ?? '');
  }, 0);
});
afterAll(() => host.close());
beforeEach(() => {
  received = [];
  respond = (response) => sendJson(response, 200, { keys: [key.jwk] });
});

const fetchKeys = (options: Partial<JwksFetchOptions> = {}, url = `${host.url}/keys`) =>
  fetchJwks(url, { origins: [host.url], ...options });

const problemOf = (options: Partial<JwksFetchOptions> = {}, url?: string): Promise<string> =>
  fetchKeys(options, url).then(
    () => 'no problem',
    (error: Error) => (error.name === 'JwksProblem' ? error.message : `${error.name}: ${error.message}`),
  );

describe('Keys are fetched', () => {
  it('with the max-age of the response', async () => {
    respond = (response) => {
      response.setHeader('cache-control', 'public, max-age=86400, must-revalidate');
      sendJson(response, 200, { keys: [key.jwk, { kty: 'oct' }, null, 'x'] });
    };
    const { keys, maxAgeSeconds } = await fetchKeys();
    expect(keys).toEqual([expect.objectContaining({ kid: 'one', kty: 'RSA', use: 'sig' })]);
    expect(maxAgeSeconds).toBe(86_400);
  });

  it('again soon if the response must not be stored', async () => {
    respond = (response) => {
      response.setHeader('cache-control', 'no-store, max-age=86400');
      sendJson(response, 200, { keys: [] });
    };
    expect(await fetchKeys()).toEqual({ keys: [], maxAgeSeconds: 0 });
  });

  it('from localhost, if the setting names it', async () => {
    const origin = host.url.replace('127.0.0.1', 'localhost');
    const { resolve } = resolver(['127.0.0.1']);
    const { keys } = await fetchKeys({ origins: [origin], resolve }, `${origin}/keys`);
    expect(keys).toHaveLength(1);
  });
});

describe('Keys are not fetched', () => {
  it.each([
    ['IPv4 loopback', ['127.0.0.1']],
    ['IPv4 private', ['10.0.0.1']],
    ['metadata', ['169.254.169.254']],
    ['IPv6 loopback', ['::1']],
    ['IPv6 unique local', ['fd00::1']],
    ['IPv4-mapped', ['::ffff:127.0.0.1']],
    ['NAT64', ['64:ff9b::7f00:1']],
    ['public and private', ['20.190.128.1', '127.0.0.1']],
    ['no address', []],
  ])('if the name of an accepted host resolves to %s', async (_, addresses) => {
    const { resolve, names } = resolver(addresses);
    expect(await problemOf({ resolve }, MICROSOFT)).toContain('an address that is not public');
    expect(names).toEqual(['login.microsoftonline.com']);
    expect(received).toEqual([]);
  });

  it('if the name of an origin of the setting resolves to a private address', async () => {
    const origin = `http://id.example.com:${host.port}`;
    const { resolve } = resolver(['127.0.0.1']);
    expect(await problemOf({ origins: [origin], resolve }, `${origin}/keys`)).toContain('not public');
    expect(received).toEqual([]);
  });

  it('if localhost resolves to an address of another machine', async () => {
    const origin = host.url.replace('127.0.0.1', 'localhost');
    const { resolve } = resolver(['10.0.0.1']);
    expect(await problemOf({ origins: [origin], resolve }, `${origin}/keys`)).toContain('not public');
  });

  it('from the address that DNS returns after the check', async () => {
    const origin = host.url.replace('127.0.0.1', 'localhost');
    const { resolve, names } = resolver(['127.0.0.1'], ['127.0.0.2']);
    expect((await fetchKeys({ origins: [origin], resolve }, `${origin}/keys`)).keys).toHaveLength(1);
    expect(names).toEqual(['localhost']);
  });

  it.each([301, 302, 303, 307, 308])('through a redirect with the status %i', async (status) => {
    respond = (response, path) =>
      path === '/target'
        ? sendJson(response, 200, { keys: [key.jwk] })
        : response.writeHead(status, { location: `${host.url}/target` }).end();
    expect(await problemOf()).toContain('Redirects are not followed');
    expect(received).toEqual(['/keys']);
  });

  it.each([201, 204, 400, 404, 500, 503])('from a response with the status %i', async (status) => {
    respond = (response) => response.writeHead(status).end();
    expect(await problemOf()).toContain(`returned the status ${status}`);
  });

  it('if the response announces 10 MB', async () => {
    respond = (response) => {
      response.writeHead(200, { 'content-length': 10_000_000 });
      response.write('{');
    };
    expect(await problemOf()).toContain('more than 65536 bytes');
  });

  it('if the response has 10 MB without an announcement', async () => {
    let isClosed = false;
    let sent = 0;
    respond = (response) => {
      response.on('close', () => (isClosed = true));
      const chunk = Buffer.alloc(10_000, ' ');
      const send = (): void => {
        for (; sent < 10_000_000 && !isClosed; sent += chunk.length)
          if (!response.write(chunk)) return void response.once('drain', send);
      };
      send();
    };
    expect(await problemOf()).toContain('more than 65536 bytes');
    expect(sent).toBeLessThan(10_000_000);
  });

  it('from a compressed response', async () => {
    respond = (response) =>
      response
        .writeHead(200, { 'content-encoding': 'gzip' })
        .end(gzipSync(JSON.stringify({ keys: [key.jwk], padding: ' '.repeat(10_000_000) })));
    expect(await problemOf()).toContain('compresses its keys');
  });

  it('if the host never answers', async () => {
    respond = () => {};
    expect(await problemOf({ deadlineMs: 100 })).toContain('did not return its keys in time');
  });

  it('if the host sends one byte after the other', async () => {
    respond = (response) => {
      const timer = setInterval(() => response.write(' '), 5);
      response.on('close', () => clearInterval(timer));
    };
    expect(await problemOf({ deadlineMs: 100 })).toContain('did not return its keys in time');
  });

  it('if the resolver never answers', async () => {
    const resolve = () => new Promise<never>(() => {});
    expect(await problemOf({ resolve, deadlineMs: 100 }, MICROSOFT)).toContain('in time');
  });

  it('if the resolver fails', async () => {
    const resolve = () => Promise.reject(Object.assign(new Error('no such host'), { code: 'ENOTFOUND' }));
    expect(await problemOf({ resolve }, MICROSOFT)).toContain('login.microsoftonline.com (ENOTFOUND)');
  });

  it('if the connection ends in the middle of the response', async () => {
    respond = (response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('{"keys":', () => response.destroy());
    };
    expect(await problemOf()).toContain('cannot be fetched');
  });

  it('if nothing listens', async () => {
    const silent = await listen(() => {}, 0);
    await silent.close();
    expect(await problemOf({ origins: [silent.url] }, `${silent.url}/keys`)).toContain('ECONNREFUSED');
  });

  it.each([
    ['HTML', '<html>'],
    ['no object', '[]'],
    ['null', 'null'],
    ['an object without keys', '{}'],
    ['keys that are no list', '{"keys":{}}'],
    ['deeply nested JSON', `{"keys":${'['.repeat(30_000)}`],
    ['nothing', ''],
  ])('from a response that is %s', async (_, body) => {
    respond = (response) => response.writeHead(200).end(body);
    expect(await problemOf()).toContain('does not return a JSON object with a list of keys');
  });

  it('from a response in another encoding', async () => {
    respond = (response) => response.writeHead(200).end(Buffer.from('{"keys":["\u00e9"]}', 'latin1'));
    expect(await problemOf()).toContain('does not return a JSON object');
  });

  it('from a response with very many keys', async () => {
    respond = (response) => sendJson(response, 200, { keys: Array(51).fill({ kid: 'a', kty: 'RSA' }) });
    expect(await problemOf()).toContain('more than 50 keys');
  });

  it('from a URL that is not on the allow-list', async () => {
    expect(await problemOf({ origins: [] })).toContain('not on the allow-list');
    expect(received).toEqual([]);
  });
});

describe('With https', () => {
  const { ca, origin } = useHttpsHost((response) => sendJson(response, 200, { keys: [key.jwk] }));
  const { resolve } = resolver(['127.0.0.1']);

  it('keys are fetched from the host of the certificate', async () => {
    const { keys } = await fetchKeys({ origins: [origin()], resolve, ca }, `${origin()}/keys`);
    expect(keys).toHaveLength(1);
  });

  it('keys are not fetched if nobody vouches for the certificate', async () => {
    expect(await problemOf({ origins: [origin()], resolve }, `${origin()}/keys`)).toMatch(
      /cannot be fetched from localhost:\d+ \(\w+\)/,
    );
  });
});
