import { type ChildProcess, fork, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const STOP_GRACE_MS = 4000;

export interface Child {
  readonly pid: number;
  /** Rejects with the end of the child's log if the child ends without being stopped. */
  readonly crashed: Promise<never>;
  readonly stop: () => Promise<void>;
}

/** The child processes. Each has its own process group, so that Ctrl-C reaches the parent process only. */
export class Children {
  /** Rejects as soon as one of the children ends without being stopped. */
  readonly crashed: Promise<never>;
  private reportCrash: (error: unknown) => void = () => {};
  private reaper: ChildProcess | undefined;

  constructor(private readonly logDirectory: string) {
    this.crashed = new Promise<never>((_, reject) => (this.reportCrash = reject));
    this.crashed.catch(() => {});
  }

  start(name: string, command: string, args: readonly string[], options: { cwd?: string } = {}): Child {
    this.reaper ??= startReaper();
    const logFile = join(this.logDirectory, `${name}.log`);
    const log = openSync(logFile, 'a', 0o600);
    const child = spawn(command, args, { ...options, detached: true, stdio: ['ignore', log, log] });
    closeSync(log);
    let stopping = false;
    const exited = new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
    });
    const crashed = exited.then((how) => {
      if (child.pid) this.reaper?.send({ ended: child.pid });
      if (stopping) return new Promise<never>(() => {});
      throw new Error(`${name} ended (${how}). The end of ${logFile}:\n${tail(logFile)}`);
    });
    crashed.catch(this.reportCrash);
    if (child.pid) this.reaper.send({ started: child.pid });
    const stop = async () => {
      stopping = true;
      child.kill('SIGTERM');
      if ((await Promise.race([exited, sleep(STOP_GRACE_MS, undefined, { ref: false })])) === undefined)
        child.kill('SIGKILL');
      await exited;
    };
    return { pid: child.pid ?? 0, crashed, stop };
  }

  /** Releases the reaper. Call it after all children are stopped. */
  close(): void {
    if (this.reaper?.connected) this.reaper.disconnect();
  }
}

function startReaper(): ChildProcess {
  const reaper = fork(join(__dirname, 'reaper.cjs'), {
    detached: true,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  reaper.unref();
  reaper.channel?.unref();
  return reaper;
}

function tail(file: string): string {
  return readFileSync(file, 'utf8').trim().split('\n').slice(-10).join('\n');
}
