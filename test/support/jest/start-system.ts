import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import openTemporaryDirectories, { makeTemporaryDirectory, waitForWriter } from './temporary-directories';

/** Only ends a start that hangs: a start that fails ends the process. */
const START_LIMIT_MS = 600_000;

/** The processors of the machine are shared with the tests, so that a function takes longer than on AWS. */
const TIMEOUT_FACTOR = 20;

/** Names the directory of the running system's `session.json`; the test processes inherit it. */
export const STATE_DIRECTORY_VARIABLE = 'SCIM_TEST_STATE';

declare global {
  var scimSystem: ChildProcess | undefined;
}

/** Jest's global setup: one fresh system for all engine tests, as `npm start` runs it. */
export default async function startSystem(): Promise<void> {
  openTemporaryDirectories();
  const state = makeTemporaryDirectory(temporaryDirectory());
  process.env[STATE_DIRECTORY_VARIABLE] = state;
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const root = path.join(__dirname, '../../..');
  const flags = ['--fresh', '--port', '0', '--state', state, '--rate-plan', 'unmetered', '--meter'];
  const factor = ['--timeout-factor', String(TIMEOUT_FACTOR)];
  const system = fork(path.join(root, 'local/main.ts'), [...flags, ...factor, ...assemblyFlags(state)], {
    cwd: root,
    execArgv: ['--import', 'tsx'],
    // A group of its own: Ctrl-C reaches jest, whose end closes the channel, on which the system stops.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  waitForWriter(system.pid);
  globalThis.scimSystem = system;
  let printed = '';
  system.stderr?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`The system hangs while it starts.\n${printed}`)),
      START_LIMIT_MS,
    );
    const fail = () => reject(new Error(`The system did not start.\n${printed}`));
    system.once('exit', fail);
    // It prints its banner when it runs.
    system.stdout?.once('data', () => {
      clearTimeout(timer);
      system.off('exit', fail);
      system.once('exit', (code, signal) => {
        console.error(`The system ended in the middle of the tests: ${signal ?? code}.\n${printed}`);
      });
      resolve();
    });
  });
}

/** What the running system was synthesized into. */
export const systemAssembly = (): string =>
  process.env.SCIM_TEST_ASSEMBLY ?? path.join(process.env[STATE_DIRECTORY_VARIABLE] ?? '', 'cdk.out');

/** In memory where the machine has that: an engine waits for the disk after every write. */
const temporaryDirectory = (): string => (existsSync('/dev/shm') ? '/dev/shm' : tmpdir());

/** Synthesizes into a directory of the run's own, or takes what SCIM_TEST_ASSEMBLY holds: quicker while one writes tests. */
function assemblyFlags(state: string): string[] {
  const ready = process.env.SCIM_TEST_ASSEMBLY;
  return ready ? ['--no-synth', '--assembly', ready] : ['--assembly', path.join(state, 'cdk.out')];
}
