import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { JsonFile } from './json-file';
import { UserError } from './user-error';

/** Thrown if another running process uses a directory. */
export class DirectoryInUse extends UserError {
  constructor(path: string, pid: number) {
    super(`${path} is in use by process ${pid}. Stop it, or use another directory.`);
  }
}

/** The directory of the data that survives a restart. One process uses it at a time. */
export class StateDirectory {
  readonly path: string;
  readonly logs: string;

  private constructor(path: string) {
    this.path = resolve(path);
    this.logs = join(this.path, 'logs');
  }

  /** Returns the id of another running process that has locked the directory; undefined if there is none. */
  static ownerOf(path: string): number | undefined {
    const owner = new StateDirectory(path).lock.read();
    return owner && owner.pid !== process.pid && isAlive(owner.pid) ? owner.pid : undefined;
  }

  /** Throws `DirectoryInUse` if another running process has locked the directory. */
  static assertUnused(path: string): void {
    const owner = StateDirectory.ownerOf(path);
    if (owner !== undefined) throw new DirectoryInUse(resolve(path), owner);
  }

  /**
   * Locks the directory for this process. Throws `DirectoryInUse` if another running process has locked it.
   */
  static open(path: string, fresh: boolean): StateDirectory {
    StateDirectory.assertUnused(path);
    const directory = new StateDirectory(path);
    if (fresh) rmSync(directory.path, { recursive: true, force: true });
    mkdirSync(directory.logs, { recursive: true, mode: 0o700 });
    directory.lock.write({ pid: process.pid });
    return directory;
  }

  file<T>(name: string): JsonFile<T> {
    return new JsonFile<T>(join(this.path, name));
  }

  release(): void {
    rmSync(this.lock.path, { force: true });
  }

  private get lock(): JsonFile<{ pid: number }> {
    return this.file('host.lock');
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
