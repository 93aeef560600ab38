import { AdminError } from '../admin/admin-error';
import { parseFutureInstant } from '../admin/admin-input';

const DEFAULT_YEARS = 1;
const MIN_YEARS = 1;
const MAX_YEARS = 3;
/** Allows for dates without a time, and for clocks that differ. */
const TOLERANCE_MS = 86_400_000;

/**
 * Returns when a new client secret expires, RFC 3339 in UTC. Throws if its lifetime would be too short or too
 * long.
 */
export function secretExpiry(input: string | undefined, now: Date): string {
  if (input === undefined) return inYears(DEFAULT_YEARS, now).toISOString();
  const expireTime = parseFutureInstant(input, now);
  const expiry = Date.parse(expireTime);
  const earliest = inYears(MIN_YEARS, now).getTime() - TOLERANCE_MS;
  const latest = inYears(MAX_YEARS, now).getTime() + TOLERANCE_MS;
  if (expiry >= earliest && expiry <= latest) return expireTime;
  throw new AdminError(
    `A client secret must be valid for ${MIN_YEARS} to ${MAX_YEARS} years. Choose a time from ` +
      `${inYears(MIN_YEARS, now).toISOString()} to ${inYears(MAX_YEARS, now).toISOString()}.`,
  );
}

function inYears(years: number, now: Date): Date {
  const date = new Date(now);
  date.setUTCFullYear(date.getUTCFullYear() + years);
  return date;
}
