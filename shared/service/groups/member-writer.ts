import { withTotals } from '../../store/groups/group-heads';
import { MAX_MEMBERS_PER_TRANSACTION } from '../../store/groups/group-store';
import type { MembershipEdit } from '../../store/groups/membership';
import type { ResourceRecord } from '../../store/resources/resource-record';
import { timeLimitError } from '../resources/caller';
import { groupAudit } from './group-audit';
import type { GroupChange, GroupContext } from './group-context';

export interface MemberWriteOptions {
  /** The last transaction ends the group's creation. */
  readonly endsCreation?: boolean;
  /** Ends the error of a request that times out. */
  readonly hint?: string;
}

/** Writes edits of a group's members in as many transactions as they need. */
export async function writeMembers(
  context: GroupContext,
  before: ResourceRecord,
  edits: readonly MembershipEdit[],
  { endsCreation = false, hint }: MemberWriteOptions = {},
): Promise<GroupChange> {
  const { store, caller, now } = context;
  const unknownMembers: string[] = [];
  let group = before;
  for (let done = 0; done < edits.length; done += MAX_MEMBERS_PER_TRANSACTION) {
    if (context.isLate()) throw timeLimitError(edits.length - done, 'member', hint);
    const at = now().toISOString();
    const chunk = edits.slice(done, done + MAX_MEMBERS_PER_TRANSACTION);
    const isLast = done + MAX_MEMBERS_PER_TRANSACTION >= edits.length;
    const audit = groupAudit(caller, at, group, group);
    const change = await store.changeMembers(group, at, chunk, audit, endsCreation && isLast);
    context.reportUnknownMembers(group, change.unknownMembers);
    unknownMembers.push(...change.unknownMembers);
    group = change.group;
  }
  return { group, unknownMembers };
}

/**
 * Writes edits that complete a list of members, which the response shows. `before` was read, with its heads,
 * before the members.
 */
export async function writeListedMembers(
  context: GroupContext,
  before: ResourceRecord,
  edits: readonly MembershipEdit[],
  options: MemberWriteOptions,
): Promise<GroupChange> {
  const { group, unknownMembers } = await writeMembers(context, before, edits, options);
  // Each write of a group that is not spread had the version of the previous one as its condition.
  if (group.headCount === undefined) return { group, unknownMembers };
  const transactions = Math.ceil(edits.length / MAX_MEMBERS_PER_TRANSACTION);
  return { group: await context.settle(group, withTotals(before).version + transactions), unknownMembers };
}
