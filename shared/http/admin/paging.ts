import * as z from 'zod/mini';
import { parseJson } from '../../scim/text/json-depth';
import { Problem } from './problem';

const DEFAULT_LIMIT = 25;
const MAX_LIMIT = 100;

/** The query parameters of every list. */
export const PAGING = {
  limit: [
    z.optional(z.string().check(z.regex(/^([1-9][0-9]?|100)$/))),
    `a whole number from 1 to ${MAX_LIMIT}`,
  ],
  cursor: [z.optional(z.string().check(z.minLength(1))), 'the value of `next` in the previous page'],
} as const;

export const limitOf = ({ limit }: { limit?: string }): number => Number(limit ?? DEFAULT_LIMIT);

/** A page of a list. `next` is the position at which the next page begins. */
export interface AdminPage<Item, Position> {
  readonly items: readonly Item[];
  readonly next?: Position;
}

/** Returns the page in the form of the API, with the position as an opaque cursor. */
export const pageBody = <Item, Position>({ items, next }: AdminPage<Item, Position>): object => ({
  items,
  ...(next !== undefined && { next: cursorOf(next) }),
});

export const cursorOf = (position: unknown): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

const NOT_OF_THIS_LIST =
  'The cursor does not belong to this list. Send the value of `next` in the previous page, unchanged.';

/**
 * Returns the position in a cursor. Cursors are not sealed, because a list shows only what its path allows,
 * whatever the cursor contains. Throws 400 with `detail` for a position that does not match `schema`.
 */
export function positionIn<T>(
  schema: z.ZodMiniType<T>,
  cursor: string | undefined,
  detail = NOT_OF_THIS_LIST,
): T | undefined {
  if (cursor === undefined) return undefined;
  const result = schema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()));
  if (result.success) return result.data;
  throw Problem.invalid(detail);
}

/** The query parameter that chooses a connection. */
export const CONNECTION = {
  connectionId: [
    z.optional(z.string().check(z.regex(/^[0-9a-f-]{36}$/))),
    'the id of a connection, as the list of connections shows it',
  ],
} as const;

/** A query parameter that is a time. */
export const TIME = [
  z.optional(z.iso.datetime({ offset: true })),
  'an RFC 3339 time, such as 2026-01-31T12:00:00Z',
] as const;

/** An id as a position. A text that cannot be a key would cause a database error. */
export const ID_POSITION = z.string().check(z.regex(/^[0-9a-f-]{36}$/));
