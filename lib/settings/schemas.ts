import * as z from 'zod';
import { DEFAULT_BULK_OPERATIONS_PER_REQUEST } from '../../shared/rate-plan';

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
export const arn = (service: string, resource: string) =>
  z.string().regex(new RegExp(`^arn:aws[a-z-]*:${service}:[a-z0-9-]+:[0-9]{12}:${resource}$`));

export const HOST_NAME = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/;

/** The name of a region, such as `eu-west-1` or `us-gov-west-1`. */
export const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;

/** Ten years. */
export const MAX_KEY_GRACE_DAYS = 3650;
