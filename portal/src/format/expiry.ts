import { localDay, startOfDay } from './time';

export const EXPIRIES = {
  never: 'Never',
  days30: 'In 30 days',
  days90: 'In 90 days',
  days365: 'In 1 year',
  day: 'On a specific date',
} as const;

export type Expiry = keyof typeof EXPIRIES;

const EXPIRY_DAYS: Readonly<Partial<Record<Expiry, number>>> = { days30: 30, days90: 90, days365: 365 };

/**
 * Returns the end of the last day in the reader's time zone as RFC 3339; undefined for "never". `day` is
 * `YYYY-MM-DD`.
 */
export function expireTime(expiry: Expiry, day: string, now: Date): string | undefined {
  if (expiry === 'day') return startOfDay(day, 1);
  const days = EXPIRY_DAYS[expiry];
  return days === undefined ? undefined : startOfDay(localDay(now), days + 1);
}
