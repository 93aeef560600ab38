import { ScimError } from '../../scim/error';
import type { ElementTest } from '../../scim/filter/decisive-tests';
import { toResource } from '../../scim/output/representation';
import type { DesiredMembership } from '../../scim/patch/membership';
import type { Json, Resource } from '../../scim/resource';
import { groupResourceType } from '../../scim/resource-type';
import type { Member, MembershipStore } from '../../store/groups/membership';
import type { ResourceRecord } from '../../store/resources/resource-record';
import type { ListLimits } from '../listing/filtered-listing';
import { READ_BATCH_SIZE } from '../listing/list-limits';
import type { LargeAttribute } from '../resources/resource-service';

/**
 * A change of a larger group does not return the group unless the client has asked for the members, so that
 * its cost does not depend on the group's size.
 */
export const MAX_MEMBERS_AFTER_CHANGE = 20;

/**
 * Neither a list nor the response to a change shows a larger group. About this many members fit into the 6 MB
 * of a Lambda response.
 */
export const MAX_LISTED_MEMBERS = 20_000;

/**
 * The limits of groups whose members are read at the same time. A list that is full after the first of them
 * has read the others for nothing.
 */
const CONCURRENT_READS = 10;
const MAX_MEMBERS_READ_TOGETHER = 1_000;

/** Shows groups with as many members as a response can hold. */
export class GroupViews {
  constructor(
    private readonly memberships: MembershipStore,
    private readonly baseUrl: string,
  ) {}

  /** Shows a group with the given members, and reads none. */
  show(group: ResourceRecord, members?: readonly Member[]): Resource {
    return toResource(groupResourceType, {
      ...group,
      baseUrl: this.baseUrl,
      ...(members && { members: members.map(({ userId, display }) => ({ value: userId, display })) }),
    });
  }

  /**
   * Yields groups in order, with all their members. Reads those of a few small groups at the same time.
   * Throws 400 `tooMany` for a group that is too large for a list. `memberCount` decides, so no member is
   * read for it.
   */
  showAllWithMembers(groups: readonly ResourceRecord[]): AsyncGenerator<Resource> {
    return showTogether(groups, (group) => {
      if (group.memberCount > MAX_LISTED_MEMBERS)
        throw tooManyMembers(group, 'too many for a list', 'Ask for this group alone, or ask');
      return this.showWithMembers(group);
    });
  }

  /**
   * Yields groups in order, with at least the members that decide: the first one, and one for each test that
   * any member passes. Of a large group, the others are not kept. Throws 400 `tooMany` if the members are too
   * many for the limits.
   */
  showWithDecisiveMembers(
    groups: readonly ResourceRecord[],
    tests: readonly ElementTest[],
    limits: ListLimits,
  ): AsyncGenerator<Resource> {
    return showTogether(groups, (group) =>
      group.memberCount > MAX_MEMBERS_READ_TOGETHER
        ? this.showDecisiveMembers(group, tests, limits)
        : this.showWithMembers(group),
    );
  }

  private async showWithMembers(group: ResourceRecord): Promise<Resource> {
    return this.show(group, isEmpty(group) ? [] : await this.memberships.members(group.id));
  }

  private async showDecisiveMembers(
    group: ResourceRecord,
    tests: readonly ElementTest[],
    { isLate, work }: ListLimits,
  ): Promise<Resource> {
    const decisive: Member[] = [];
    let open = tests;
    for await (const members of this.memberships.pages(group.id)) {
      if (isLate()) throw tooManyToCompare(group);
      const elements = this.show(group, members).members as Json[];
      for (const [at, member] of members.entries()) {
        const failed = open.filter((test) => !test(elements[at] as Json));
        if (decisive.length === 0 || failed.length < open.length) decisive.push(member);
        open = failed;
        if (open.length === 0) return this.show(group, decisive);
        if (work.isExhausted) throw tooManyToCompare(group);
      }
    }
    return this.show(group, decisive);
  }

