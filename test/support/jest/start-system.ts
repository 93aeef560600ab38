import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startHookHost } from './hook-host';
import { startKeyHost } from './key-host';
import openTemporaryDirectories, { makeTemporaryDirectory, waitForWriter } from './temporary-directories';

/** Applies only to a start that hangs, because a start that fails ends the process. */
const START_LIMIT_MS = 600_000;

/** The tests share the processors with the functions, so a function takes longer than on AWS. */
const TIMEOUT_FACTOR = 20;

/** A queue delivers a message again within seconds after its function has failed. */
export const REDELIVERY_FACTOR = 0.001;

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
  const factor = [
    '--timeout-factor',
    String(TIMEOUT_FACTOR),
    '--redelivery-factor',
    String(REDELIVERY_FACTOR),
    // A test that needs indexes that lag names the lag.
    '--index-lag',
    '0',
    '--jwks-origin',
    await startKeyHost(),
    '--webhook-origin',
    await startHookHost(),
  ];
  const system = fork(path.join(root, 'local/main.ts'), [...flags, ...factor, ...assemblyFlags(state)], {
    cwd: root,
    execArgv: ['--import', 'tsx'],
    // In a separate process group, Ctrl-C reaches only Jest. The system stops when Jest's end closes the
    // channel.
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
    // The system prints its banner when it is ready.
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

/** Returns the directory of the assembly that the system runs. */
export const systemAssembly = (): string =>
  process.env.SCIM_TEST_ASSEMBLY ?? path.join(process.env[STATE_DIRECTORY_VARIABLE] ?? '', 'cdk.out');

/** Returns a directory in memory if possible, because an engine waits for the disk after every write. */
const temporaryDirectory = (): string => (existsSync('/dev/shm') ? '/dev/shm' : tmpdir());

/**
 * Uses the assembly in SCIM_TEST_ASSEMBLY, which saves time while you write tests, or synthesizes a new one.
 */
function assemblyFlags(state: string): string[] {
  const ready = process.env.SCIM_TEST_ASSEMBLY;
  return ready ? ['--no-synth', '--assembly', ready] : ['--assembly', path.join(state, 'cdk.out')];
}
