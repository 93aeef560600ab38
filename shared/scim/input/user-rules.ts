import { derivedEmail, isDerivedEmail, withoutEchoedEmails } from '../derived-email';
import { ScimError } from '../error';
import type { Attributes, Json } from '../resource';
import { checkNewName } from './name-rules';
import { withoutPrimary } from './read-value';

const MAX_USER_NAME_LENGTH = 256;
/** RFC 5321 §4.5.3.1.3 allows 256 characters, including the angle brackets. */
const MAX_ADDRESS_LENGTH = 254;
const MAX_LANGUAGES_LENGTH = 100;
/**
 * One plain address: no name, list, or quoting, and no character that could start another header or
 * recipient.
 */
const ADDRESS = /^[^\s\p{C}@,;:<>()[\]\\"]+@[^\s\p{C}@.,;:<>()[\]\\"]+(\.[^\s\p{C}@.,;:<>()[\]\\"]+)*$/u;

const isMailAddress = (text: unknown): text is string =>
  typeof text === 'string' && text.length <= MAX_ADDRESS_LENGTH && ADDRESS.test(text);

/** A rule beyond the schema for one attribute of a user. */
export interface UserRule {
  readonly attribute: string;
  /** Throws 400 `invalidValue` if `after` breaks the rule. Values that `before` has too are not checked. */
  readonly check: (after: Attributes, before: Attributes) => void;
}

/**
 * The rules for a user beyond the schema: the `userName` must be printable, the time zone must exist, and the
 * primary email address must be valid.
 */
export const USER_RULES: readonly UserRule[] = [
  {
    attribute: 'userName',
    check: ({ userName }, before) => {
      if (userName !== before.userName) checkUserName(userName as string);
    },
  },
  {
    attribute: 'timezone',
    check: ({ timezone }, before) => {
      if (timezone !== undefined && timezone !== before.timezone) checkTimeZone(timezone as string);
    },
  },
  { attribute: 'emails', check: checkAddress },
];

/**
 * Returns a user that follows the rules, with one primary email address if there is any. Returns a copy.
 * `before` is the user that a complete description replaces.
 */
export function completeUser(attributes: Attributes, before: Attributes = {}): Attributes {
  const sent = withoutEchoedEmails(attributes, before);
  const { emails: _, ...others } = sent;
  const emails = completeEmails(sent);
  return { ...others, ...(emails.length > 0 && { emails }) };
}

/** Returns the address for license emails of a completed user; undefined if the user has none. */
export function licenseAddress(attributes: Attributes): string | undefined {
  const address = emailsOf(attributes).find(({ primary }) => primary === true)?.value;
  return isMailAddress(address) ? address : undefined;
}

/**
 * Returns the languages for emails in `Accept-Language` syntax: the user's preferred ones, or else the
 * locale.
 */
export function licenseLanguage({ preferredLanguage, locale }: Attributes): string | undefined {
  const languages = preferredLanguage ?? locale;
  return typeof languages === 'string' ? languages.slice(0, MAX_LANGUAGES_LENGTH) : undefined;
}

/** Returns whether the user holds a license. A user whose `active` was removed by a PATCH is inactive. */
export const isActive = (attributes: Attributes): boolean => attributes.active === true;

const emailsOf = ({ emails }: Attributes): readonly Attributes[] => (emails ?? []) as Attributes[];

function checkUserName(userName: string): void {
  if (userName.length > MAX_USER_NAME_LENGTH) {
    throw ScimError.invalidValue(
      `The userName is too long: it has ${userName.length} characters, ` +
        `and the limit is ${MAX_USER_NAME_LENGTH}. Send a shorter userName.`,
    );
  }
  checkNewName('userName', userName);
}

/**
 * Rejects names that are not in the IANA time zone database, also offsets such as +01:00, which some runtimes
 * accept.
 */
function checkTimeZone(timezone: string): void {
  const isName = /^[A-Za-z]/.test(timezone);
  try {
    if (isName && new Intl.DateTimeFormat('en', { timeZone: timezone })) return;
  } catch {
    // The time zone is unknown. The error below says so.
  }
  throw ScimError.invalidValue(
    'The timezone is not valid because it is not an IANA time zone name. Send a name such as Europe/Berlin.',
  );
}

/**
 * Returns the emails with one primary address: the marked one, or else the `work` one, the first one, or the
 * `userName`. An email that was derived from the `userName` is derived again, so that it follows the name.
 */
function completeEmails(attributes: Attributes): Json[] {
  const { userName } = attributes;
  const emails = emailsOf(attributes).filter((email) => !isDerivedEmail(email));
  const chosen = primaryOf(emails);
  if (!chosen)
    return isMailAddress(userName) ? [derivedEmail(userName), ...emails.map(withoutPrimary)] : [...emails];
  return emails.map((email) => {
    if (email === chosen) return { ...email, primary: true };
    return email.primary === true ? { ...email, primary: false } : email;
  });
}

function primaryOf(emails: readonly Attributes[]): Attributes | undefined {
  const withValue = emails.filter(({ value }) => value !== undefined);
  return (
    withValue.find(({ primary }) => primary === true) ??
    withValue.find(({ type }) => typeof type === 'string' && type.toLowerCase() === 'work') ??
    withValue[0]
  );
}

/** Returns whether a user holds a license and has no address for its emails. */
export const isActiveWithoutAddress = (attributes: Attributes): boolean =>
  isActive(attributes) && licenseAddress(attributes) === undefined;

/** Throws 400 `invalidValue` if a user holds a license and has no address for its emails. */
export function checkActiveAddress(attributes: Attributes): void {
  if (!isActiveWithoutAddress(attributes)) return;
  throw ScimError.invalidValue(
    'emails is required because the user is active and the license key is sent by email. ' +
      'Send emails with a valid address, or set active to false.',
  );
}

/**
 * No user needs an address, unless the deployment says so (`checkActiveAddress`): identity providers
 * provision service accounts, too. An active user may even have an address to which no email can be sent, so
 * that readiness reports it. For an inactive user, such an address is skipped.
 */
function checkAddress(after: Attributes, before: Attributes): void {
  const address = primaryOf(emailsOf(after))?.value;
  if (address === undefined || isActive(after)) return;
  if (!isMailAddress(address) && address !== primaryOf(emailsOf(before))?.value) {
    throw ScimError.invalidValue(
      'The primary value of emails is not valid because it is not one plain email address of at most ' +
        `${MAX_ADDRESS_LENGTH} characters. Send an address such as ada@example.com.`,
    );
  }
}
