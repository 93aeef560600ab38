import type { Resource } from '../../scim/resource';
import type { ResourceType } from '../../scim/resource-type';
import type { ResourceRecord } from '../../store/resources/resource-record';
import type { ResourceStore } from '../../store/resources/resource-store';
import type { OrderedScan } from './ordered-scan';

/** Values of a membership attribute: those with the given ids alone, or all of them. */
export type WantedMemberships = ReadonlySet<string> | 'all';

/** One resource type of a domain, as listings read it and as one client wants to see it. */
export interface ListSource {
  readonly type: ResourceType;
  readonly store: ResourceStore;
  /** The attribute that holds memberships, which are items of their own. */
  readonly membershipAttribute: 'groups' | 'members';
  /** The resources of `records`, in their order, with all attributes but the memberships that are not wanted. */
  readonly read: (records: readonly ResourceRecord[], wanted: WantedMemberships) => AsyncIterable<Resource>;
  /** The resources of `records` as the client wants them, one after the other: no more are taken than a response holds. */
  readonly show: (records: readonly ResourceRecord[]) => AsyncIterable<Resource>;
  /** Whether the client has to ask for the resource alone; a page ends before it, so that the others can be had. */
  readonly isTooLarge: (record: ResourceRecord) => boolean;
  /** How many the domain has. */
  readonly total: () => Promise<number>;
  /** Of users: the members of a group. Of groups: those that a user belongs to. At most `limit` ids. */
  readonly idsByMembership: (id: string, limit: number) => Promise<string[]>;
  /** Of users: the members of a group in pages. */
  readonly scanMembers?: (groupId: string) => OrderedScan;
}
