import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** One JSON value on disk, replaced as a whole, so that a crash leaves the old value or the new one. */
export class JsonFile<T> {
  constructor(readonly path: string) {}

  /** The stored value, or undefined where nothing was stored yet. */
  read(): T | undefined {
    try {
      return JSON.parse(readFileSync(this.path, 'utf8')) as T;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** Readable by the owner alone: what is kept here includes secrets. */
  write(value: T): void {
    mkdirSync(dirname(this.path), { recursive: true });
    const draft = `${this.path}.${process.pid}.draft`;
    writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
    renameSync(draft, this.path);
  }
}
