import { ScimError } from '../error';
import { isAttributes, type Attributes, type Json } from '../resource';
import { DEFAULT_USER_TYPE, type UserType } from '../schemas/product-user';
import { PRODUCT_USER_SCHEMA } from '../urns';

const MAX_USER_NAME_LENGTH = 256;
/** RFC 5321 §4.5.3.1.3 has 256 with the angle brackets. */
const MAX_ADDRESS_LENGTH = 254;
const MAX_LANGUAGES_LENGTH = 100;
/** One plain address: no name, no list, no quoting, nothing that could begin another header or another recipient. */
const ADDRESS = /^[^\s\p{C}@,;:<>()[\]\\"]+@[^\s\p{C}@.,;:<>()[\]\\"]+(\.[^\s\p{C}@.,;:<>()[\]\\"]+)*$/u;

const isMailAddress = (text: unknown): text is string =>
  typeof text === 'string' && text.length <= MAX_ADDRESS_LENGTH && ADDRESS.test(text);

/**
 * What the service asks of a user beyond the schema: a `userName` that can be shown, an address to mail the license to, which
 * is made the primary one, a time zone that there is, and a user type. Throws 400 `invalidValue`. `attributes` is left as it is.
 */
export function completeUser(attributes: Attributes): Attributes {
  checkUserName(attributes.userName as string);
  if (attributes.timezone !== undefined) checkTimeZone(attributes.timezone as string);
  return {
    ...attributes,
    emails: completeEmails(attributes),
    [PRODUCT_USER_SCHEMA]: { nrUserType: DEFAULT_USER_TYPE, ...productAttributes(attributes) },
  };
}

/** The address that the license is mailed to, of a complete user. */
export function licenseAddress(attributes: Attributes): string {
  return emailsOf(attributes).find(({ primary }) => primary === true)?.value as string;
}

/** The type of the license, of a complete user. */
export const licenseUserType = (attributes: Attributes): UserType =>
  productAttributes(attributes).nrUserType as UserType;

/** The languages to mail in, as `Accept-Language` has them: those that the user prefers, else that of the locale. */
export function licenseLanguage({ preferredLanguage, locale }: Attributes): string | undefined {
  const languages = preferredLanguage ?? locale;
  return typeof languages === 'string' ? languages.slice(0, MAX_LANGUAGES_LENGTH) : undefined;
}

/** Whether the user holds a license. `active` that a PATCH removed is not active. */
export const isActive = (attributes: Attributes): boolean => attributes.active === true;

function productAttributes(attributes: Attributes): Attributes {
  const product = attributes[PRODUCT_USER_SCHEMA];
  return isAttributes(product) ? product : {};
}

const emailsOf = ({ emails }: Attributes): readonly Attributes[] => (emails ?? []) as Attributes[];

function checkUserName(userName: string): void {
  if (userName.length > MAX_USER_NAME_LENGTH) {
    throw ScimError.invalidValue(
      `userName has ${userName.length} characters. Shorten it to ${MAX_USER_NAME_LENGTH} at most.`,
    );
  }
  if (userName.trim() === '' || /\p{Cc}/u.test(userName)) {
    throw ScimError.invalidValue(
      'userName must not be blank or hold control characters such as line breaks.',
    );
  }
}

/** Offsets such as +01:00 are no names of the IANA time zone database, though some runtimes take them. */
function checkTimeZone(timezone: string): void {
  const isName = /^[A-Za-z]/.test(timezone);
  try {
    if (isName && new Intl.DateTimeFormat('en', { timeZone: timezone })) return;
  } catch {
    // falls through: no runtime knows it
  }
  throw ScimError.invalidValue('timezone must be an IANA name of a time zone, such as Europe/Berlin.');
}

/** The emails with one primary address: the one so marked, else the `work` one, else the first, else `userName`. */
function completeEmails(attributes: Attributes): Json[] {
  const emails = emailsOf(attributes);
  const chosen = primaryOf(emails);
  if (!chosen) return [emailFromUserName(attributes.userName as string), ...emails];
  if (!isMailAddress(chosen.value)) {
    throw ScimError.invalidValue(
      `The primary value of emails must be one plain address of at most ${MAX_ADDRESS_LENGTH} characters, such as ada@example.com.`,
    );
  }
  return emails.map((email) => {
    if (email === chosen) return { ...email, primary: true };
    return email.primary === true ? { ...email, primary: false } : email;
  });
}

function primaryOf(emails: readonly Attributes[]): Attributes | undefined {
  const filled = emails.filter(({ value }) => value !== undefined);
  return (
    filled.find(({ primary }) => primary === true) ??
    filled.find(({ type }) => typeof type === 'string' && type.toLowerCase() === 'work') ??
    filled[0]
  );
}

function emailFromUserName(userName: string): Attributes {
  if (!isMailAddress(userName)) {
    throw ScimError.invalidValue(
      'A user needs an email address for the license: send emails with a value, or a userName that is an address.',
    );
  }
  return { value: userName, type: 'work', primary: true };
}
