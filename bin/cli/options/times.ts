import { InvalidArgumentError } from 'commander';

const HOUR_MS = 3_600_000;
const UNITS: Readonly<Record<string, number>> = { h: HOUR_MS, d: 24 * HOUR_MS, w: 7 * 24 * HOUR_MS };
const DAY = /^\d{4}-\d\d-\d\d$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/i;

const FORMS =
  'a duration such as 12h, 90d or 4w, a date such as 2027-12-31, or a time such as 2027-12-31T12:00:00Z';

/**
 * Parses a future time: a duration from now, a date (its end in UTC), or an RFC 3339 time. Returns RFC 3339.
 */
export function parseFutureTime(text: string, now: Date): string {
  const time = DAY.test(text)
    ? addMilliseconds(startOfDay(text), UNITS.d ?? 0)
    : (durationFrom(now, text, 1) ?? parseInstant(text));
  if (time <= now) throw new InvalidArgumentError('This time is in the past.');
  return time.toISOString();
}

/**
 * Parses the bound of a past period: a duration before now, a date (its start in UTC), or an RFC 3339 time.
 * Returns RFC 3339.
 */
export function parsePastTime(text: string, now: Date): string {
  const time = DAY.test(text) ? startOfDay(text) : (durationFrom(now, text, -1) ?? parseInstant(text));
  return time.toISOString();
}

function durationFrom(now: Date, text: string, direction: 1 | -1): Date | undefined {
  const [, number, unit = ''] = /^(\d{1,5})([hdw])$/.exec(text) ?? [];
  const milliseconds = UNITS[unit];
  return milliseconds === undefined
    ? undefined
    : addMilliseconds(now, direction * Number(number) * milliseconds);
}

function parseInstant(text: string): Date {
  const time = new Date(text);
  if (!INSTANT.test(text) || Number.isNaN(time.getTime()))
    throw new InvalidArgumentError(`It must be ${FORMS}.`);
  startOfDay(text.slice(0, 10));
  return time;
}

/** Returns the start of a date in UTC. Rejects 31 February, which `Date` would read as 3 March. */
function startOfDay(text: string): Date {
  const time = new Date(`${text}T00:00:00Z`);
  if (Number.isNaN(time.getTime()) || !time.toISOString().startsWith(text))
    throw new InvalidArgumentError(`${text} is not a valid date.`);
  return time;
}

const addMilliseconds = (time: Date, milliseconds: number): Date => new Date(time.getTime() + milliseconds);
