import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Children } from '../../../../local/host/processes/children';
import { eventually } from '../../../support/jest/timeouts';

const WAITS = ['-e', 'console.log("started"); setInterval(() => {}, 1000)'];

/** Returns whether a process runs. A zombie does not run; its parent has not read its exit code yet. */
function runs(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

const onLinux = process.platform === 'linux' ? it : it.skip;

describe('Children', () => {
  let directory: string;
  let children: Children;
  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'children-'));
    children = new Children(directory);
  });
  afterEach(() => {
    children.close();
    rmSync(directory, { recursive: true });
  });

  it('writes what a child prints to its log, and stops it', async () => {
    const child = children.start('waits', process.execPath, WAITS);
    const log = path.join(directory, 'waits.log');
    await eventually('the log', () => readFileSync(log, 'utf8').includes('started'));
    await child.stop();
    expect(() => process.kill(child.pid, 0)).toThrow();
  });

  it('kills a child that ignores SIGTERM', async () => {
    const child = children.start('stubborn', process.execPath, [
      '-e',
      'process.on("SIGTERM", () => {}); console.log("started"); setInterval(() => {}, 1000)',
    ]);
    const log = path.join(directory, 'stubborn.log');
    await eventually('the log', () => readFileSync(log, 'utf8').includes('started'));
    await child.stop();
    expect(() => process.kill(child.pid, 0)).toThrow();
  });

  it('reports a child that ends by itself, with the end of its log', async () => {
    const child = children.start('fails', process.execPath, [
      '-e',
      'console.error("no disk"); process.exit(3)',
    ]);
    await expect(child.crashed).rejects.toThrow(/fails ended \(exit code 3\)[^]*no disk/);
  });

  it('reports a command that does not exist', async () => {
    await expect(children.start('missing', '/no/such/command', []).crashed).rejects.toThrow('ENOENT');
  });

  onLinux('leaves no child running if the parent process is killed', async () => {
    const host = fork(path.join(__dirname, 'host-with-child.ts'), [directory], {
      execArgv: ['--import', 'tsx'],
    });
    const [pid] = (await once(host, 'message')) as [number];
    expect(runs(pid)).toBe(true);
    host.kill('SIGKILL');
    await eventually('the end of the child', () => !runs(pid));
  });
});
