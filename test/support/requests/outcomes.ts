import type { ClientResponse } from '../system/system';

/** Runs a function several times concurrently. */
export const runConcurrently = <T>(times: number, run: (at: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: times }, (_, at) => run(at)));

/** Counts the responses by status and `scimType`, e.g. `{ '201': 1, '409 uniqueness': 9 }`. */
export function countOutcomes(responses: readonly ClientResponse[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, body } of responses) {
    const { scimType } = (body ?? {}) as { scimType?: string };
    const outcome = [status, scimType].filter(Boolean).join(' ');
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}
