import { subscriptionKey } from '../../../store/table/event-keys';
import { MAPPED_GROUP_PREFIX, resourceKey } from '../../../store/table/keys';
import { suppressedKey } from '../../../store/table/mail-keys';
import { isOlder, type ChecksOf } from './check';
import { subscriptionCheck } from './subscription-checks';

/**
 * The progress of deliveries, an event that waits, a dead letter, or a signed SET. Its subscription may have
 * been deleted: then the progress is deleted with it, and the others expire. One that never expires stays
 * forever.
 */
export const deliveryChecks: ChecksOf = (item, scope, context) => {
  const [subscriptionId = ''] = item.sk.split('#');
  // A run that is in progress while the subscription is deleted removes what it has written.
  const isRunning = item.until !== undefined && !isOlder(item.until, context);
  if (typeof item.ttl === 'number' || isRunning) return [];
  const found = `An item of the deliveries of the subscription ${subscriptionId}, which does not exist, never expires.`;
  return [
    subscriptionCheck(item, subscriptionKey(scope, subscriptionId), {
      problem: 'delivery-orphaned',
      found,
      unchanged: ['owner', 'requests'],
    }),
  ];
};

/** A group that mappings name, as it was found. The evaluation forgets it when the group is deleted. */
export const mappedGroupChecks: ChecksOf = (item, domainId) => {
  if (!item.sk.startsWith(MAPPED_GROUP_PREFIX)) return [];
  const groupId = item.sk.slice(MAPPED_GROUP_PREFIX.length);
  const key = resourceKey(domainId, 'GROUP', groupId);
  return [
    {
      id: 'group',
      keys: [key],
      examine: (find) =>
        find(key)
          ? undefined
          : {
              problem: 'mapped-group-orphaned',
              found: `The mappings know the group ${groupId}, which does not exist.`,
              action: 'Delete the item. Nobody is a member of the group.',
              sweepOf: groupId,
            },
    },
  ];
};

/**
 * A user whose license has the problem of a suppressed address. Both end together, except when a function of
 * a previous version clears the address, because it does not know the user.
 */
export const suppressedUserChecks: ChecksOf = (item, domainId) => {
  const end = item.sk.lastIndexOf('#');
  const [addressKey, userId] = [item.sk.slice(0, end), item.sk.slice(end + 1)];
  const key = suppressedKey(domainId, addressKey);
  return [
    {
      id: 'address',
      keys: [key],
      examine: (find) =>
        find(key)
          ? undefined
          : {
              problem: 'suppressed-user-orphaned',
              found: `The user ${userId} has the problem of the address ${addressKey}, which is not suppressed.`,
              action: 'Clear the address again: `scim address clear`.',
            },
    },
  ];
};
