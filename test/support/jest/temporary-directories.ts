import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

interface TemporaryDirectories {
  readonly directories: string[];
  /** Removes them if this process ends without doing so, for example on Ctrl-C. */
  readonly remover: ChildProcess;
}

declare global {
  var scimTemporaryDirectories: TemporaryDirectories | undefined;
}

/**
 * Jest's global setup: everything that the tests and their processes write to the temporary directory goes
 * into one directory of this run, such as the assemblies of the CDK. It is removed at the end, even if the
 * run is interrupted.
 */
export default function openTemporaryDirectories(): void {
  if (globalThis.scimTemporaryDirectories) return;
  const remover = fork(path.join(__dirname, 'remove-directories.cjs'), {
    // A process group of its own, so that Ctrl-C does not reach it.
    detached: true,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  remover.unref();
  remover.channel?.unref();
  globalThis.scimTemporaryDirectories = { directories: [], remover };
  process.env.TMPDIR = makeTemporaryDirectory(tmpdir());
}

/** Makes a directory below `parent` that is removed at the end of the run. */
export function makeTemporaryDirectory(parent: string): string {
  const directory = mkdtempSync(path.join(parent, 'scim-test-'));
  globalThis.scimTemporaryDirectories?.directories.push(directory);
  globalThis.scimTemporaryDirectories?.remover.send({ directory });
  return directory;
}

/** Delays the removal until this process has ended. */
export function waitForWriter(pid: number | undefined): void {
  globalThis.scimTemporaryDirectories?.remover.send({ writer: pid });
}

/** Removes the directories of this run. */
export function removeTemporaryDirectories(): void {
  const { directories = [], remover } = globalThis.scimTemporaryDirectories ?? {};
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
  if (remover?.connected) remover.disconnect();
  globalThis.scimTemporaryDirectories = undefined;
}
