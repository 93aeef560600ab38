import type { LicenseRecord } from '../../store/licenses/license-record';
import type { KeyGrace } from '../../store/licenses/key-grace';

const DAY_MS = 86_400_000;

/**
 * Returns the assumption of an activation at `at` about the key of a user's license. The license is not read
 * for it: a user that did not change for the whole period was not active in it. Returns undefined if keys are
 * never kept. Both times are RFC 3339, UTC.
 */
export function assumeKeyGrace(keyGraceDays: number, at: string, lastModified: string): KeyGrace | undefined {
  if (keyGraceDays === 0) return undefined;
  const cutoff = new Date(Date.parse(at) - keyGraceDays * DAY_MS).toISOString();
  return { cutoff, keepsKey: lastModified > cutoff };
}

/**
 * Returns the time before which the user of an inactive license gets its key back. Returns undefined if the
 * next activation has a new key. `now` is in milliseconds since the epoch.
 */
export function keyKeptUntil(
  { status, keptActivationId, endedAt }: LicenseRecord,
  keyGraceDays: number,
  now: number,
): string | undefined {
  if (status !== 'inactive' || keptActivationId === undefined || endedAt === undefined) return undefined;
  const until = Date.parse(endedAt) + keyGraceDays * DAY_MS;
  return until > now ? new Date(until).toISOString() : undefined;
}
