import type { ResourceRecord } from '../resources/resource-record';
import { managedUsersPartition } from '../table/administrator-keys';
import type { ItemKey } from '../table/keys';
import { text } from '../table/read-item';
import type { Table } from '../table/table';
import type { Write } from '../table/write';

/** The key of the item that lists a user among those whom administrators manage. */
export const managedUserKey = (domainId: string, userId: string): ItemKey => ({
  pk: managedUsersPartition(domainId),
  sk: userId,
});

/** The ids of users whom administrators manage, and whether others follow. */
interface ManagedUserIds {
  readonly ids: readonly string[];
  readonly more: boolean;
}

/**
 * Returns the writes that list a user among those whom administrators manage, or that end this. `before` is
 * undefined for a new user, and `after` for a deleted one. They need no conditions, because the version of
 * the user is a condition of the transaction.
 */
export function managedUserWrites(
  domainId: string,
  before: ResourceRecord | undefined,
  after: ResourceRecord | undefined,
): Write[] {
  const [was, is] = [before?.managedBy !== undefined, after?.managedBy !== undefined];
  if (after && is && !was) return [{ put: { ...managedUserKey(domainId, after.id) } }];
  return before && was && !is ? [{ delete: managedUserKey(domainId, before.id) }] : [];
}

/**
 * Returns at most `limit` ids of users whom administrators manage, oldest first, after the id `after`. Its
 * cost depends only on `limit`.
 */
export async function readManagedUserIds(
  table: Table,
  domainId: string,
  limit: number,
  after?: string,
): Promise<ManagedUserIds> {
  const { items } = await table.query({
    pk: managedUsersPartition(domainId),
    limit: limit + 1,
    ...(after !== undefined && { after: managedUserKey(domainId, after) }),
  });
  return { ids: items.slice(0, limit).map((item) => text(item, 'sk')), more: items.length > limit };
}
