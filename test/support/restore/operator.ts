import path from 'node:path';
import { scim } from '../../bin/cli/run';

const run = (state: string, ...args: string[]) =>
  scim(['--local', '--session', path.join(state, 'session.json'), '--json', ...args]);

/** Runs the CLI on the system of a directory, and returns its parsed output. Throws if the command fails. */
export async function cli<T>(state: string, ...args: string[]): Promise<T> {
  const { code, out, err } = await run(state, ...args);
  if (code !== 0) throw new Error(`scim ${args.join(' ')}: ${err}`);
  return JSON.parse(out) as T;
}

/** What `restore prepare` prints. */
export interface Prepared {
  readonly inUse: boolean;
  readonly stream: string;
  readonly timeToLive: string;
  readonly pointInTimeRecovery: string;
  readonly deletionProtection: string;
  readonly restartedFeeds?: number;
  readonly waitingEmails?: Readonly<Record<string, number>>;
}

/** What `scim verify --json` prints of a domain: numbers, and lists of problems at any depth. */
interface Verification {
  readonly outdated: number;
  readonly staleAddresses: number;
  readonly domainId: string;
  readonly counts: { readonly exact: boolean };
}

/** Returns what `scim verify` finds, or cannot compare, in all domains. */
export async function verify(state: string): Promise<unknown[]> {
  const { code, out, err } = await run(state, 'verify');
  const results = out === '' ? [] : (JSON.parse(out) as Verification[]);
  const found = results.flatMap(({ outdated, staleAddresses, ...lists }) => [
    ...(outdated + staleAddresses > 0 ? [{ outdated, staleAddresses }] : []),
    ...(lists.counts.exact ? [] : [{ domainId: lists.domainId, exact: false }]),
    ...listedIn(lists),
  ]);
  return found.length === 0 && code !== 0 ? [err] : found;
}

/** Returns the entries of all lists in a value. */
const listedIn = (value: unknown): unknown[] => {
  if (Array.isArray(value)) return value as unknown[];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(listedIn) : [];
};
