import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { ScimError } from '../../scim/error';
import { batchGet } from '../table/batch-get';
import { isUserId, MEMBER_PREFIX, membershipKey, membershipPartition, resourceKey } from '../table/keys';
import type { Table } from '../table/table';
import type { Write } from '../table/transaction';
import { VersionConflict } from '../table/transaction';

/** A member as its group shows it. */
export interface Member {
  readonly userId: string;
  /** As the client sent it. */
  readonly display?: string;
}

/** One membership that begins, ends, or gets another `display`. */
export interface MembershipEdit extends Member {
  readonly kind: 'add' | 'remove' | 'rename';
  readonly groupId: string;
  /** The group does not exist any more; what is left of it is taken away. */
  readonly isGroupDeleted?: boolean;
}

/** Reads the memberships of one domain's groups, strongly consistent. */
export class MembershipStore {
  constructor(
    private readonly table: Table,
    private readonly domainId: string,
  ) {}

  /** Those of `userIds`, each named once, that belong to the group. */
  async membersAmong(groupId: string, userIds: readonly string[]): Promise<Member[]> {
    const keys = userIds.filter(isUserId).map((userId) => membershipKey(this.domainId, groupId, userId));
    return (await batchGet(this.table, keys)).map(memberOf);
  }

  /** At most `limit` members of a group, in the order of their ids; all where there is no limit. */
  async members(groupId: string, limit = Infinity): Promise<Member[]> {
    const members: Member[] = [];
    for await (const page of this.pages(groupId, limit)) members.push(...page);
    return members;
  }

  /** The same, page by page: a page is read when it is taken, and has 1 MB of items at most. */
  async *pages(groupId: string, limit = Infinity): AsyncGenerator<Member[]> {
    let left = limit;
    let after: string | undefined;
    do {
      const { members, next } = await this.page(groupId, left, after);
      yield members;
      left -= members.length;
      after = next;
    } while (after !== undefined && left > 0);
  }

  /** At most `limit` members after the one with id `after`, and where to go on; no `next` at the end. */
  async page(groupId: string, limit: number, after?: string): Promise<{ members: Member[]; next?: string }> {
    const { Items = [], LastEvaluatedKey } = await this.table.client.send(
      new QueryCommand({
        TableName: this.table.name,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': membershipPartition(this.domainId, groupId) },
        ConsistentRead: true,
        ...(limit < Infinity && { Limit: limit }),
        ...(after !== undefined && { ExclusiveStartKey: membershipKey(this.domainId, groupId, after) }),
      }),
    );
    return {
      members: Items.map(memberOf),
      ...(LastEvaluatedKey && { next: memberOf(LastEvaluatedKey).userId }),
    };
  }
}

const memberOf = (item: Record<string, unknown>): Member => ({
  userId: (item.sk as string).slice(MEMBER_PREFIX.length),
  ...(typeof item.display === 'string' && { display: item.display }),
});

/**
 * The group's side of a membership. Its condition fails where the membership is not what the edit takes it for, so that a
 * group's `memberCount` is exact: refused with `VersionConflict`. What is left of a group that is gone is taken away unseen.
 */
export function membershipWrite(domainId: string, edit: MembershipEdit): Write {
  const { kind, groupId, userId, display, isGroupDeleted } = edit;
  const Key = membershipKey(domainId, groupId, userId);
  if (isGroupDeleted) return { Delete: { Key } };
  const conditionError = () => new VersionConflict();
  if (kind === 'remove')
    return { Delete: { Key, ConditionExpression: 'attribute_exists(pk)' }, conditionError };
  const Item = { ...Key, ...(display !== undefined && { display }) };
  const ConditionExpression = kind === 'add' ? 'attribute_not_exists(pk)' : 'attribute_exists(pk)';
  return { Put: { Item, ConditionExpression }, conditionError };
}

/** By how much the edits change their group's `memberCount`. */
export const memberCountDelta = (edits: readonly MembershipEdit[]): number =>
  edits.reduce((sum, { kind }) => sum + (kind === 'add' ? 1 : kind === 'remove' ? -1 : 0), 0);

/**
 * The user's side of a membership; its condition fails where there is no such user. The set changes by `ADD` and `DELETE`,
 * which commute, and the version grows, so that whoever works on an older user notices.
 */
export function userMembershipWrite(
  domainId: string,
  { kind, groupId, userId }: MembershipEdit,
  at: string,
): Write {
  const change =
    kind === 'add' ? 'ADD groupIds :group, version :one' : 'DELETE groupIds :group ADD version :one';
  return {
    Update: {
      Key: resourceKey(domainId, 'USER', userId),
      UpdateExpression: `${change} SET lastModified = :at`,
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':group': new Set([groupId]), ':one': 1, ':at': at },
    },
  };
}

/** The group's new version where only members change, by `members` more or less; fails where there is no such group. */
export function touchGroupWrite(domainId: string, groupId: string, at: string, members: number): Write {
  return {
    Update: {
      Key: resourceKey(domainId, 'GROUP', groupId),
      UpdateExpression: 'ADD version :one, memberCount :members SET lastModified = :at',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':one': 1, ':members': members, ':at': at },
    },
    conditionError: () => ScimError.notFound(`There is no group with the id "${groupId}".`),
  };
}
