import { readResourceItem } from '../../../store/resources/resource-record';
import { resourceKey } from '../../../store/table/keys';
import type { Item } from '../../../store/table/read-item';
import { ITEM_IS_ABSENT } from '../../../store/table/write';
import { managedUserKey } from '../../../store/users/managed-users';
import { REPAIR, remove, unchanged, type Check, type ChecksOf } from './check';

/** A user whom administrators manage is in the list of those. */
export function managedUserCheck(item: Item, domainId: string): Check {
  const { id, managedBy } = readResourceItem(item);
  const key = managedUserKey(domainId, id);
  return {
    id: 'managed',
    keys: managedBy ? [key] : [],
    examine: (find) =>
      !managedBy || find(key)
        ? undefined
        : {
            problem: 'managed-user-missing',
            found: `The user ${id} is missing from the list of users whom administrators manage.`,
            action: REPAIR,
            repair: [{ put: { ...key }, condition: ITEM_IS_ABSENT }, unchanged(item, 'version', 'managedBy')],
            after: key.pk,
          },
  };
}

/** An entry in the list of users whom administrators manage. */
export const managedUserChecks: ChecksOf = (item, domainId) => {
  const key = resourceKey(domainId, 'USER', item.sk);
  return [
    {
      id: 'user',
      keys: [key],
      examine: (find) => {
        const user = find(key);
        if (user && readResourceItem(user).managedBy) return undefined;
        return {
          problem: 'managed-user-stale',
          found: `The user ${item.sk}, who ${user ? 'is managed by a connection' : 'does not exist'}, is in the list of users whom administrators manage.`,
          action: REPAIR,
          repair: [
            remove(item),
            user ? unchanged(user, 'version', 'managedBy') : { check: key, condition: ITEM_IS_ABSENT },
          ],
          before: item.pk,
        };
      },
    },
  ];
};
