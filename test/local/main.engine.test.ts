import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Session } from '../../local/product/session';
import { systemAssembly } from '../support/jest/start-system';
import { eventually } from '../support/jest/timeouts';

const ROOT = path.join(__dirname, '../..');

describe('npm start', () => {
  let state: string;
  const running = new Set<ChildProcess>();
  /** The process that one test leaves to the next, because a start takes seconds. */
  let current: ChildProcess;

  beforeAll(() => (state = mkdtempSync(path.join(tmpdir(), 'main-'))));
  afterAll(async () => {
    for (const each of running) await stop(each, 'SIGKILL');
    rmSync(state, { recursive: true });
  });

  /** Starts a process. Resolves when it runs or has ended. */
  async function start(...flags: string[]): Promise<{ host: ChildProcess; printed: () => string }> {
    const own = ['--port', '0', '--no-synth', '--assembly', systemAssembly(), '--state', state, ...flags];
    const host = fork(path.join(ROOT, 'local/main.ts'), own, {
      cwd: ROOT,
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    running.add(host);
    let printed = '';
    for (const stream of [host.stdout, host.stderr])
      stream?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    const exited = once(host, 'exit').then(() => running.delete(host));
    const isReady = eventually('the start', () => Promise.resolve(printed.includes('Ctrl-C stops it')));
    await Promise.race([exited, isReady]);
    return { host, printed: () => printed };
  }

  async function stop(host: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
    if (host.exitCode === null && host.signalCode === null) {
      host.kill(signal);
      await once(host, 'exit');
    }
    running.delete(host);
    return host.exitCode;
  }

  const session = () => JSON.parse(readFileSync(path.join(state, 'session.json'), 'utf8')) as Session;
  const users = async ({ baseUrl, scimKey }: Session, init: RequestInit = {}) =>
    fetch(`${baseUrl}/Users`, {
      ...init,
      headers: { authorization: `Bearer ${scimKey}`, 'content-type': 'application/scim+json' },
    });

  it('prints a curl command that provisions a user', async () => {
    const { host, printed } = await start('--fresh');
    const [, body = ''] = /-d '(.+)'/.exec(printed()) ?? [];
    expect(printed()).toContain(`curl -i '${session().baseUrl}/Users'`);
    expect(printed()).toContain(session().scimKey);
    const response = await users(session(), { method: 'POST', body });
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({
      userName: 'john.doe@example.com',
      externalId: 'emp-12345',
    });
    expect(await stop(host, 'SIGTERM')).toBe(0);
    await expect(users(session())).rejects.toThrow();
  });

  it('continues after a restart with the same domain, key and data', async () => {
    const before = session();
    current = (await start()).host;
    expect(session()).toMatchObject({ domainId: before.domainId, scimKey: before.scimKey });
    expect(await (await users(session())).json()).toMatchObject({ totalResults: 1 });
    expect(session().starts).toBe(before.starts + 1);
  });

  it('delivers pending emails at the next start', async () => {
    const user = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'late@example.com' };
    expect((await users(session(), { method: 'POST', body: JSON.stringify(user) })).status).toBe(201);
    await stop(current, 'SIGKILL');
    current = (await start()).host;
    const inbox = async () => JSON.stringify(await (await fetch(`${session().mailUrl}/store`)).json());
    await eventually('the email', async () => (await inbox()).includes('late@example.com'));
  });

  it('reports in one sentence why it does not start', async () => {
    const second = await start();
    expect(second.host.exitCode).toBe(1);
    expect(second.printed()).toMatch(
      /is in use by process \d+\. Stop it, or use another directory\. For example, with free ports: npm start -- --no-synth /,
    );
    expect(second.printed()).toMatch(new RegExp(`--port 0 --state ${state}-2\\n$`));
    const port = new URL(session().baseUrl).port;
    // The directory is checked first, because a system with the same data usually has the same ports.
    expect((await start('--port', port)).printed()).toContain('is in use by process');
    const other = path.join(state, 'other');
    const third = await start('--state', other, '--port', port);
    expect(third.printed()).toMatch(
      new RegExp(`^Port ${port} is taken. Use another one, or 0 for a free one: npm start -- --no-synth .*`),
    );
    expect(third.printed()).toContain(` --state ${other} --port ${Number(port) + 10}\n`);
    const fourth = await start('--timeout-factor', '0');
    expect(fourth.printed()).toBe('--timeout-factor must be a number of at least 1, not "0".\n');
    expect(await stop(current, 'SIGINT')).toBe(0);
  });

  it('stops everything if the start fails', async () => {
    const { printed, host } = await start('--assembly', path.join(state, 'nowhere'));
    expect(host.exitCode).toBe(1);
    expect(printed()).toContain('Run "npm run synth" first');
    // The directory and the engine's file in it are unlocked again.
    const again = await start();
    expect(again.printed()).toContain('The SCIM service runs');
    await stop(again.host, 'SIGTERM');
  });
});
