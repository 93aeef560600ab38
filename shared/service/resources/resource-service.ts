import type { ScimError } from '../../scim/error';
import type { Json, Resource } from '../../scim/resource';
import type { VersionList } from '../../scim/input/version-list';
import type { ListQuery } from '../listing/list-query';

/** A page of a listing. */
export interface Listing {
  readonly resources: readonly Resource[];
  /** All that match, whatever the page; by cursor only where it is known for nothing. */
  readonly totalResults?: number;
  /** Counts from 1; undefined by cursor. */
  readonly startIndex?: number;
  /** By cursor: asks for the next page; undefined on the last one. */
  readonly nextCursor?: string;
}

/** One resource as it is read. */
export interface ReadResult {
  /** Without the attribute that is `large`. */
  readonly resource: Resource;
  readonly large?: LargeAttribute;
}

/** An attribute that may have more values than fit into memory, or into a response. */
export interface LargeAttribute {
  /** In the core schema. */
  readonly name: string;
  /** How many values it has. */
  readonly count: number;
  /** No value is shorter as JSON. */
  readonly smallestValue: Json;
  /** All values; each page is read when it is taken. */
  readonly pages: AsyncIterable<readonly Json[]>;
  /** The error where they cannot be shown: `reason` follows their number, and `remedy` ends in "ask" or "Ask". */
  readonly tooManyError: (reason: string, remedy: string) => ScimError;
}

/**
 * What a resource type can do for one caller. `expected` are the versions of the client's `If-Match`: any other is 412.
 * Throws `ScimError` only.
 */
export interface ResourceService {
  create(body: Json | undefined): Promise<Resource>;
  get(id: string): Promise<ReadResult>;
  list(query: ListQuery): Promise<Listing>;
  replace(id: string, body: Json | undefined, expected?: VersionList): Promise<Resource>;
  /** Undefined where the resource is too large to be shown with every change. */
  patch(id: string, body: Json | undefined, expected?: VersionList): Promise<Resource | undefined>;
  delete(id: string, expected?: VersionList): Promise<void>;
}
