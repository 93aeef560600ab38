import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type BruFile, parseBruFile } from './bru-file';

export const COLLECTION = path.resolve(__dirname, '../../collection');

export interface CollectionRequest extends BruFile {
  /** The path below the collection, without its extension, such as `scim/2-users/create`. */
  readonly path: string;
  readonly text: string;
}

/** Returns all requests of the collection, in the order in which Bruno runs them. */
export const readCollection = (): CollectionRequest[] => requestsIn('');

function requestsIn(folder: string): CollectionRequest[] {
  const entries = readdirSync(path.join(COLLECTION, folder), { withFileTypes: true });
  const folders = entries
    .filter((entry) => entry.isDirectory() && entry.name !== 'environments')
    .map(({ name }) => ({ path: path.posix.join(folder, name), seq: seqOfFolder(path.join(folder, name)) }));
  const requests = entries
    .filter(({ name }) => name.endsWith('.bru') && !['folder.bru', 'collection.bru'].includes(name))
    .map(({ name }) => {
      const text = readFileSync(path.join(COLLECTION, folder, name), 'utf8');
      return { ...parseBruFile(text), path: path.posix.join(folder, name.slice(0, -4)), text };
    });
  return [...folders.sort(bySeq).flatMap((each) => requestsIn(each.path)), ...requests.sort(bySeq)];
}

const bySeq = (one: { seq: number }, other: { seq: number }): number => one.seq - other.seq;

function seqOfFolder(folder: string): number {
  const text = readFileSync(path.join(COLLECTION, folder, 'folder.bru'), 'utf8');
  return Number(/^ {2}seq: (\d+)$/m.exec(text)?.[1] ?? 0);
}