  /**
   * Yields groups in order, with their members among `userIds`, which must differ. Reads many memberships at
   * once.
   */
  async *showWithMembersAmong(
    groups: readonly ResourceRecord[],
    userIds: readonly string[],
  ): AsyncGenerator<Resource> {
    const size = Math.max(1, Math.floor(READ_BATCH_SIZE / userIds.length));
    for (let at = 0; at < groups.length; at += size) {
      const batch = groups.slice(at, at + size);
      const ids = batch.map(({ id }) => id);
      const members = await this.memberships.membersOfEach(ids, userIds);
      yield* batch.map((group, index) => this.show(group, members[index]));
    }
  }

  /** Returns all members, page by page. Throws 400 `tooMany` if some are left to read when `isLate`. */
  allMembers(group: ResourceRecord, isLate: () => boolean): LargeAttribute {
    const values = (members: readonly Member[]): Json[] => this.show(group, members).members as Json[];
    const read = async function* (pages: AsyncIterable<Member[]>): AsyncGenerator<Json[]> {
      for await (const page of pages) {
        if (isLate()) throw tooManyMembers(group, 'too many to read in time', 'Ask');
        yield values(page);
      }
    };
    return {
      name: 'members',
      count: group.memberCount,
      // All ids have the same length.
      smallestValue: values([{ userId: group.id }])[0] as Json,
      pages: read(this.memberships.pages(group.id)),
      tooManyError: (reason, remedy) => tooManyMembers(group, reason, remedy),
    };
  }

  /**
   * Returns undefined if the group has more than `limit` members. `removed` is how many members the caller
   * has removed since the group was read. Reads no members of groups that have more in any case.
   */
  async showIfFewMembers(
    group: ResourceRecord,
    limit: number,
    removed: number,
  ): Promise<Resource | undefined> {
    if (group.memberCount - removed > limit) return undefined;
    const members = await this.memberships.members(group.id, limit + 1);
    return members.length > limit ? undefined : this.show(group, members);
  }
}

/** Yields groups in order. Shows a few small ones at the same time. */
async function* showTogether(
  groups: readonly ResourceRecord[],
  show: (group: ResourceRecord) => Promise<Resource>,
): AsyncGenerator<Resource> {
  for (let at = 0; at < groups.length;) {
    const batch = groupsReadTogether(groups, at);
    yield* await Promise.all(batch.map(show));
    at += batch.length;
  }
}

/** Returns groups from `first` on whose members are read at the same time: at least one. */
function groupsReadTogether(groups: readonly ResourceRecord[], first: number): readonly ResourceRecord[] {
  const most = groups.slice(first, first + CONCURRENT_READS);
  let members = 0;
  const end = most.findIndex(
    ({ memberCount }, index) => (members += memberCount) > MAX_MEMBERS_READ_TOGETHER && index > 0,
  );
  return end < 0 ? most : most.slice(0, end);
}

/**
 * Returns whether a group is known to have no members. The counts of a spread group are not of one moment.
 */
const isEmpty = ({ memberCount, includesHeads }: ResourceRecord): boolean =>
  memberCount === 0 && !includesHeads;

const tooManyMembers = ({ id, memberCount }: ResourceRecord, reason: string, remedy: string): ScimError =>
  ScimError.tooMany(
    `The group ${id} has ${memberCount} members, ${reason}. ${remedy} with excludedAttributes=members, ` +
      'and list the ' +
      `members page by page: GET /Users?filter=groups.value eq "${id}".`,
  );

const tooManyToCompare = ({ id, memberCount }: ResourceRecord): ScimError =>
  ScimError.tooMany(
    `The filter compares each member of the group ${id}, and its ${memberCount} members are too many for one ` +
      'request. Compare members.value (eq) instead, use fewer conditions, add a condition that excludes the ' +
      `group, or list its members page by page: GET /Users?filter=groups.value eq "${id}".`,
  );

/**
 * Returns the members of a group after all its members were replaced. A member that was `present` keeps its
 * `display`.
 */
export function membersAfterReplace(
  { added }: DesiredMembership,
  unknownMembers: readonly string[],
  present: readonly Member[],
): Member[] {
  const unknown = new Set(unknownMembers);
  const before = new Map(present.map(({ userId, display }) => [userId, display]));
  return [...added].flatMap(([userId, display]) =>
    unknown.has(userId) ? [] : [{ userId, display: display ?? before.get(userId) }],
  );
}
