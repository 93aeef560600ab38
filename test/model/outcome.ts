import type { Representation } from './representation';

/** A response: a resource, a page, the `scimType` of an error, or only the status. */
export interface Outcome {
  readonly status: number;
  readonly scimType?: string;
  readonly etag?: string;
  readonly resource?: Representation;
  readonly page?: Page;
}

/** A page of a list. */
export interface Page {
  readonly totalResults: number;
  readonly startIndex: number;
  readonly resources: readonly Representation[];
  /**
   * The whole list, if the start of the page is uncertain: after a deletion, pages may continue where they
   * were before.
   */
  readonly floatsIn?: readonly Representation[];
}
