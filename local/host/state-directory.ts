import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { JsonFile } from './json-file';
import { UserError } from './user-error';

/** The directory of the data that survives a restart. One process uses it at a time. */
export class StateDirectory {
  readonly path: string;
  readonly logs: string;

  private constructor(path: string) {
    this.path = resolve(path);
    this.logs = join(this.path, 'logs');
  }

  /** Locks the directory for this process. Throws a `UserError` if another running process has locked it. */
  static open(path: string, fresh: boolean): StateDirectory {
    const directory = new StateDirectory(path);
    const owner = directory.lock.read();
    if (owner && owner.pid !== process.pid && isAlive(owner.pid)) {
      throw new UserError(
        `${directory.path} is in use by process ${owner.pid}. Stop it, or give this one a directory with --state.`,
      );
    }
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
