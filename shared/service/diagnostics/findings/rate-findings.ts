import type { RateLimit } from '../../../limits/rate-plan';
import type { MinuteUsage } from '../../../store/limits/rate-usage';
import type { ConnectionNames } from '../connection-names';
import { draftFinding, type FindingDetail, type FindingDraft } from '../finding';

/**
 * Reports minutes of the last hour in which the rate limit was reached. `usage` is newest first. `limit` is
 * null if there is none.
 */
export function rateFindings(
  usage: readonly MinuteUsage[],
  limit: RateLimit | null,
  names: ConnectionNames = new Map(),
): FindingDraft[] {
  if (!limit) return [];
  const full = usage.filter(
    ({ requests, inTenSeconds }) =>
      requests >= limit.perMinute || inTenSeconds.some((number) => number >= limit.perTenSeconds),
  );
  const [last] = full;
  if (!last) return [];
  const mostBy = largestSender(full, names);
  return [
    draftFinding(
      'rate-limit-reached',
      'warning',
      {
        perMinute: limit.perMinute,
        perTenSeconds: limit.perTenSeconds,
        minutes: full.length,
        lastAt: last.minute.slice(11, 16),
        ...(mostBy !== undefined && { mostBy }),
      },
      full.map((used) => ({
        minute: used.minute,
        requests: used.requests,
        mostInTenSeconds: Math.max(...used.inTenSeconds),
        ...largestDetail(used, names),
      })),
    ),
  ];
}

/** Returns the connection that sent the most requests, with their number. Undefined if none is known. */
const largestConsumer = (
  connections: MinuteUsage['connections'],
): readonly [connectionId: string, requests: number] | undefined =>
  [...connections].reduce<readonly [string, number] | undefined>(
    (largest, each) => (largest && largest[1] >= each[1] ? largest : each),
    undefined,
  );

function largestDetail({ connections }: MinuteUsage, names: ConnectionNames): FindingDetail {
  const largest = largestConsumer(connections);
  if (!largest) return {};
  const [connectionId, requests] = largest;
  return { connectionId, connection: names.get(connectionId) ?? null, requestsOfConnection: requests };
}

/**
 * Returns the name of the connection that sent the most requests in the full minutes, if the domain has
 * several.
 */
function largestSender(full: readonly MinuteUsage[], names: ConnectionNames): string | undefined {
  if (names.size < 2) return undefined;
  const total = new Map<string, number>();
  for (const { connections } of full)
    for (const [id, requests] of connections) total.set(id, (total.get(id) ?? 0) + requests);
  return names.get(largestConsumer(total)?.[0] ?? '');
}
