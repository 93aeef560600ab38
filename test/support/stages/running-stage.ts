import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Session } from '../../../local/product/session';

const ROOT = path.join(__dirname, '../../..');

export interface RunningStage {
  readonly session: Session;
  readonly stop: () => Promise<void>;
}

/** Runs `npm start -- --stage <stage>` with a directory of its own. Rejects with what it printed if it does not start. */
export async function startStage(
  stage: string,
  state: string,
  flags: readonly string[] = [],
): Promise<RunningStage> {
  const own = ['--stage', stage, '--port', '0', '--state', state, '--timeout-factor', '20'];
  const host = fork(path.join(ROOT, 'local/main.ts'), [...own, ...flags], {
    cwd: ROOT,
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let printed = '';
  host.stderr?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const exited = once(host, 'exit');
  const failed = exited.then(() => Promise.reject(new Error(`${stage} did not start:\n${printed}`)));
  // It prints its banner when it is ready.
  await Promise.race([failed, once(host.stdout as NodeJS.ReadableStream, 'data')]);
  failed.catch(() => undefined);
  const session = JSON.parse(readFileSync(path.join(state, 'session.json'), 'utf8')) as Session;
  return { session, stop: () => stopHost(host, exited) };
}

async function stopHost(host: ChildProcess, exited: Promise<unknown>): Promise<void> {
  if (host.exitCode === null && host.signalCode === null) host.kill('SIGTERM');
  await exited;
}
