import type { RateUsage } from '../api/schema';

/** The requests of a connection in the last hour. */
export type ConnectionUsage = RateUsage['minutes'][number]['connections'][number];

/** Returns the requests of each connection in all minutes, the most first. */
export function usageByConnection({ minutes }: Pick<RateUsage, 'minutes'>): readonly ConnectionUsage[] {
  const totals = new Map<string, ConnectionUsage>();
  for (const usage of minutes.flatMap(({ connections }) => connections)) {
    const requests = (totals.get(usage.connectionId)?.requests ?? 0) + usage.requests;
    totals.set(usage.connectionId, { ...usage, requests });
  }
  return [...totals.values()].sort((one, other) => other.requests - one.requests);
}
