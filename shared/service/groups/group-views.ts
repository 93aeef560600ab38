import { ScimError } from '../../scim/error';
import { toResource } from '../../scim/output/representation';
import type { Json, Resource } from '../../scim/resource';
import { groupResourceType } from '../../scim/resource-type';
import type { Member, MembershipStore } from '../../store/groups/membership';
import type { ResourceRecord } from '../../store/resources/resource-record';
import type { LargeAttribute } from '../resources/resource-service';

/** A group with more members is not shown after every change, so that a change costs the same whatever the group's size. */
export const MAX_MEMBERS_AFTER_CHANGE = 20;

/** With more members a group is not part of a list: about as many as fit into the 6 MB that Lambda can answer with. */
export const MAX_LISTED_MEMBERS = 20_000;

/** Shows groups with their members, as far as a response can hold them. */
export class GroupViews {
  constructor(
    private readonly memberships: MembershipStore,
    private readonly baseUrl: string,
  ) {}

  /** Members that the caller knows already are not read. */
  show(group: ResourceRecord, members?: readonly Member[]): Resource {
    return toResource(groupResourceType, {
      ...group,
      baseUrl: this.baseUrl,
      ...(members && { members: members.map(({ userId, display }) => ({ value: userId, display })) }),
    });
  }

  /** Refuses a group of more members than are listed; `memberCount` tells, so that none is read. */
  async showWithMembers(group: ResourceRecord): Promise<Resource> {
    if (group.memberCount > MAX_LISTED_MEMBERS)
      throw tooManyMembers(group, 'too many for a list', 'Ask for this group alone, or');
    return this.show(group, await this.memberships.members(group.id));
  }

  /** The members that `show` leaves out; what is not read when `isLate` is refused. */
  allMembers(group: ResourceRecord, isLate: () => boolean): LargeAttribute {
    const values = (members: readonly Member[]): Json[] => this.show(group, members).members as Json[];
    const read = async function* (pages: AsyncIterable<Member[]>): AsyncGenerator<Json[]> {
      for await (const page of pages) {
        if (isLate()) throw tooManyMembers(group, 'too many to be read in time', 'Ask');
        yield values(page);
      }
    };
    return {
      name: 'members',
      count: group.memberCount,
      // All ids are of one length.
      smallestValue: values([{ userId: group.id }])[0] as Json,
      pages: read(this.memberships.pages(group.id)),
      tooManyError: (reason, remedy) => tooManyMembers(group, reason, remedy),
    };
  }

  /** Undefined where the group has more than a few members. */
  async showIfFewMembers(group: ResourceRecord): Promise<Resource | undefined> {
    const members = await this.memberships.members(group.id, MAX_MEMBERS_AFTER_CHANGE + 1);
    return members.length > MAX_MEMBERS_AFTER_CHANGE ? undefined : this.show(group, members);
  }
}

const tooManyMembers = ({ id, memberCount }: ResourceRecord, reason: string, remedy: string): ScimError =>
  ScimError.tooMany(
    `The group ${id} has ${memberCount} members, ${reason}. ${remedy} with excludedAttributes=members, and list the ` +
      `members page by page: GET /Users?filter=groups.value eq "${id}".`,
  );
