import { ScimError } from '../scim/error';
import { toResource } from '../scim/representation';
import type { Resource } from '../scim/resource';
import { groupResourceType } from '../scim/resource-type';
import type { Member, MembershipStore } from '../store/membership';
import type { ResourceRecord } from '../store/resource-record';

/** A group with more members is not shown after every change, so that a change costs the same whatever the group's size. */
export const FEW_MEMBERS = 20;

/** About as many as fit into the 6 MB that Lambda can answer with. */
const MOST_MEMBERS = 20_000;

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

  async showWithMembers(group: ResourceRecord): Promise<Resource> {
    const members = await this.memberships.members(group.id, MOST_MEMBERS + 1);
    if (members.length > MOST_MEMBERS) {
      throw ScimError.tooMany(
        `The group ${group.id} has more than ${MOST_MEMBERS} members, which no response can hold. Ask with ` +
          'excludedAttributes=members, and whether a user belongs to it with filter=members.value eq "<id>".',
      );
    }
    return this.show(group, members);
  }

  /** Undefined where the group has more than a few members. */
  async showWithFewMembers(group: ResourceRecord): Promise<Resource | undefined> {
    const members = await this.memberships.members(group.id, FEW_MEMBERS + 1);
    return members.length > FEW_MEMBERS ? undefined : this.show(group, members);
  }
}
