import * as z from 'zod/mini';
import { RATE_PLAN_NAMES } from '../../limits/rate-plan';
import { SEAT_POLICIES } from '../../store/domains/counts';
import { ACCOUNT_ROLES } from '../../store/setup-links/setup-link';
import { fields } from './fields';

/*
 * The shapes of the bodies: their members, and the types of the members. The rules for values, such as ranges
 * and names, are in `shared/service/admin/admin-input.ts`.
 */

const SETTINGS = {
  scimAvailable: [z.optional(z.boolean()), 'true or false'],
  scimEnabled: [z.optional(z.boolean()), 'true or false'],
  ratePlan: [z.optional(z.enum(RATE_PLAN_NAMES)), `one of ${RATE_PLAN_NAMES.join(', ')}`],
  seats: [z.optional(z.nullable(z.number())), 'a number, or null for no limit'],
  seatPolicy: [z.optional(z.enum(SEAT_POLICIES)), `one of ${SEAT_POLICIES.join(', ')}`],
  mailDelayMinutes: [z.optional(z.number()), 'a number of minutes'],
  mailPaused: [z.optional(z.boolean()), 'true or false'],
  mailMinutesPerAddress: [z.optional(z.nullable(z.number())), 'a number of minutes, or null for the default'],
  mailsPerHour: [z.optional(z.nullable(z.number())), 'a number of emails, or null for the default'],
  notifyAddresses: [z.optional(z.array(z.string())), 'a list of email addresses'],
} as const;

export const NEW_DOMAIN = fields({ name: [z.string(), 'a text'], ...SETTINGS });

export const DOMAIN_CHANGE = fields({ name: [z.optional(z.string()), 'a text'], ...SETTINGS });

export const NEW_SCIM_KEY = fields({
  name: [z.string(), 'a text'],
  connectionId: [z.optional(z.string()), 'the id of a connection, as the list of connections shows it'],
  expireTime: [z.optional(z.string()), 'an RFC 3339 time, such as 2027-01-31T12:00:00Z'],
});

const PERSON = {
  email: [z.string(), 'an email address'],
  name: [z.optional(z.string()), 'a text'],
} as const;
const DOMAIN_ROLE = [z.enum(['owner', 'viewer']), 'one of owner, viewer'] as const;

export const NEW_ADMINISTRATOR = fields({ ...PERSON, role: DOMAIN_ROLE });

export const NEW_OPERATOR = fields(PERSON);

export const ROLE_CHANGE = fields({ role: DOMAIN_ROLE });
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
