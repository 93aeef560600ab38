import type { Table } from '../table/table';
import type { Write } from '../table/write';
import { GroupIsHot, groupNotFound, headWrite, spreadGroup } from './group-heads';
import { touchGroupWrite } from './membership';

const MAX_KNOWN_GROUPS = 1_000;

/** The groups that this process knows to be spread, with the numbers of their heads. A group stays spread. */
const knownGroups = new Map<string, number>();

/**
 * Returns the write that counts a change of a group's members in a transaction that does not read the group:
 * of one of its heads if this process knows that it is spread, otherwise of its item. It fails if the group
 * does not exist, and with `GroupIsHot` if another transaction uses the item. `spreadHotGroup` then makes the
 * group spread.
 */
export function unreadGroupWrite(
  domainId: string,
  groupId: string,
  change: { readonly at: string; readonly memberCount: number },
): Write {
  const headCount = knownGroups.get(keyOf(domainId, groupId));
  return headCount === undefined
    ? touchGroupWrite(domainId, groupId, change, { conflictError: () => new GroupIsHot(groupId) })
    : headWrite({ domainId, groupId, headCount }, change, () => groupNotFound(groupId));
}

/**
 * Makes a group spread for `unreadGroupWrite`. Does nothing if the group does not exist: the write then
 * fails.
 */
export async function spreadHotGroup(table: Table, domainId: string, groupId: string): Promise<void> {
  const group = await spreadGroup(table, domainId, groupId);
  if (!group) return;
  const [oldest] = knownGroups.keys();
  if (oldest !== undefined && knownGroups.size >= MAX_KNOWN_GROUPS) knownGroups.delete(oldest);
  knownGroups.set(keyOf(domainId, groupId), group.headCount);
}

const keyOf = (domainId: string, groupId: string): string => `${domainId}#${groupId}`;
