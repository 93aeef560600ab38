const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** An event is tried for this time. Then it becomes a dead letter. */
export const RETRY_WINDOW_MS = 24 * HOUR_MS;

/** The delays after the first failures. Every later one is the last delay. */
const DELAYS_MS = [
  5 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  5 * MINUTE_MS,
  15 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
];
const LONGEST_DELAY_MS = HOUR_MS;

/**
 * The part by which a delay is longer at random, so that the webhooks of a host do not all try it at once.
 */
const JITTER = 0.1;

/**
 * Returns the milliseconds until the next attempt after `failures` failed ones, at least 1. `random` is from
 * 0 to 1. An endpoint may ask for a longer delay with `Retry-After`, up to an hour.
 */
export function retryDelay(failures: number, random: number, retryAfterMs = 0): number {
  const delay = DELAYS_MS[failures - 1] ?? LONGEST_DELAY_MS;
  const asked = Math.min(retryAfterMs, LONGEST_DELAY_MS);
  return Math.round(Math.max(delay * (1 + JITTER * random), asked));
}

/**
 * Returns the milliseconds that a `Retry-After` header asks for (RFC 9110 §10.2.3); undefined if it has no
 * delay.
 */
export function retryAfterMs(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header)) return Number(header) * SECOND_MS;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime());
}

/** Returns whether a target that fails since a time (RFC 3339) has had its time. */
export const isWindowOver = (failingSince: string, now: Date): boolean =>
  Date.parse(failingSince) + RETRY_WINDOW_MS <= now.getTime();

/**
 * Returns the time after which an event is not tried again. An event that had to wait behind a failing
 * endpoint has no more time than if it had been tried. Times are RFC 3339.
 */
export function retryUntil(eventTime: string, failingSince: string | undefined, now: Date): string {
  const since = Date.parse(failingSince ?? '') || now.getTime();
  const start = Math.max(since, Math.min(now.getTime(), Date.parse(eventTime)));
  return new Date(start + RETRY_WINDOW_MS).toISOString();
}
