import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { ScimError } from '../scim/error';
import { batchGet } from './batch-get';
import { isUserId, MEMBER_PREFIX, membershipKey, membershipPartition, resourceKey } from './keys';
import type { Table } from './table';
import type { Write } from './transaction';

/** A member as its group shows it. */
export interface Member {
  readonly userId: string;
  /** As the client sent it. */
  readonly display?: string;
}

/** One membership that begins or ends. */
export interface MembershipEdit extends Member {
  readonly kind: 'add' | 'remove';
  readonly groupId: string;
  /** The group does not exist any more; what is left of it is taken away. */
  readonly groupGone?: boolean;
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
    let ExclusiveStartKey: Record<string, unknown> | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await this.table.client.send(
        new QueryCommand({
          TableName: this.table.name,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': membershipPartition(this.domainId, groupId) },
          ConsistentRead: true,
          ...(limit < Infinity && { Limit: limit - members.length }),
          ExclusiveStartKey,
        }),
      );
      members.push(...Items.map(memberOf));
      ExclusiveStartKey = LastEvaluatedKey;
    } while (ExclusiveStartKey && members.length < limit);
    return members;
  }
}

const memberOf = (item: Record<string, unknown>): Member => ({
  userId: (item.sk as string).slice(MEMBER_PREFIX.length),
  ...(typeof item.display === 'string' && { display: item.display }),
});

/** The group's side of a membership. */
export function membershipWrite(domainId: string, { kind, groupId, userId, display }: MembershipEdit): Write {
  const Key = membershipKey(domainId, groupId, userId);
  return kind === 'add'
    ? { Put: { Item: { ...Key, ...(display !== undefined && { display }) } } }
    : { Delete: { Key } };
}

/**
 * The user's side of a membership; its condition fails where there is no such user. The set changes by `ADD` and `DELETE`,
 * which commute, and the version grows, so that whoever works on an older user notices.
 */
export function membershipOfUserWrite(
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

/** The group's new version, where one of its members changes from the user's side; fails where there is no such group. */
export function touchGroupWrite(domainId: string, groupId: string, at: string): Write {
  return {
    Update: {
      Key: resourceKey(domainId, 'GROUP', groupId),
      UpdateExpression: 'ADD version :one SET lastModified = :at',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':one': 1, ':at': at },
    },
    refusal: () => ScimError.notFound(`There is no group with the id "${groupId}".`),
  };
}
