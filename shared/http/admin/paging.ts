import * as z from 'zod/mini';
import { Problem } from './problem';

const DEFAULT_LIMIT = 25;
const MAX_LIMIT = 100;

/** The parameters of every list. */
export const PAGING = {
  limit: [
    z.optional(z.string().check(z.regex(/^([1-9][0-9]?|100)$/))),
    `a whole number from 1 to ${MAX_LIMIT}`,
  ],
  cursor: [z.optional(z.string().check(z.minLength(1))), '`next` of the page before'],
} as const;

export const limitOf = ({ limit }: { limit?: string }): number => Number(limit ?? DEFAULT_LIMIT);

/** A part of a list; `next` says where the following one begins. */
export interface AdminPage<Item, Position> {
  readonly items: readonly Item[];
  readonly next?: Position;
}

/** The page as the API shows it: the position is a text that nobody has to understand. */
export const pageBody = <Item, Position>({ items, next }: AdminPage<Item, Position>): object => ({
  items,
  ...(next !== undefined && { next: cursorOf(next) }),
});

export const cursorOf = (position: unknown): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

/**
 * The position in a cursor. It is not sealed: whatever it says, a list shows only what its path is allowed to. Throws 400 for one
 * that `schema` does not know.
 */
export function positionIn<T>(schema: z.ZodMiniType<T>, cursor: string | undefined): T | undefined {
  if (cursor === undefined) return undefined;
  const result = schema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()));
  if (result.success) return result.data;
  throw Problem.invalid('The cursor is not one of this list. Send `next` of the page before, unchanged.');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An id as a position: what could be no key would be an error of the database. */
export const ID_POSITION = z.string().check(z.regex(/^[0-9a-f-]{36}$/));
