import * as z from 'zod/mini';
import { RATE_PLAN_NAMES } from '../../../../limits/rate-plan';
import { SEAT_POLICIES } from '../../../../store/domains/counts';
import { fields } from '../../fields';

/*
 * The shapes of the bodies about domains. The rules for values, such as ranges and names, are in
 * `shared/service/admin/admin-input.ts`.
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
