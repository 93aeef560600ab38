import { toWellFormed } from '../../scim/text';

/** The ID of the admin token in audit events. No portal user has it. */
export const ADMIN_TOKEN_ID = 'operator';

/** The name of the admin token in audit events. No portal user and no SCIM key has it. */
export const ADMIN_TOKEN_NAME = 'Admin token';

/** Names that would make a person look like the admin token or like a part of the service. */
const RESERVED_NAMES = new Set([ADMIN_TOKEN_NAME, ADMIN_TOKEN_ID, 'The service'].map(skeleton));
const MAX_NAME_LENGTH = 100;

const USER_PREFIX = 'user:';
const SETUP_LINK_PREFIX = 'setup-link:';

/** A subject that begins like the ID of another caller gets a prefix. */
const RESERVED_PREFIXES = [USER_PREFIX, SETUP_LINK_PREFIX];

/** Returns the ID of the person with a setup link in audit events. No portal user has it. */
export const setupLinkCallerId = (linkId: string): string => SETUP_LINK_PREFIX + linkId;

/** Returns the link of a person with a setup link; undefined for other callers. */
export const linkIdOfCaller = (callerId: string): string | undefined =>
  callerId.startsWith(SETUP_LINK_PREFIX) ? callerId.slice(SETUP_LINK_PREFIX.length) : undefined;

/**
 * Returns the ID of a portal user from the subject at the issuer. An issuer may let people choose their
 * subject, so one that looks like the ID of the admin token gets a prefix. Different subjects have different
 * IDs.
 */
export const portalUserId = (subject: string): string =>
  skeleton(subject) === ADMIN_TOKEN_ID || RESERVED_PREFIXES.some((prefix) => subject.startsWith(prefix))
    ? USER_PREFIX + subject
    : subject;

/** Returns whether a name looks like that of the admin token or of the service. */
export const isReservedName = (name: string): boolean => RESERVED_NAMES.has(skeleton(name));

/**
 * Returns the first of a portal user's names that can be shown, as one line without characters that change
 * the direction of text: users may choose their names themselves. Undefined if there is none.
 */
export function portalUserName(names: readonly unknown[]): string | undefined {
  const lines = names
    .filter((name) => typeof name === 'string')
    .map((name) => toWellFormed(name.replace(UNSAFE, ' ').trim(), MAX_NAME_LENGTH));
  return lines.find((line) => skeleton(line) !== '' && !isReservedName(line));
}

const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu;

/** Returns a text as it looks: without case, compatibility forms, white space, and invisible characters. */
function skeleton(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/gu, '');
}
