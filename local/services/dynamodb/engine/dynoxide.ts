import { chmodSync, existsSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Children } from '../../../host/processes/children';
import { freePort } from '../../../host/free-port';
import { LOOPBACK } from '../../../host/http';
import { engineCall } from './call';
import type { Engine } from './engine';
import { ready } from './ready';
import { indexStream } from './stream-index';

export function dynoxideProblem(): string | undefined {
  if (binary()) return undefined;
  return 'its package is optional, and for Linux on x64 only. On such a machine, run npm ci without --omit=optional.';
}

/** Starts the embedded native engine. Its data is in one SQLite file. */
export async function startDynoxide(children: Children, dataDirectory: string): Promise<Engine> {
  const file = binary();
  if (!file) throw new Error(dynoxideProblem());
  chmodSync(file, 0o755);
  const database = join(dataDirectory, 'dynoxide.sqlite');
  if (!existsSync(database)) await createDatabase(children, file, database);
  return serve(children, file, database);
}

/**
 * Creates the database with an index on its stream. The engine itself creates the tables when it first
 * starts. The file gets its final name last, so that a crash leaves no database without an index.
 */
async function createDatabase(children: Children, file: string, database: string): Promise<void> {
  const unfinished = `${database}.new`;
  rmSync(unfinished, { force: true });
  const { stop } = await serve(children, file, unfinished);
  await stop();
  await indexStream(unfinished);
  renameSync(unfinished, database);
}

async function serve(children: Children, file: string, database: string): Promise<Engine> {
  const port = await freePort();
  const args = ['serve', '--host', LOOPBACK, '--port', String(port), '--db-path', database];
  const child = children.start('dynoxide', file, args);
  const endpoint = `http://${LOOPBACK}:${port}`;
  await ready(child, engineCall(endpoint));
  return { kind: 'dynoxide', endpoint, stop: child.stop };
}

function binary(): string | undefined {
  try {
    const file = join(dirname(require.resolve('@dynoxide/linux-x64/package.json')), 'dynoxide');
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}
