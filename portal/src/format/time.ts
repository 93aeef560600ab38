import { locale } from '../i18n/language';
import { t } from './messages';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Dates and times have the format of the page's language, and the time zone of the reader's browser. */
const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
const utcDate = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
const dateAndTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long' });

/** Formats a time: relative within a day of `now`, such as "5 minutes ago"; otherwise date and time. */
export function shortTime(at: string, now: Date): string {
  const difference = Date.parse(at) - now.getTime();
  const distance = Math.abs(difference);
  if (distance < MINUTE) return difference > 0 ? t('inAMoment') : t('justNow');
  if (distance < HOUR) return relative.format(Math.round(difference / MINUTE), 'minute');
  if (distance < DAY) return relative.format(Math.round(difference / HOUR), 'hour');
  return dateAndTime.format(new Date(at));
}

export function shortDate(at: string): string {
  return date.format(new Date(at));
}

/** Formats a day (`YYYY-MM-DD`) that begins and ends in UTC. */
export const utcDay = (day: string): string => utcDate.format(new Date(day));

/** Formats a time with its seconds and time zone. */
export function longTime(at: string): string {
  return exact.format(new Date(at));
}

/** Returns the start of a day (`YYYY-MM-DD`) in the reader's time zone, plus `days`, as RFC 3339. */
export function startOfDay(day: string, days = 0): string {
  const start = new Date(`${day}T00:00:00`);
  start.setDate(start.getDate() + days);
  return start.toISOString();
}

/** Returns the day in the reader's time zone, `YYYY-MM-DD`. */
export function localDay(time: Date): string {
  const pad = (part: number) => String(part).padStart(2, '0');
  return `${time.getFullYear()}-${pad(time.getMonth() + 1)}-${pad(time.getDate())}`;
}
