import {
  isUserId,
  MEMBER_PREFIX,
  membershipKey,
  membershipPartition,
  resourceKey,
  type ItemKey,
} from '../table/keys';
import type { Condition } from '../table/expressions';
import { groupNotFound } from './group-heads';
import { keyOf, optionalText, type Item } from '../table/read-item';
import type { Table } from '../table/table';
import { VersionConflict } from '../table/operations/transaction';
import { ITEM_EXISTS, ITEM_IS_ABSENT, type Write } from '../table/write';

/** A member of a group. */
export interface Member {
  readonly userId: string;
  /** The display name, as the client sent it. */
  readonly display?: string;
}

/** One membership that begins, ends, or gets another `display`. */
export interface MembershipEdit extends Member {
  readonly kind: 'add' | 'remove' | 'rename';
  readonly groupId: string;
  /** The group no longer exists; the edit deletes what is left of the membership. */
  readonly isGroupDeleted?: boolean;
  /** A connection test made the membership, so nothing becomes an event. */
  readonly isSimulated?: boolean;
}

/** Reads the memberships of one domain's groups. */
export class MembershipStore {
  constructor(
    private readonly table: Table,
    private readonly domainId: string,
  ) {}

  /** Returns the members of a group among `userIds`, which must differ. */
  async membersAmong(groupId: string, userIds: readonly string[]): Promise<Member[]> {
    return (await this.membersOfEach([groupId], userIds))[0] ?? [];
  }

  /** Returns the members among `userIds`, which must differ, of each group, in the order of `groupIds`. */
  async membersOfEach(groupIds: readonly string[], userIds: readonly string[]): Promise<Member[][]> {
    const possible = userIds.filter(isUserId);
    const keys = [...new Set(groupIds)].flatMap((groupId) =>
      possible.map((userId) => membershipKey(this.domainId, groupId, userId)),
    );
    const members = new Map<string, Member[]>();
    for (const item of await this.table.getAll(keys)) {
      const { pk } = keyOf(item);
      const found = members.get(pk) ?? [];
      found.push(readMember(item));
      members.set(pk, found);
    }
    return groupIds.map((groupId) => members.get(membershipPartition(this.domainId, groupId)) ?? []);
  }

  /** Returns the first `limit` members of a group in the order of their ids; all members without a limit. */
  async members(groupId: string, limit = Infinity): Promise<Member[]> {
    const members: Member[] = [];
    for await (const page of this.pages(groupId, limit)) members.push(...page);
    return members;
  }

  /** Yields the same members page by page. A page is read when it is taken, and has at most 1 MB of items. */
  async *pages(groupId: string, limit = Infinity): AsyncGenerator<Member[]> {
    let remaining = limit;
    let after: string | undefined;
    do {
      const { members, next } = await this.page(groupId, remaining, after);
      yield members;
      remaining -= members.length;
      after = next;
    } while (after !== undefined && remaining > 0);
  }

  /** Returns at most `limit` members after the user `after`. `next` is absent at the end. */
  async page(groupId: string, limit: number, after?: string): Promise<{ members: Member[]; next?: string }> {
    const { items, next } = await this.table.query({
      pk: membershipPartition(this.domainId, groupId),
      ...(limit < Infinity && { limit }),
      ...(after !== undefined && { after: membershipKey(this.domainId, groupId, after) }),
    });
    return { members: items.map(readMember), ...(next && { next: userIdOf(next) }) };
  }
}

const userIdOf = ({ sk }: ItemKey): string => sk.slice(MEMBER_PREFIX.length);

function readMember(item: Item): Member {
  const display = optionalText(item, 'display');
  return {
    userId: userIdOf(keyOf(item)),
    ...(display !== undefined && { display }),
  };
}

/**
 * Returns the write of the group's side of a membership. It fails with `VersionConflict` if the membership is
 * not as the edit expects, so that the group's `memberCount` stays exact. Memberships of a deleted group are
 * deleted without a condition.
 */
export function membershipWrite(domainId: string, edit: MembershipEdit): Write {
  const { kind, groupId, userId, display, isGroupDeleted, isSimulated } = edit;
  const key = membershipKey(domainId, groupId, userId);
  if (isGroupDeleted) return { delete: key };
  const conditionError = () => new VersionConflict();
  if (kind === 'remove') return { delete: key, condition: ITEM_EXISTS, conditionError };
  const condition = kind === 'add' ? ITEM_IS_ABSENT : ITEM_EXISTS;
  const put = { ...key, display, ...(isSimulated && { simulated: true }) };
  return { put, condition, conditionError };
}

/** Returns the change of the group's `memberCount` that the edits cause. */
export const memberCountDelta = (edits: readonly MembershipEdit[]): number =>
  edits.reduce((sum, { kind }) => sum + (kind === 'add' ? 1 : kind === 'remove' ? -1 : 0), 0);

/**
 * Returns the write of the user's side of a membership. It fails if the user does not exist. Changes of the
 * set commute. The write increments the user's version, so that requests that read the user before it meet a
 * conflict. `via` is the connection of the client that makes the change, which becomes a source of the user.
 */
export function userMembershipWrite(
  domainId: string,
  { kind, groupId, userId }: MembershipEdit,
  at: string,
  via?: string,
): Write {
  const groupIds = new Set([groupId]);
  const counted = { version: 1, ...(via !== undefined && { sources: new Set([via]) }) };
  return {
    update: resourceKey(domainId, 'USER', userId),
    set: { lastModified: at },
    ...(kind === 'add' ? { add: { groupIds, ...counted } } : { add: counted, deleteElements: { groupIds } }),
    condition: ITEM_EXISTS,
  };
}

/** The effects of a write of a group besides counting a change of its members. */
export interface GroupTouch {
  /** By default, the group exists. */
  readonly condition?: Condition;
  /** By default, 404. */
  readonly conditionError?: () => Error;
  readonly conflictError?: () => Error;
  /** The marks that the write removes. */
  readonly remove?: readonly ('creation' | 'replacement')[];
}

/**
 * Returns the write of the item of a group whose members change, which adds `memberCount` to the stored
 * count.
 */
export const touchGroupWrite = (
  domainId: string,
  groupId: string,
  { at, memberCount }: { readonly at: string; readonly memberCount: number },
  { condition = ITEM_EXISTS, conditionError = () => groupNotFound(groupId), ...touch }: GroupTouch = {},
): Write => ({
  update: resourceKey(domainId, 'GROUP', groupId),
  set: { lastModified: at },
  add: { version: 1, memberCount },
  condition,
  conditionError,
  ...touch,
});
