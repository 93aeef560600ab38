import type { ClientResponse } from '../system/system';

/** Runs `act` `times` times at once. */
export const runConcurrently = <T>(times: number, act: (at: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: times }, (_, at) => act(at)));

/** How often each outcome came, e.g. `{ '201': 1, '409 uniqueness': 9 }`. */
export function countOutcomes(answers: readonly ClientResponse[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, body } of answers) {
    const { scimType } = (body ?? {}) as { scimType?: string };
    const outcome = [status, scimType].filter(Boolean).join(' ');
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}
