import * as z from 'zod/mini';
import { RATE_PLAN_NAMES } from '../../rate-plan';
import { MAX_MAIL_DELAY_MINUTES } from '../../service/admin/admin-input';
import { MAX_SEATS } from '../../service/domains/domain-settings';
import { SEAT_POLICIES } from '../../store/domains/counts';
import { fields } from './fields';

const name = z.string().check(z.minLength(1), z.maxLength(100));
const wholeNumber = (most: number) => z.int().check(z.minimum(0), z.maximum(most));

const NAME = 'a text of 1 to 100 characters';

const SETTINGS = {
  scimEnabled: [z.optional(z.boolean()), 'true or false'],
  ratePlan: [z.optional(z.enum(RATE_PLAN_NAMES)), `one of ${RATE_PLAN_NAMES.join(', ')}`],
  seats: [
    z.optional(z.nullable(wholeNumber(MAX_SEATS))),
    `a whole number from 0 to ${MAX_SEATS}, or null for any number`,
  ],
  seatPolicy: [z.optional(z.enum(SEAT_POLICIES)), `one of ${SEAT_POLICIES.join(', ')}`],
  mailDelayMinutes: [
    z.optional(wholeNumber(MAX_MAIL_DELAY_MINUTES)),
    `a whole number of minutes from 0 to ${MAX_MAIL_DELAY_MINUTES}, a week`,
  ],
} as const;

export const NEW_DOMAIN = fields({ name: [name, NAME], ...SETTINGS });

export const DOMAIN_CHANGE = fields({ name: [z.optional(name), NAME], ...SETTINGS });

export const NEW_SCIM_KEY = fields({
  name: [name, NAME],
  expireTime: [
    z.optional(z.iso.datetime({ offset: true })),
    'a time of RFC 3339, such as 2027-01-31T12:00:00Z',
  ],
});
