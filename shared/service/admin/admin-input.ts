import { MAX_EMAILS_PER_HOUR, MAX_MINUTES_PER_ADDRESS } from '../../limits/mail-budget';
import { deliverableAddress } from '../../mail/address';
import { addressKeyOf } from '../../store/mail/address-key';
import { AdminError } from './admin-error';

/*
 * The rules for values that administrators enter: names, ranges, and times. They are stated only here.
 * The admin API checks the shape of a body, which is its members and their types.
 */

const MAX_NAME_LENGTH = 100;
/** With ten long addresses, the item of a domain still fits in one read unit. */
const MAX_NOTIFY_ADDRESSES = 10;
const MAX_SEATS = 100_000_000;
/** One week, so that a new user can use the product by then. */
const MAX_MAIL_DELAY_MINUTES = 10_080;

/** Reverses the direction of the text that follows, even outside of the name. */
const TEXT_DIRECTION_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/;
/** Besides spaces, Unicode has invisible characters: zero-width ones, fillers, and the empty Braille cell. */
const VISIBLE_CHARACTER = /[^\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u;

/**
 * Returns a name without surrounding white space. `subject` begins the message of the error, such as "The
 * name of a domain".
 */
export function validateName(text: string, subject: string): string {
  const name = text.trim();
  const length = [...name].length;
  if (length === 0 || length > MAX_NAME_LENGTH) {
    throw new AdminError(
      `${subject} must have 1 to ${MAX_NAME_LENGTH} characters, but this one has ${length}.`,
    );
  }
  if (/[\p{Cc}\p{Zl}\p{Zp}\p{Surrogate}]/u.test(name) || TEXT_DIRECTION_CONTROLS.test(name)) {
    throw new AdminError(`${subject} must be one line without control characters. Type it again.`);
  }
  if (!VISIBLE_CHARACTER.test(name)) {
    throw new AdminError(`${subject} has no visible characters. Type it again.`);
  }
  return name;
}

export function validateMailDelay(minutes: number): number {
  if (isWholeNumber(minutes, MAX_MAIL_DELAY_MINUTES)) return minutes;
  throw new AdminError(
    `The delay of the first email must be a whole number of minutes from 0 to ${MAX_MAIL_DELAY_MINUTES}, ` +
      'which is one week.',
  );
}

/** Returns the limit, or undefined for that of the deployment. */
export function validateMinutesPerAddress(minutes: number | null): number | undefined {
  if (minutes === null) return undefined;
  if (isWholeNumber(minutes, MAX_MINUTES_PER_ADDRESS)) return minutes;
  throw new AdminError(
    'The time between two emails to one address must be a whole number of minutes from 0 to ' +
      `${MAX_MINUTES_PER_ADDRESS}, which is one day, or the default of the deployment.`,
  );
}

/** Returns the limit, or undefined for that of the deployment. */
export function validateMailsPerHour(mails: number | null): number | undefined {
  if (mails === null) return undefined;
  if (mails > 0 && isWholeNumber(mails, MAX_EMAILS_PER_HOUR)) return mails;
  throw new AdminError(
    `The number of emails per hour must be a whole number from 1 to ${MAX_EMAILS_PER_HOUR}, or the default of the ` +
      'deployment. To send none, pause the emails of the domain.',
  );
}

/** Returns an address without surrounding white space. */
export function validateMailAddress(text: string): string {
  const address = text.trim();
  if (deliverableAddress(address) !== undefined) return address;
  throw new AdminError(
    `No email can be sent to "${address.slice(0, MAX_NAME_LENGTH)}". Type one plain address, such as ` +
      'it@example.com, with only ASCII characters before the @.',
  );
}

/** Returns the addresses without surrounding white space, each once. */
export function validateNotifyAddresses(input: readonly string[]): string[] {
  if (input.length > MAX_NOTIFY_ADDRESSES)
    throw new AdminError(
      `A domain can notify at most ${MAX_NOTIFY_ADDRESSES} addresses, but these are ${input.length}. ` +
        'Use the address of a mailing list.',
    );
  const addresses = new Map<string, string>();
  for (const text of input) {
    const address = validateMailAddress(text);
    if (!addresses.has(addressKeyOf(address))) addresses.set(addressKeyOf(address), address);
  }
  return [...addresses.values()];
}

/** Returns the number of seats, or null for no limit. */
export function validateSeats(seats: number | null): number | null {
  if (seats === null || isWholeNumber(seats, MAX_SEATS)) return seats;
  throw new AdminError(`The number of seats must be a whole number from 0 to ${MAX_SEATS}, or unlimited.`);
}

const isWholeNumber = (value: number, max: number): boolean =>
  Number.isInteger(value) && value >= 0 && value <= max;

/** Times are stored in UTC, and a later one has no four-digit year. */
const LAST_INSTANT = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * Returns an RFC 3339 time in UTC, as times are stored. Throws if it is not after `now`, or after the year
 * 9999 in UTC.
 */
export function parseFutureInstant(text: string, now: Date): string {
  const instant = new Date(text);
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/i.test(text);
  if (!isTime || Number.isNaN(instant.getTime()) || !isCalendarDate(text.slice(0, 10))) {
    throw new AdminError(`"${text}" is not an RFC 3339 time, such as 2027-01-31T12:00:00Z.`);
  }
  if (instant.getTime() > LAST_INSTANT) {
    throw new AdminError(`The time ${text} is after the year 9999. Omit it if there is no end.`);
  }
  if (instant <= now) throw new AdminError(`The time ${text} has already passed.`);
  return instant.toISOString();
}

/** `Date` reads February 31 as March 3. */
const isCalendarDate = (day: string): boolean => new Date(day).toISOString().startsWith(day);
