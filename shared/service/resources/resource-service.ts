import type { ScimError } from '../../scim/error';
import type { Json, Resource } from '../../scim/resource';
import type { VersionList } from '../../scim/input/version-list';
import type { ListQuery } from '../listing/list-query';

/** A page of a listing. */
export interface Listing {
  readonly resources: readonly Resource[];
  /** The number of all matching resources. A listing by cursor has it only if it costs nothing to know. */
  readonly totalResults?: number;
  /** Counts from 1. Undefined if the listing is by cursor. */
  readonly startIndex?: number;
  /** The cursor of the next page. Undefined on the last page, and if the listing is by index. */
  readonly nextCursor?: string;
}

/** The result of reading one resource. */
export interface ReadResult {
  /** Lacks the attribute that is `large`. */
  readonly resource: Resource;
  readonly large?: LargeAttribute;
  /** The resource shows parts of others, so it can change while its version stays. */
  readonly showsOthers?: boolean;
}

/** An attribute that may have more values than fit into memory, or into a response. */
export interface LargeAttribute {
  /** The name of the attribute in the core schema. */
  readonly name: string;
  readonly count: number;
  /** A value whose JSON is at most as long as that of any other value. */
  readonly smallestValue: Json;
  /** All values. A page is read when it is taken. */
  readonly pages: AsyncIterable<readonly Json[]>;
  /**
   * Returns the error for values that cannot be shown. `reason` follows their number, and `remedy` ends in
   * "ask" or "Ask".
   */
  readonly tooManyError: (reason: string, remedy: string) => ScimError;
}

/**
 * The operations on a resource type, for one caller. `expected` holds the versions of the client's
 * `If-Match`; any other version is a 412. Throws only `ScimError`.
 */
export interface ResourceService {
  create(body: Json | undefined): Promise<Resource>;
  get(id: string): Promise<ReadResult>;
  list(query: ListQuery): Promise<Listing>;
  replace(id: string, body: Json | undefined, expected?: VersionList): Promise<Resource>;
  /** Returns undefined if the resource is too large to be shown after every change. */
  patch(id: string, body: Json | undefined, expected?: VersionList): Promise<Resource | undefined>;
  delete(id: string, expected?: VersionList): Promise<void>;
}
