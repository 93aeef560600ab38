import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createServer } from 'node:tls';
import { bundleScim } from '../../bin/cli/bundle';
import { type Listening, listen, sendJson } from '../../local/host/http';
import { formatToken, newSecret } from '../../shared/credentials/scim-key';
import { type StubApi, stubApi } from './cli/stub-api';
import { authority } from './doctor/certificates';

const directory = mkdtempSync(path.join(tmpdir(), 'scim-'));
const SCIM = path.join(directory, 'scim.cjs');

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/**
 * Runs the bundle alone in a directory, as on a machine of an operator. `pipe` is shell text after the
 * command.
 */
function run(args: readonly string[], env: NodeJS.ProcessEnv = {}, pipe = ''): Promise<Ended> {
  const line = `"$0" "$@" ${pipe}`;
  const shell = spawn('bash', ['-o', 'pipefail', '-c', line, SCIM, ...args], {
    cwd: directory,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  shell.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  shell.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  return new Promise((resolve) => shell.once('close', (code) => resolve({ code, out, err })));
}

let api: StubApi;
beforeAll(async () => {
  await bundleScim(SCIM);
  api = await stubApi();
});
afterAll(() => api.close());

it('the bundle needs only Node and two environment variables', async () => {
  expect(await run(['domain', 'list', '--json'], api.env)).toEqual({
    code: 0,
    out: expect.stringMatching(/^\[\n {2}\{\n {4}"domainId": /) as string,
    err: '',
  });
});

it('the bundle exits with 0 if the reader of its output stops', async () => {
  expect(await run(['api', 'document'], api.env, '| head -c 0')).toEqual({ code: 0, out: '', err: '' });
});

it('an error prints a message without a stack trace, and sets the exit code', async () => {
  const wrong = await run(['domain', 'lst']);
  expect(wrong).toMatchObject({ code: 2, out: '' });
  const unreachable = await run(['domain', 'list'], {
    ...api.env,
    SCIM_ADMIN_URL: 'http://127.0.0.1:9/admin/v1',
  });
  expect(unreachable).toMatchObject({ code: 1, out: '' });
  expect(wrong.err + unreachable.err).not.toMatch(/\n +at /);
});

describe('scim doctor', () => {
  it.each([
    ['has expired', 'localhost', -1, 1, /FAILED +TLS +the certificate has expired/],
    ['is for another name', 'scim.example.com', 1_000, 1, /FAILED +TLS +the certificate is for another name/],
    [
      'expires soon',
      'localhost',
      49,
      1,
      /WARNING +TLS +the certificate is valid for 2 more days.*\n +Renew it/,
    ],
  ])('reports a certificate that %s', async (_, host, expiresInHours, code, message) => {
    const issuer = authority();
    const trusted = path.join(directory, `${host}${expiresInHours}.pem`);
    writeFileSync(trusted, issuer.cert);
    const server = createServer(issuer.certificate({ host, expiresInHours }), (socket) => {
      socket.on('error', () => undefined);
      socket.resume().end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `https://localhost:${(server.address() as AddressInfo).port}/scim/v2`;
    const outcome = await run(['doctor', '--url', url], { NODE_EXTRA_CA_CERTS: trusted });
    server.close();
    expect(outcome.code).toBe(code);
    expect(outcome.out).toMatch(message);
  });

  describe('if it is interrupted', () => {
    const ids = {
      domainId: '01890000-0000-7000-8000-000000000001',
      keyId: '01890000-0000-7000-8000-000000000002',
    };
    const SCIM_KEY = formatToken({ ...ids, secret: newSecret() });
    const users = new Set<string>();
    let onRead: (respond: () => void) => void;
    let server: Listening;

    beforeAll(async () => {
      server = await listen((request, response) => {
        const path = request.url ?? '';
        if (!request.headers.authorization)
          return sendJson(response, 401, { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'] });
        if (path === '/ServiceProviderConfig') return sendJson(response, 200, {});
        if (request.method === 'POST') return sendJson(response, 201, { id: [...users.add('u1')][0] });
        if (path.includes('?'))
          return sendJson(response, 200, { Resources: [...users].map((id) => ({ id })) });
        if (request.method === 'GET')
          return onRead(() => sendJson(response, users.has('u1') ? 200 : 404, {}));
        if (request.method === 'PATCH') return sendJson(response, 200, {});
        users.delete('u1');
        response.writeHead(204).end();
      }, 0);
    });
    afterAll(() => server.close());

    it.each(['SIGINT', 'SIGHUP'] as const)('by %s, deletes its test user', async (signal) => {
      const args = ['doctor', '--url', server.url];
      const doctor = spawn(SCIM, args, { env: { PATH: process.env.PATH, SCIM_KEY }, stdio: 'ignore' });
      // The request gets no response, so the process waits for it when the signal arrives.
      onRead = () => void doctor.kill(signal);
      const code = await new Promise((resolve) => doctor.once('close', resolve));
      expect({ code, left: [...users] }).toEqual({ code: 130, left: [] });
    });

    it('by the reader of its output, deletes its test user', async () => {
      onRead = (respond) => respond();
      const { out } = await run(['doctor', '--url', server.url], { SCIM_KEY }, '| head -n 1');
      expect(out).toMatch(/^ok +DNS/);
      expect([...users]).toEqual([]);
    });
  });
});
