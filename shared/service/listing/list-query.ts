import { ScimError } from '../../scim/error';
import type { Filter } from '../../scim/filter/ast';
import { parseFilter } from '../../scim/filter/parse';
import type { Sort } from '../../scim/sort';

/** What a listing asks for (RFC 7644 §3.4.2), within bounds: a page by its number or by a cursor (RFC 9865). */
export type ListQuery = ListCriteria & (IndexPaging | CursorPaging);

/** Which resources, and in which order. @default all, in the order of their creation */
export interface ListCriteria {
  readonly filter?: Filter;
  readonly sort?: Sort;
}

export interface IndexPaging {
  /** 1 or more. */
  readonly startIndex: number;
  /** From 0, which asks for the total only, to `MAX_COUNT`. */
  readonly count: number;
  readonly cursor?: undefined;
}

export interface CursorPaging {
  /** Empty for the first page, else as it was given to the client. */
  readonly cursor: string;
  /** From 1 to `MAX_COUNT`. */
  readonly count: number;
}

/** The parameters of a query, as they come in a URL. */
export type QueryParameters = Readonly<Record<string, string | undefined>>;

export const DEFAULT_COUNT = 100;
export const MAX_COUNT = 1000;
/** Seconds that a cursor can be used: `cursorTimeout` of RFC 9865. */
export const CURSOR_TIMEOUT = 3600;

/** Throws `invalidFilter`, `invalidValue` or `invalidCount`; whether `sortBy` names anything is not known here. */
export function parseListQuery(query: QueryParameters): ListQuery {
  const sort = parseSort(query);
  return {
    ...(query.filter !== undefined && { filter: parseFilter(query.filter) }),
    ...(sort && { sort }),
    ...parsePaging(query),
  };
}

/** RFC 7644 §3.4.2.4: a `startIndex` below 1 is 1, a negative `count` is 0; more than we give is what we give. */
function parsePaging({ cursor, startIndex, count }: QueryParameters): IndexPaging | CursorPaging {
  const start = wholeNumber('startIndex', startIndex);
  const wanted = Math.min(MAX_COUNT, wholeNumber('count', count) ?? DEFAULT_COUNT);
  if (cursor === undefined) return { startIndex: Math.max(1, start ?? 1), count: Math.max(0, wanted) };
  if (start !== undefined) {
    throw ScimError.invalidValue(
      'The query has a startIndex and a cursor. Send cursor to page by cursor, or startIndex to page by number.',
    );
  }
  // RFC 9865 §2.1
  if (wanted < 1) {
    throw ScimError.invalidCount(`count is ${wanted}. With a cursor it is between 1 and ${MAX_COUNT}.`);
  }
  return { cursor, count: wanted };
}

/** RFC 7644 §3.4.2.3: `sortOrder` means nothing without `sortBy`. */
function parseSort({ sortBy, sortOrder }: QueryParameters): Sort | undefined {
  const path = sortBy?.trim();
  if (!path) return undefined;
  const order = sortOrder?.trim().toLowerCase() || 'ascending';
  if (order !== 'ascending' && order !== 'descending') {
    throw ScimError.invalidValue(
      `sortOrder is "${order.slice(0, 40)}". It must be "ascending" or "descending".`,
    );
  }
  return { path, descending: order === 'descending' };
}

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  if (!/^\s*[+-]?\d+\s*$/.test(text)) {
    throw ScimError.invalidValue(`${name} is "${text.slice(0, 40)}". It must be a whole number.`);
  }
  return Math.min(Number(text), Number.MAX_SAFE_INTEGER);
}
