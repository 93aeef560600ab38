import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Session } from '../../../local/product/session';

const ROOT = path.join(__dirname, '../../..');

/** Applies only to a start that hangs. A slow machine does not reach it. */
const START_LIMIT_MS = 600_000;

export interface HostOptions {
  /** Variables besides those of this process. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The Node that runs the system and its functions. @default the one that runs the tests */
  readonly node?: string;
  /** True for a process group of its own, which Ctrl-C does not reach. @default false */
  readonly detached?: boolean;
}

/** A process that runs a local system, as `npm start` does. */
export class HostProcess {
  /** Resolves as soon as the process has ended. */
  readonly exited: Promise<unknown>;
  private readonly child: ChildProcess;
  private printed = '';
  private state: 'starting' | 'running' | 'stopping' = 'starting';

  constructor(flags: readonly string[], { environment, node, detached = false }: HostOptions = {}) {
    this.child = fork(path.join(ROOT, 'local/main.ts'), flags, {
      cwd: ROOT,
      execPath: node ?? process.execPath,
      execArgv: ['--import', 'tsx'],
      env: { ...process.env, ...environment },
      detached,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child.stderr?.on('data', (chunk: Buffer) => (this.printed += chunk.toString()));
    this.exited = once(this.child, 'exit').then(([code, signal]) => {
      if (this.state === 'running')
        console.error(`The system ended in the middle of the tests: ${signal ?? code}.\n${this.printed}`);
    });
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Resolves when the system runs. Otherwise, ends the process, and rejects with what it printed. */
  async started(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    // The system prints its banner when it is ready.
    const isReady = once(this.child.stdout as NodeJS.ReadableStream, 'data').then(() => 'ready');
    const ended = this.exited.then(() => 'ends');
    const hangs = new Promise<string>((resolve) => {
      timer = setTimeout(() => resolve('hangs'), START_LIMIT_MS);
    });
    const result = await Promise.race([isReady, ended, hangs]).finally(() => clearTimeout(timer));
    if (result === 'ready') {
      this.state = 'running';
      return;
    }
    this.state = 'stopping';
    this.child.kill('SIGKILL');
    await this.exited;
    throw new Error(`The system ${result} while it starts.\n${this.printed}`);
  }

  /** Asks the system to end, and waits until it has. */
  async stop(): Promise<void> {
    this.state = 'stopping';
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill('SIGTERM');
    await this.exited;
  }
}

/**
 * Runs a local system, and returns its process when it is ready. Rejects with what it printed if it does not
 * start.
 */
export async function startHost(flags: readonly string[], options?: HostOptions): Promise<HostProcess> {
  const host = new HostProcess(flags, options);
  await host.started();
  return host;
}

/** Returns the session of the system whose data is in this directory. */
export const readSession = (state: string): Session =>
  JSON.parse(readFileSync(path.join(state, 'session.json'), 'utf8')) as Session;
