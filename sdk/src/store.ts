import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** Keeps texts by name. The answers of the service belong in a store that outlives the process. */
export interface Store {
  read(name: string): Promise<string | undefined>;
  /**
   * Writes a text. `keepSeconds` is the time for which it is needed. After that, a store should remove it,
   * because products receive any number of webhooks. @default - it is needed until it is removed
   */
  write(name: string, text: string, keepSeconds?: number): Promise<void>;
  remove(name: string): Promise<void>;
}

/** Keeps texts in memory, for tests and for products that always have a connection. */
export class MemoryStore implements Store {
  private readonly texts = new Map<string, string>();
  /** The times at which texts are no longer needed, in milliseconds, in the order of their writes. */
  private readonly ends = new Map<string, number>();

  constructor(private readonly now: () => number = Date.now) {}

  read(name: string): Promise<string | undefined> {
    return Promise.resolve(this.texts.get(name));
  }

  write(name: string, text: string, keepSeconds?: number): Promise<void> {
    this.forget(name);
    for (const [other, end] of this.ends) {
      if (end > this.now()) break;
      this.forget(other);
    }
    this.texts.set(name, text);
    if (keepSeconds !== undefined) this.ends.set(name, this.now() + keepSeconds * 1000);
    return Promise.resolve();
  }

  remove(name: string): Promise<void> {
    this.forget(name);
    return Promise.resolve();
  }

  private forget(name: string): void {
    this.texts.delete(name);
    this.ends.delete(name);
  }
}

/** The names of the directories with texts that are no longer needed after a day, in UTC. */
const UNTIL = /^until-(\d{4}-\d{2}-\d{2})$/;

/**
 * Keeps each text in a file of a directory. A write replaces the file, so that a crash leaves the old text or
 * the new one.
 */
export class FileStore implements Store {
  private sweptOn?: string;

  constructor(
    private readonly directory: string,
    private readonly now: () => number = Date.now,
  ) {}

  async read(name: string): Promise<string | undefined> {
    const text = await readIfPresent(fileOf(this.directory, name));
    if (text !== undefined) return text;
    for (const directory of await this.datedDirectories()) {
      const dated = await readIfPresent(fileOf(directory, name));
      if (dated !== undefined) return dated;
    }
    return undefined;
  }

  async write(name: string, text: string, keepSeconds?: number): Promise<void> {
    const isDated = keepSeconds !== undefined;
    if (isDated) await this.sweep();
    const directory = isDated
      ? join(this.directory, `until-${dayOf(this.now() + keepSeconds * 1000)}`)
      : this.directory;
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const draft = `${fileOf(directory, name)}.${randomUUID()}.draft`;
    await writeFile(draft, text, { mode: 0o600 });
    await rename(draft, fileOf(directory, name));
  }

  async remove(name: string): Promise<void> {
    for (const directory of [this.directory, ...(await this.datedDirectories())])
      await rm(fileOf(directory, name), { force: true });
  }

  /** Removes the texts that are no longer needed, once a day. */
  private async sweep(): Promise<void> {
    const today = dayOf(this.now());
    if (this.sweptOn === today) return;
    this.sweptOn = today;
    for (const directory of await this.datedDirectories())
      if ((UNTIL.exec(basename(directory))?.[1] ?? today) < today)
        await rm(directory, { recursive: true, force: true });
  }

  private async datedDirectories(): Promise<string[]> {
    try {
      const names = await readdir(this.directory);
      return names.filter((name) => UNTIL.test(name)).map((name) => join(this.directory, name));
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }
}

const dayOf = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);

const fileOf = (directory: string, name: string): string =>
  join(directory, `${createHash('sha256').update(name).digest('hex')}.json`);

async function readIfPresent(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';
