import { InvalidArgumentError } from 'commander';

const HOUR_MS = 3_600_000;
const UNITS: Readonly<Record<string, number>> = { h: HOUR_MS, d: 24 * HOUR_MS, w: 7 * 24 * HOUR_MS };
const DAY = /^\d{4}-\d\d-\d\d$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/i;

const FORMS =
  'a span such as 12h, 90d or 4w, a day such as 2027-12-31, or a time such as 2027-12-31T12:00:00Z';

/** A time that lies ahead: after a span, at the end of a day in UTC, or as RFC 3339 says. Gives RFC 3339. */
export function timeAhead(text: string, now: Date): string {
  const time = DAY.test(text)
    ? shifted(dayOf(text), UNITS.d ?? 0)
    : (spanFrom(now, text, 1) ?? instantOf(text));
  if (time <= now) throw new InvalidArgumentError('It has passed already.');
  return time.toISOString();
}

/** A time that lies behind, or a bound of what does: a span ago, the beginning of a day in UTC, or as RFC 3339 says. */
export function timeBehind(text: string, now: Date): string {
  const time = DAY.test(text) ? dayOf(text) : (spanFrom(now, text, -1) ?? instantOf(text));
  return time.toISOString();
}

function spanFrom(now: Date, text: string, direction: 1 | -1): Date | undefined {
  const [, number, unit = ''] = /^(\d{1,5})([hdw])$/.exec(text) ?? [];
  const milliseconds = UNITS[unit];
  return milliseconds === undefined ? undefined : shifted(now, direction * Number(number) * milliseconds);
}

function instantOf(text: string): Date {
  const time = new Date(text);
  if (!INSTANT.test(text) || Number.isNaN(time.getTime())) throw new InvalidArgumentError(`It is ${FORMS}.`);
  dayOf(text.slice(0, 10));
  return time;
}

/** Its beginning. `Date` takes 31 February for 3 March. */
function dayOf(text: string): Date {
  const time = new Date(`${text}T00:00:00Z`);
  if (Number.isNaN(time.getTime()) || !time.toISOString().startsWith(text))
    throw new InvalidArgumentError(`There is no day ${text}.`);
  return time;
}

const shifted = (time: Date, milliseconds: number): Date => new Date(time.getTime() + milliseconds);
