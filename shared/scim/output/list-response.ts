import type { Attributes } from '../resource';
import { LIST_RESPONSE } from '../urns';

/** What a list says of its page: by index `totalResults` and `startIndex`, by cursor what RFC 9865 §2 has instead. */
export interface ListPaging {
  /** All that match; a list by cursor may not know. */
  readonly totalResults?: number;
  /** Counts from 1. */
  readonly startIndex?: number;
  /** Absent on the last page. */
  readonly nextCursor?: string;
}

/** The body of a query's answer (RFC 7644 §3.4.2). `Resources` is there when it is empty too: clients read its length. */
export interface ListResponse extends ListPaging {
  readonly schemas: readonly [typeof LIST_RESPONSE];
  readonly itemsPerPage: number;
  readonly Resources: readonly Attributes[];
}

/** A page of a list; without `paging` the page is the whole list. */
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
