import * as z from 'zod';
import { DEFAULT_LICENSE_LEASE, MAX_LEASE_DAYS, MAX_LEASE_KEYS } from '../../shared/license-lease';
import { MAX_EMAILS_PER_HOUR, MAX_MINUTES_PER_ADDRESS } from '../../shared/limits/mail-budget';
import { DEFAULT_BULK_OPERATIONS_PER_REQUEST } from '../../shared/limits/rate-plan';

/** Returns a setting: its schema, and the values that it accepts, for the error. */
export const defineSetting = <T extends z.ZodType>(schema: T, expected: string) => ({ schema, expected });

export const positiveInteger = z.int().positive();
export const rateLimit = z
  .strictObject({
    perMinute: positiveInteger,
    perTenSeconds: positiveInteger,
    bulkOperationsPerRequest: positiveInteger.default(DEFAULT_BULK_OPERATIONS_PER_REQUEST),
  })
  .nullable()
  .optional();
export const mailBudget = z
  .strictObject({
    minutesPerAddress: positiveInteger.max(MAX_MINUTES_PER_ADDRESS),
    emailsPerHour: positiveInteger.max(MAX_EMAILS_PER_HOUR),
  })
  .partial()
  .default({});
export const licenseLease = z
  .strictObject({
    days: positiveInteger.max(MAX_LEASE_DAYS).default(DEFAULT_LICENSE_LEASE.days),
    keys: z
      .array(z.string().regex(/^[a-z0-9]{1,20}$/))
      .min(1)
      .max(MAX_LEASE_KEYS)
      .refine((all) => new Set(all).size === all.length)
      .default([...DEFAULT_LICENSE_LEASE.keys]),
  })
  .prefault({});
export const arn = (service: string, resource: string) =>
  z.string().regex(new RegExp(`^arn:aws[a-z-]*:${service}:[a-z0-9-]+:[0-9]{12}:${resource}$`));

/**
 * Returns whether a text is an origin as a browser writes it: in lowercase, without a path, and without a
 * default port.
 */
const isOrigin = (text: string): boolean =>
  /^https?:[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;
/**
 * Origins of hosts to which the service connects although they are not on the public internet, or not on its
 * own list.
 */
export const origins = z
  .array(z.string().refine(isOrigin))
  .max(20)
  .refine((all) => new Set(all).size === all.length)
  .default([]);

export const HOST_NAME = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/;

/** The name of a region, such as `eu-west-1` or `us-gov-west-1`. */
export const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;

/** The tags that every resource has, and that a setting cannot replace. */
const SERVICE_TAGS = ['application', 'stage'];
const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

export const TAGS =
  'an object with up to 40 names and texts, with the characters that AWS allows in tags, without application and stage';
export const tags = z
  .record(
    z
      .string()
      .min(1)
      .max(128)
      .regex(TAG_TEXT)
      .regex(/^(?!aws:)/i)
      .refine((name) => !SERVICE_TAGS.includes(name)),
    z.string().max(256).regex(TAG_TEXT),
  )
  .refine((all) => Object.keys(all).length <= 40);

/** Ten years. */
export const MAX_KEY_GRACE_DAYS = 3650;
