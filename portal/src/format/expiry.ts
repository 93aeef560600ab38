import { localDay, startOfDay } from './time';
import { t } from './messages';

export const EXPIRIES = {
  never: t('never'),
  days30: t('in30Days'),
  days90: t('in90Days'),
  days365: t('in1Year'),
  day: t('onASpecificDate'),
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

export const SECRET_EXPIRIES = {
  years1: t('in1Year'),
  years2: t('in2Years'),
  years3: t('in3Years'),
} as const;

export type SecretExpiry = keyof typeof SECRET_EXPIRIES;

const YEAR_DAYS = 365;

/**
 * Returns when a client secret expires, as RFC 3339; undefined for the default of one year. A secret lives at
 * most three years, so the time is the start of the last day.
 */
export function secretExpireTime(expiry: SecretExpiry, now: Date): string | undefined {
  if (expiry === 'years1') return undefined;
  return startOfDay(localDay(now), YEAR_DAYS * (expiry === 'years2' ? 2 : 3));
}
