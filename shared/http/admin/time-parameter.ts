import * as z from 'zod/mini';

/** A parameter that is a time. Its schema is large, so functions without such a parameter do not import it. */
export const TIME = [
  z.optional(z.iso.datetime({ offset: true })),
  'an RFC 3339 time, such as 2026-01-31T12:00:00Z',
] as const;
