import { ScimError } from '../../scim/error';
import type { Filter } from '../../scim/filter/ast';
import { parseFilter } from '../../scim/filter/parse';
import type { Sort } from '../../scim/sort';

/**
 * The query of a listing (RFC 7644 §3.4.2), with its values limited. Pages are by index or by cursor (RFC
 * 9865).
 */
export type ListQuery = ListCriteria & (IndexPaging | CursorPaging);

/** The filter and the order. @default all resources, in the order of their creation */
export interface ListCriteria {
  readonly filter?: Filter;
  readonly sort?: Sort;
}

export interface IndexPaging {
  /** 1 or more. */
  readonly startIndex: number;
  /** The page size, from 0, which requests only the total, to `MAX_COUNT`. */
  readonly count: number;
  readonly cursor?: undefined;
}

export interface CursorPaging {
  /** Empty for the first page. For other pages, the `nextCursor` of the previous page. */
  readonly cursor: string;
  /** The page size, from 1 to `MAX_COUNT`. */
  readonly count: number;
}

/** The query parameters of a URL. */
export type QueryParameters = Readonly<Record<string, string | undefined>>;

export const DEFAULT_COUNT = 100;
export const MAX_COUNT = 1000;

/**
 * Throws `invalidFilter`, `invalidValue`, or `invalidCount`. Does not check whether `sortBy` names an
 * attribute.
 */
export function parseListQuery(query: QueryParameters): ListQuery {
  const sort = parseSort(query);
  return {
    ...(query.filter !== undefined && { filter: parseFilter(query.filter) }),
    ...(sort && { sort }),
    ...parsePaging(query),
  };
}

/**
 * RFC 7644 §3.4.2.4: a `startIndex` below 1 is 1, and a negative `count` is 0. A larger `count` is
 * `MAX_COUNT`.
 */
function parsePaging({ cursor, startIndex, count }: QueryParameters): IndexPaging | CursorPaging {
  const start = wholeNumber('startIndex', startIndex);
  const limited = Math.min(MAX_COUNT, wholeNumber('count', count) ?? DEFAULT_COUNT);
  if (cursor === undefined) return { startIndex: Math.max(1, start ?? 1), count: Math.max(0, limited) };
  if (start !== undefined) {
    throw ScimError.invalidValue(
      'The query has both startIndex and cursor. Send cursor to page by cursor, or startIndex to page by ' +
        'index.',
    );
  }
  // RFC 9865 §2.1
  if (limited < 1) {
    throw ScimError.invalidCount(
      `count is ${limited}. With a cursor, it must be between 1 and ${MAX_COUNT}.`,
    );
  }
  return { cursor, count: limited };
}

/** RFC 7644 §3.4.2.3: `sortOrder` is ignored without `sortBy`. */
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
