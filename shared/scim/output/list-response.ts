import type { Attributes } from '../resource';
import { LIST_RESPONSE } from '../urns';

/**
 * The position of a page: `totalResults` and `startIndex` for index paging, `nextCursor` for cursor paging
 * (RFC 9865 §2).
 */
export interface ListPaging {
  /** Number of all matches. Cursor paging may omit it. */
  readonly totalResults?: number;
  /** Counts from 1. */
  readonly startIndex?: number;
  /** Absent on the last page. */
  readonly nextCursor?: string;
}

/**
 * The body of a list response (RFC 7644 §3.4.2). An empty list still has `Resources`, because clients read
 * its length.
 */
export interface ListResponse extends ListPaging {
  readonly schemas: readonly [typeof LIST_RESPONSE];
  readonly itemsPerPage: number;
  readonly Resources: readonly Attributes[];
}

/** Returns a page of a list. Without `paging`, the page is the whole list. */
export const listResponse = (
  resources: readonly Attributes[],
  { totalResults, startIndex, nextCursor }: ListPaging = { totalResults: resources.length, startIndex: 1 },
): ListResponse => ({
  schemas: [LIST_RESPONSE],
  ...(totalResults !== undefined && { totalResults }),
  ...(startIndex !== undefined && { startIndex }),
  itemsPerPage: resources.length,
  ...(nextCursor !== undefined && { nextCursor }),
  Resources: resources,
});
