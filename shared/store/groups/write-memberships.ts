import { isUserId } from '../table/keys';
import type { Table } from '../table/table';
import { conditionErrorOf } from '../table/operations/transaction';
import type { Write } from '../table/write';
import { membershipWrite, userMembershipWrite, type MembershipEdit } from './membership';

/**
 * The writes of a group that go into the transaction before those of its memberships, their time (RFC 3339),
 * and the connection of the client.
 */
export interface GroupWrites {
  readonly at: string;
  readonly via?: string;
  readonly writes: readonly Write[];
}

/**
 * Writes both sides of a group's memberships in one transaction with the writes of the group. `groupWrites`
 * gets the memberships that are written and the ids that are skipped because they are not users. Returns the
 * skipped ids.
 *
 * An unknown user fails the transaction, which is then retried without that user's side. If another request
 * has changed a membership, its edit is reconciled with the current state. `replaces`: the edits replace all
 * members, and changes of single members since then count as later.
 */
export async function writeMemberships(
  table: Table,
  domainId: string,
  edits: readonly MembershipEdit[],
  groupWrites: (written: readonly MembershipEdit[], unknownMembers: readonly string[]) => GroupWrites,
  replaces = false,
): Promise<string[]> {
  const unknownUsers = new Set(edits.map(({ userId }) => userId).filter((userId) => !isUserId(userId)));
  for (let remaining = edits; ;) {
    const unknownMembers = remaining
      .filter(({ kind, userId }) => kind !== 'remove' && unknownUsers.has(userId))
      .map(({ userId }) => userId);
    const memberships = remaining.filter(
      ({ kind, userId }) => kind === 'remove' || !unknownUsers.has(userId),
    );
    const users = memberships.filter(({ kind, userId }) => kind !== 'rename' && !unknownUsers.has(userId));
    const { at, via, writes: first } = groupWrites(memberships, unknownMembers);
    const writes = [
      ...first,
      ...users.map((edit) => userMembershipWrite(domainId, edit, at, via)),
      ...memberships.map((edit) => membershipWrite(domainId, edit)),
    ];
    if (writes.length === 0) return unknownMembers;
    const failed = await table.tryTransact(writes);
    const [firstFailed] = failed;
    if (firstFailed === undefined) return unknownMembers;
    if (firstFailed < first.length) throw conditionErrorOf(writes[firstFailed]);
    const changed = new Set<MembershipEdit>();
    for (const index of failed) {
      const user = users[index - first.length];
      const membership = memberships[index - first.length - users.length];
      if (user) unknownUsers.add(user.userId);
      else if (membership) changed.add(membership);
    }
    remaining = remaining.flatMap((edit) => (changed.has(edit) ? reconcile(edit, replaces) : edit));
  }
}

/**
 * Returns the edit that is left if a membership to add already exists, or if one to rename or remove does not
 * exist.
 */
function reconcile(edit: MembershipEdit, replaces: boolean): MembershipEdit[] {
  if (edit.kind === 'rename') return replaces ? [] : [{ ...edit, kind: 'add' }];
  return edit.kind === 'add' && edit.display !== undefined ? [{ ...edit, kind: 'rename' }] : [];
}
