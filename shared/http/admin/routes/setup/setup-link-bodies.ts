import * as z from 'zod/mini';
import { ACCOUNT_ROLES } from '../../../../store/setup-links/setup-link';
import { fields } from '../../fields';

export const NEW_SETUP_LINK = fields({
  email: [z.string(), 'an email address'],
  accountRole: [z.optional(z.enum(ACCOUNT_ROLES)), `one of ${ACCOUNT_ROLES.join(', ')}`],
});

/** The parts of a setup link after the `#`. The path has the second part. */
const LINK_PARTS = {
  domainId: [z.string().check(z.regex(/^[0-9a-f-]{36}$/)), 'the first part of the link after the #'],
  secret: [z.string().check(z.regex(/^[0-9A-Za-z]{43}$/)), 'the last part of the link after the #'],
} as const;

export const SETUP_CODE_REQUEST = fields(LINK_PARTS);

export const SETUP_SESSION_REQUEST = fields({
  ...LINK_PARTS,
  code: [z.string().check(z.maxLength(20)), 'the code of six digits from the email'],
});
