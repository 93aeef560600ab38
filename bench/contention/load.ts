import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadSize } from './row';

/** The response to one request. `ms` begins at the time at which the request was due. */
export interface Sample {
  readonly status: number;
  readonly ms: number;
}

/**
 * Sends requests at regular intervals, whether or not earlier ones have responses, but not more than
 * `maxInFlight`.
 */
export async function sendAtRate(
  { perSecond, requests, maxInFlight = Infinity }: LoadSize,
  send: (at: number) => Promise<number>,
): Promise<Sample[]> {
  const startedAt = performance.now();
  const samples: Promise<Sample>[] = [];
  const inFlight = new Set<Promise<Sample>>();
  for (let at = 0; at < requests; at++) {
    const dueAt = startedAt + (at * 1000) / perSecond;
    await sleep(Math.max(0, dueAt - performance.now()));
    while (inFlight.size >= maxInFlight) await Promise.race(inFlight);
    const sample = send(at).then((status) => ({ status, ms: performance.now() - dueAt }));
    samples.push(sample);
    inFlight.add(sample);
    void sample.finally(() => inFlight.delete(sample)).catch(() => undefined);
  }
  return Promise.all(samples);
}

/** Returns the smallest value that this share of the samples does not exceed. */
export function percentile(samples: readonly Sample[], share: number): number {
  const sorted = samples.map(({ ms }) => ms).sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}
