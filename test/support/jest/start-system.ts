import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startHookHost } from './hook-host';
import { HostProcess } from '../system/host-process';
import { startKeyHost } from './key-host';
import openTemporaryDirectories, { makeTemporaryDirectory, waitForWriter } from './temporary-directories';

/** The tests share the processors with the functions, so a function takes longer than on AWS. */
const TIMEOUT_FACTOR = 20;

/** A queue delivers a message again within seconds after its function has failed. */
export const REDELIVERY_FACTOR = 0.001;

/** Names the directory of the running system's `session.json`; the test processes inherit it. */
export const STATE_DIRECTORY_VARIABLE = 'SCIM_TEST_STATE';

declare global {
  var scimSystem: HostProcess | undefined;
}

/** Jest's global setup: one fresh system for all engine tests, as `npm start` runs it. */
export default async function startSystem(): Promise<void> {
  openTemporaryDirectories();
  const state = makeTemporaryDirectory(temporaryDirectory());
  process.env[STATE_DIRECTORY_VARIABLE] = state;
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
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
  // In a separate process group, Ctrl-C reaches only Jest. The system stops when Jest's end closes the
  // channel.
  const system = new HostProcess([...flags, ...factor, ...assemblyFlags(state)], { detached: true });
  waitForWriter(system.pid);
  globalThis.scimSystem = system;
  await system.started();
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
