import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { World } from './world';

/** The log of the local cloud itself is no log of the deployment. */
const HOST_LOG = 'host.log';

/** Returns a sentence for each log of a function that contains a credential, a name, or an address. */
export function logProblems(stateDirectory: string, world: World): string[] {
  const { mark, credentials, canaries } = world;
  const secrets: Readonly<Record<string, readonly string[]>> = {
    'a name or an address': [mark, ...canaries.slice(0, 1)],
    'a credential': [...credentials, ...canaries.slice(1)],
  };
  const directory = path.join(stateDirectory, 'logs');
  return readdirSync(directory)
    .filter((file) => file !== HOST_LOG)
    .flatMap((file) => {
      const lines = readFileSync(path.join(directory, file), 'utf8').split('\n');
      return Object.entries(secrets).flatMap(([what, values]) => {
        const line = lines.find((each) => values.some((value) => each.includes(value)));
        return line === undefined ? [] : [`The log ${file} contains ${what}: ${line.slice(0, 500)}`];
      });
    });
}
