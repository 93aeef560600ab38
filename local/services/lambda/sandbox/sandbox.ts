import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';

const RUNNER = join(__dirname, 'worker.mjs');

/** The code that a sandbox loads, and its limits. */
export interface SandboxSettings {
  /** Absolute path of the bundle. */
  readonly file: string;
  readonly exportName: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly heapMb: number;
}

/** The thread or process that runs an instance. */
export interface Sandbox {
  readonly outputs: readonly Readable[];
  send(message: object): void;
  onMessage(receive: (message: unknown) => void): void;
  onError(fail: (error: Error) => void): void;
  onExit(end: (code: number | string) => void): void;
  terminate(): Promise<void>;
}

/** Starts a thread, which takes less memory and starts faster than a process. */
export function startThread({ file, exportName, environment, heapMb }: SandboxSettings): Sandbox {
  const worker = new Worker(RUNNER, {
    workerData: { file, exportName },
    env: { ...environment },
    argv: [],
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
  });
  return {
    outputs: [worker.stdout, worker.stderr],
    send: (message) => worker.postMessage(message),
    onMessage: (receive) => worker.on('message', receive),
    onError: (fail) => worker.on('error', fail),
    onExit: (end) => worker.on('exit', end),
    terminate: async () => void (await worker.terminate()),
  };
}

/** Starts a process, as Lambda does, whose CPU time and memory can be measured. It ends with this process. */
export function startProcess({ file, exportName, environment, heapMb }: SandboxSettings): Sandbox {
  const child = fork(RUNNER, [file, exportName], {
    env: { ...environment },
    execArgv: [`--max-old-space-size=${heapMb}`],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  return {
    outputs: [child.stdout, child.stderr].filter((stream) => stream !== null),
    send: (message) => void child.send(message),
    onMessage: (receive) => child.on('message', receive),
    onError: (fail) => child.on('error', fail),
    onExit: (end) => child.on('exit', (code, signal) => end(signal ?? code ?? 0)),
    terminate: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once('exit', () => resolve());
        child.kill('SIGKILL');
      }),
  };
}
