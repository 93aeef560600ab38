import type { UserImportResult } from '../schema';
import type { UserFile, UserRow } from './users-csv';

/** The rows of a request. */
const CHUNK = 50;
/** The requests for the same rows, if the service is busy or cannot be reached. */
const ATTEMPTS = 8;

/** The progress of an import. */
export interface ImportProgress {
  readonly done: number;
  readonly total: number;
  readonly errors: number;
}

export interface ImportOptions {
  /** Sends rows. `seatsTaken` is the number of seats that the rows before them take. */
  readonly send: (rows: readonly UserRow[], seatsTaken: number) => Promise<readonly UserImportResult[]>;
  /** Returns the milliseconds after which failed rows can be sent again; undefined if they must not. */
  readonly retryAfter: (error: unknown, failures: number) => number | undefined;
  readonly sleep: (ms: number) => Promise<void>;
  readonly isStopped: () => boolean;
  readonly onProgress: (progress: ImportProgress, results: readonly UserImportResult[]) => void;
}

/**
 * Sends the rows of a file, in their order and in requests of limited time. A request whose response was lost
 * is sent again, because a row that was imported changes nothing. Returns the results of all rows, or those
 * until it was stopped. If it throws, `onProgress` was called with the results until then.
 */
export async function importRows(file: UserFile, options: ImportOptions): Promise<UserImportResult[]> {
  const { rows, refused } = file;
  const results: UserImportResult[] = [...refused];
  const total = rowCount(file);
  const report = () =>
    options.onProgress(
      { done: results.length, total, errors: results.filter(({ outcome }) => outcome === 'error').length },
      inOrder(results),
    );
  report();
  for (let next = 0; next < rows.length && !options.isStopped();) {
    const seatsTaken = countLicenses(results, 'starts') - countLicenses(results, 'ends');
    const sent = await attempt(() => options.send(rows.slice(next, next + CHUNK), seatsTaken), options);
    if (!sent) break;
    next += sent.length;
    results.push(...sent);
    report();
  }
  return inOrder(results);
}

const inOrder = (results: readonly UserImportResult[]): UserImportResult[] =>
  [...results].sort((one, other) => one.row - other.row);

/** Returns undefined if the import was stopped before a retry. */
async function attempt<T>(
  send: () => Promise<T>,
  { retryAfter, sleep, isStopped }: ImportOptions,
): Promise<T | undefined> {
  for (let failures = 0; ; failures++) {
    try {
      return await send();
    } catch (error) {
      const ms = failures + 1 < ATTEMPTS ? retryAfter(error, failures) : undefined;
      if (ms === undefined) throw error;
      if (!isStopped()) await sleep(ms);
      if (isStopped()) return undefined;
    }
  }
}

/** Returns the number of rows of a file, also of those that cannot be sent. */
export const rowCount = ({ rows, refused }: UserFile): number => rows.length + refused.length;

/** Returns the number of rows with an effect on licenses. */
export const countLicenses = (
  results: readonly UserImportResult[],
  effect: NonNullable<UserImportResult['license']>,
): number => results.filter(({ license }) => license === effect).length;

/** The numbers of rows by what they do. */
export function countOutcomes(
  results: readonly UserImportResult[],
): Record<UserImportResult['outcome'], number> {
  const counts = { create: 0, change: 0, unchanged: 0, error: 0 };
  for (const { outcome } of results) counts[outcome]++;
  return counts;
}
