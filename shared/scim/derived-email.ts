import type { Attributes, Json } from './resource';

/**
 * Marks an email that the service derived from the `userName`, because no client has sent one. It is not the
 * name of a sub-attribute, so an email that a client changes loses it.
 */
const DERIVED = '$derived';

/** Returns the email of a user whose `userName` is an address, and who has no other address. */
export const derivedEmail = (userName: string): Attributes => ({
  value: userName,
  type: 'work',
  primary: true,
  [DERIVED]: true,
});

export const isDerivedEmail = (email: Attributes): boolean => email[DERIVED] === true;

/** Returns attributes as clients know them, without the mark of a derived email. */
export function withoutEmailMark(attributes: Attributes): Attributes {
  const { emails } = attributes;
  return hasDerivedEmail(emails) ? { ...attributes, emails: emails.map(withoutMark) } : attributes;
}

/**
 * Returns the attributes of a PUT without the emails if they only repeat the derived ones. A client that
 * reads a user and sends all of it back, as Okta does, did not decide on the address.
 */
export function withoutEchoedEmails(attributes: Attributes, before: Attributes): Attributes {
  if (!hasDerivedEmail(before.emails)) return attributes;
  const { emails, ...others } = attributes;
  const isEcho = JSON.stringify(sorted(emails)) === JSON.stringify(sorted(before.emails.map(withoutMark)));
  return isEcho ? others : attributes;
}

const hasDerivedEmail = (emails: Json | undefined): emails is Attributes[] =>
  Array.isArray(emails) && (emails as Attributes[]).some(isDerivedEmail);

function withoutMark(email: Attributes): Attributes {
  const { [DERIVED]: _, ...others } = email;
  return others;
}

/** Returns emails as lists of their parts. DynamoDB does not keep the order of parts. */
const sorted = (emails: Json | undefined): Json[] =>
  Array.isArray(emails) ? (emails as Attributes[]).map((email) => Object.entries(email).sort()) : [];
