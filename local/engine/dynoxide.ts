import { chmodSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Children } from '../host/children';
import { freePort } from '../host/free-port';
import { LOOPBACK } from '../host/http';
import { engineCall } from './call';
import type { Engine } from './engine';
import { ready } from './ready';

export function dynoxideProblem(): string | undefined {
  if (binary()) return undefined;
  return 'its package is for Linux on x64 only, and optional: on such a machine run npm ci without --omit=optional.';
}

/** The embedded native engine, its data in one SQLite file. */
export async function startDynoxide(children: Children, dataDirectory: string): Promise<Engine> {
  const file = binary();
  if (!file) throw new Error(dynoxideProblem());
  chmodSync(file, 0o755);
  const port = await freePort();
  const args = [
    'serve',
    '--host',
    LOOPBACK,
    '--port',
    String(port),
    '--db-path',
    join(dataDirectory, 'dynoxide.sqlite'),
  ];
  const child = children.start('dynoxide', file, args);
  const endpoint = `http://${LOOPBACK}:${port}`;
  await ready(child, engineCall(endpoint));
  return { kind: 'dynoxide', endpoint, crashed: child.crashed, stop: child.stop };
}

function binary(): string | undefined {
  try {
    const file = join(dirname(require.resolve('@dynoxide/linux-x64/package.json')), 'dynoxide');
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}
