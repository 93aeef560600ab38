/** The ID of the admin token in audit events. No portal user has it. */
export const ADMIN_TOKEN_ID = 'operator';

const USER_PREFIX = 'user:';

/**
 * Returns the ID of a portal user from the subject at the issuer. An issuer may let people choose their
 * subject, so one that looks like the ID of the admin token gets a prefix. Different subjects have different
 * IDs.
 */
export const portalUserId = (subject: string): string =>
  skeleton(subject) === ADMIN_TOKEN_ID || subject.startsWith(USER_PREFIX) ? USER_PREFIX + subject : subject;

/** Returns a text as it looks: without case, compatibility forms, white space, and invisible characters. */
const skeleton = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/gu, '');
