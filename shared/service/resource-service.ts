import type { Json, Resource } from '../scim/resource';
import type { VersionList } from '../scim/version-list';
import type { ListQuery } from './list-query';

/** A page of a listing. */
export interface Listing {
  readonly resources: readonly Resource[];
  /** All that match, whatever the page. */
  readonly totalResults: number;
  /** Counts from 1. */
  readonly startIndex: number;
}

/**
 * What a resource type can do for one caller. `expected` are the versions of the client's `If-Match`: any other is 412.
 * Throws `ScimError` only.
 */
export interface ResourceService {
  create(body: Json | undefined): Promise<Resource>;
  get(id: string): Promise<Resource>;
  list(query: ListQuery): Promise<Listing>;
  replace(id: string, body: Json | undefined, expected?: VersionList): Promise<Resource>;
  /** Undefined where the resource is too large to be shown with every change. */
  patch(id: string, body: Json | undefined, expected?: VersionList): Promise<Resource | undefined>;
  delete(id: string, expected?: VersionList): Promise<void>;
}
