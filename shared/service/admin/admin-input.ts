import { AdminError } from './admin-error';

const MAX_NAME_LENGTH = 100;

/** A week: who is created today works by then. */
export const MAX_MAIL_DELAY_MINUTES = 10_080;

/** Writes what follows it in the other direction, outside of the name as well. */
const TEXT_DIRECTION_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/;
/** Unicode has blanks that are no space: zero-width ones, fillers, an empty Braille cell. */
const VISIBLE_CHARACTER = /[^\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** What names something for people, without the space around it. `what` begins the sentence that refuses it. */
export function validateName(text: string, what: string): string {
  const name = text.trim();
  const length = [...name].length;
  if (length === 0 || length > MAX_NAME_LENGTH) {
    throw new AdminError(`${what} has 1 to ${MAX_NAME_LENGTH} characters; this one has ${length}.`);
  }
  if (/[\p{Cc}\p{Zl}\p{Zp}\p{Surrogate}]/u.test(name) || TEXT_DIRECTION_CONTROLS.test(name)) {
    throw new AdminError(`${what} is one line without control characters. Type it again.`);
  }
  if (!VISIBLE_CHARACTER.test(name)) {
    throw new AdminError(`${what} has characters, but none that can be seen. Type it again.`);
  }
  return name;
}

export function validateMailDelay(minutes: number): number {
  if (Number.isInteger(minutes) && minutes >= 0 && minutes <= MAX_MAIL_DELAY_MINUTES) return minutes;
  throw new AdminError(
    `The delay of the first mail is a whole number of minutes from 0 to ${MAX_MAIL_DELAY_MINUTES}, a week.`,
  );
}

/** In UTC; a later one has no four digits for its year. */
const LAST_INSTANT = Date.parse('9999-12-31T23:59:59.999Z');

/** The same instant in UTC, as times are stored; refuses what is no RFC 3339 time, is not after `now`, or in UTC none any more. */
export function parseFutureInstant(text: string, now: Date): string {
  const instant = new Date(text);
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/i.test(text);
  if (!isTime || Number.isNaN(instant.getTime()) || !isCalendarDate(text.slice(0, 10))) {
    throw new AdminError(`"${text}" is no time of RFC 3339, such as 2027-01-31T12:00:00Z.`);
  }
  if (instant.getTime() > LAST_INSTANT) {
    throw new AdminError(`The time ${text} is after the year 9999. Leave it out for no end.`);
  }
  if (instant <= now) throw new AdminError(`The time ${text} has passed already.`);
  return instant.toISOString();
}

/** `Date` takes 31 February for 3 March. */
const isCalendarDate = (day: string): boolean => new Date(day).toISOString().startsWith(day);
