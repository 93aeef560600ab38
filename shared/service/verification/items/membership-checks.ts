import { MEMBER_PREFIX, membershipKey, resourceKey, type ItemKey } from '../../../store/table/keys';
import { keyOf, type Item } from '../../../store/table/read-item';
import { ITEM_EXISTS, ITEM_IS_ABSENT, type Write } from '../../../store/table/write';
import { REPAIR, remove, unchanged, type Check, type ChecksOf, type Discrepancy } from './check';

const BOTH_SIDES = `${REPAIR} It makes the user a member on both sides. Then check the members of the group.`;

/** Removes a group from a user, as the sweep of the group does. */
const leave = (user: ItemKey, groupId: string): Write => ({
  update: user,
  add: { version: 1 },
  deleteElements: { groupIds: new Set([groupId]) },
  condition: { expression: 'contains(groupIds, :groupId)', values: { groupId } },
});

/**
 * Gives a group a new version after a repair of its members, even if it is spread, because clients compare
 * ETags.
 */
const changeVersion = (group: ItemKey): Write => ({
  update: group,
  add: { version: 1 },
  condition: ITEM_EXISTS,
});

/** The user's side of a membership. Both sides are written together, so a side that is missing was lost. */
export function groupOfUserCheck(user: Item & ItemKey, domainId: string, groupId: string): Check {
  const [group, membership] = [
    resourceKey(domainId, 'GROUP', groupId),
    membershipKey(domainId, groupId, user.sk),
  ];
  return {
    id: `group ${groupId}`,
    keys: [group, membership],
    examine: (find) => {
      if (!find(group))
        return {
          problem: 'group-missing',
          found: `The user ${user.sk} is in the group ${groupId}, which does not exist.`,
          action: REPAIR,
          sweepOf: groupId,
          repair: [leave(keyOf(user), groupId), { check: group, condition: ITEM_IS_ABSENT }],
          before: groupId,
        };
      if (find(membership)) return undefined;
      return {
        problem: 'membership-missing',
        found: `The user ${user.sk} is in the group ${groupId}, which does not list the user as a member.`,
        action: BOTH_SIDES,
        repair: [
          { put: { ...membership }, condition: ITEM_IS_ABSENT },
          unchanged(user, 'version'),
          changeVersion(group),
        ],
        after: user.sk,
      };
    },
  };
}

/** The group's side of a membership. */
export const membershipChecks: ChecksOf = (item, domainId) => {
  const groupId = item.pk.slice(`${domainId}#GROUP#`.length);
  if (!item.sk.startsWith(MEMBER_PREFIX)) return [];
  const userId = item.sk.slice(MEMBER_PREFIX.length);
  const [group, user] = [
    resourceKey(domainId, 'GROUP', groupId),
    resourceKey(domainId, 'USER', userId),
  ] as const;
  return [
    {
      id: 'sides',
      keys: [group, user],
      examine: (find) =>
        membershipDiscrepancy(item, { groupId, userId, group, user }, find(group), find(user)),
    },
  ];
};

interface Sides {
  readonly groupId: string;
  readonly userId: string;
  readonly group: ItemKey;
  readonly user: ItemKey;
}

function membershipDiscrepancy(
  item: Item,
  { groupId, userId, group, user }: Sides,
  groupItem: Item | undefined,
  userItem: Item | undefined,
): Discrepancy | undefined {
  const isListed = userItem?.groupIds instanceof Set && userItem.groupIds.has(groupId);
  if (!groupItem || !userItem) {
    const what = groupItem ? `the user ${userId}` : `the group ${groupId}`;
    return {
      problem: 'membership-orphaned',
      found: `There is a membership of the user ${userId} in the group ${groupId}, but ${what} does not exist in this domain.`,
      action: REPAIR,
      ...(!groupItem && { sweepOf: groupId }),
      repair: [
        remove(item),
        groupItem ? changeVersion(group) : { check: group, condition: ITEM_IS_ABSENT },
        ...(isListed
          ? [leave(user, groupId)]
          : [userItem ? unchanged(userItem, 'version') : { check: user, condition: ITEM_IS_ABSENT }]),
      ],
      before: userId,
    };
  }
  if (isListed) return undefined;
  return {
    problem: 'membership-one-sided',
    found: `The group ${groupId} lists the user ${userId} as a member, but the user is not in the group.`,
    action: BOTH_SIDES,
    repair: [
      {
        update: user,
        add: { version: 1, groupIds: new Set([groupId]) },
        condition: { expression: '#version = :versionBefore', values: { versionBefore: userItem.version } },
      },
      unchanged(item),
      unchanged(groupItem),
    ],
    after: groupId,
  };
}
