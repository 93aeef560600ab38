import { isUserId } from '../table/keys';
import { userMembershipWrite, membershipWrite, type MembershipEdit } from './membership';
import type { Table } from '../table/table';
import { conditionErrorOf, tryTransact, type Write } from '../table/transaction';

/** What goes into the transaction before the memberships, and its time, RFC 3339. */
export interface GroupWrites {
  readonly at: string;
  readonly writes: readonly Write[];
}

/**
 * Writes memberships of one group, both sides of each, in one transaction with what the group's change itself writes; `own` is
 * told which are written, and which members are left out since they name no user. Returns the ids of those.
 *
 * A user that does not exist fails the transaction, which is then tried without that user's side. A membership that is not
 * what its edit takes it for was changed by somebody else meanwhile: the edit is fitted to what is there now.
 */
export async function writeMemberships(
  table: Table,
  domainId: string,
  edits: readonly MembershipEdit[],
  groupWrites: (written: readonly MembershipEdit[], leftOut: readonly string[]) => GroupWrites,
): Promise<string[]> {
  const gone = new Set(edits.map(({ userId }) => userId).filter((userId) => !isUserId(userId)));
  for (let wanted = edits; ;) {
    const leftOut = wanted
      .filter(({ kind, userId }) => kind !== 'remove' && gone.has(userId))
      .map(({ userId }) => userId);
    const memberships = wanted.filter(({ kind, userId }) => kind === 'remove' || !gone.has(userId));
    const users = memberships.filter(({ kind, userId }) => kind !== 'rename' && !gone.has(userId));
    const { at, writes: first } = groupWrites(memberships, leftOut);
    const writes = [
      ...first,
      ...users.map((edit) => userMembershipWrite(domainId, edit, at)),
      ...memberships.map((edit) => membershipWrite(domainId, edit)),
    ];
    if (writes.length === 0) return leftOut;
    const failed = await tryTransact(table, writes);
    const [firstFailed] = failed;
    if (firstFailed === undefined) return leftOut;
    if (firstFailed < first.length) throw conditionErrorOf(writes[firstFailed]);
    const changed = new Set<MembershipEdit>();
    for (const index of failed) {
      const user = users[index - first.length];
      const membership = memberships[index - first.length - users.length];
      if (user) gone.add(user.userId);
      else if (membership) changed.add(membership);
    }
    wanted = wanted.flatMap((edit) => (changed.has(edit) ? reconcile(edit) : edit));
  }
}

/** What is left to do of an edit where the membership is there that it would have begun, or not there that it needs. */
function reconcile(edit: MembershipEdit): MembershipEdit[] {
  if (edit.kind === 'rename') return [{ ...edit, kind: 'add' }];
  return edit.kind === 'add' && edit.display !== undefined ? [{ ...edit, kind: 'rename' }] : [];
}
