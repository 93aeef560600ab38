import type { ElementTest } from '../../scim/filter/decisive-tests';
import type { Resource } from '../../scim/resource';
import type { ResourceType } from '../../scim/resource-type';
import type { ResourceRecord } from '../../store/resources/resource-record';
import type { ResourceStore } from '../../store/resources/resource-store';
import type { AddressIndex } from '../../store/resources/address-index';
import type { OrderedScan } from './ordered-scan';

/**
 * The values of a membership attribute that are needed: those with the given ids, or those that decide. The
 * first value decides, and one for each test that any value passes.
 */
export type NeededMemberships = ReadonlySet<string> | readonly ElementTest[];

/** Returns whether the needed memberships are those that decide. */
export const areDecisive = (needed: NeededMemberships): needed is readonly ElementTest[] =>
  Array.isArray(needed);

/** One resource type of a domain, as listings read it and as one client sees it. */
export interface ListSource {
  readonly type: ResourceType;
  readonly store: ResourceStore;
  /** The attribute whose values are memberships, which are separate items. */
  readonly membershipAttribute: 'groups' | 'members';
  /**
   * Yields the resources of `records` in order, with all attributes, and at least the needed memberships.
   * Throws 400 `tooMany` if too many memberships would have to be read.
   */
  readonly read: (records: readonly ResourceRecord[], needed: NeededMemberships) => AsyncIterable<Resource>;
  /**
   * Yields the resources of `records` as the client sees them. The page takes only as many as fit into a
   * response.
   */
  readonly show: (records: readonly ResourceRecord[]) => AsyncIterable<Resource>;
  /** Returns whether the resource is too large for a list. A page ends before such a resource. */
  readonly isTooLarge: (record: ResourceRecord) => boolean;
  /** Returns the number of resources in the domain. */
  readonly total: () => Promise<number>;
  /** Returns at most `limit` ids: of the members of a group, or of the groups of a user. */
  readonly idsByMembership: (id: string, limit: number) => Promise<string[]>;
  /** Finds users by their email addresses. Only the source of users has it. */
  readonly addresses?: AddressIndex;
  /** Scans the members of a group. Only the source of users has it. */
  readonly scanMembers?: (groupId: string) => OrderedScan;
}
