import type { Attributes } from './resource';
import { LIST_RESPONSE } from './urns';

/** The body of a query's answer (RFC 7644 §3.4.2). `Resources` is there when it is empty too: clients read its length. */
export interface ListResponse {
  schemas: [typeof LIST_RESPONSE];
  totalResults: number;
  /** Counts from 1. */
  startIndex: number;
  itemsPerPage: number;
  Resources: readonly Attributes[];
}

/** A page of a list; `totalResults` of it is the page itself and `startIndex` 1 where they are not given. */
export const listResponse = (
  resources: readonly Attributes[],
  { totalResults = resources.length, startIndex = 1 }: { totalResults?: number; startIndex?: number } = {},
): ListResponse => ({
  schemas: [LIST_RESPONSE],
  totalResults,
  startIndex,
  itemsPerPage: resources.length,
  Resources: resources,
});
