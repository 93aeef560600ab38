import path from 'node:path';
import { STATE_DIRECTORY_VARIABLE } from '../../support/jest/start-system';
import { type Outcome, scim, type Surroundings } from './run';

const session = (): string => path.join(process.env[STATE_DIRECTORY_VARIABLE] ?? '', 'session.json');

/** Runs a command line in this process on the running system. */
export const scimLocal = (args: readonly string[], surroundings?: Surroundings): Promise<Outcome> =>
  scim(['--local', '--session', session(), ...args], surroundings);

/** Returns the output of a command; throws if the command fails. */
export async function printed(...args: string[]): Promise<string> {
  const { code, out, err } = await scimLocal(args);
  if (code !== 0) throw new Error(err);
  return out;
}

/** Returns the parsed output of a command with `--json`. */
export const json = async <T>(...args: string[]): Promise<T> =>
  JSON.parse(await printed('--json', ...args)) as T;
