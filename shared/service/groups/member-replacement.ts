import { isDeepStrictEqual } from 'node:util';
import { newId } from '../../id';
import { pause } from '../../retry/backoff';
import { ScimError } from '../../scim/error';
import { withTotals } from '../../store/groups/group-heads';
import { ReplacementSuperseded } from '../../store/groups/group-replacement';
import { MAX_MEMBERS_PER_TRANSACTION, MAX_MEMBERS_WITH_CHECKED_HEADS } from '../../store/groups/group-store';
import type { Member } from '../../store/groups/membership';
import type { ResourceRecord } from '../../store/resources/resource-record';
import { retryOnConflict } from '../resources/retry-on-conflict';
import { groupAudit } from './group-audit';
import { type GroupContext, type GroupReplacement } from './group-context';
import { checkGroup } from './group-input';
import { memberEdits } from './member-edits';
import { ReplacementParts, type ReplacementRequest } from './replacement-parts';

/** The time between two looks at a newer request, in milliseconds. */
const POLL_MS = 200;
/** A newer request that writes nothing for this time has died, in milliseconds. */
export const STALLED_MS = 5_000;

/**
 * Replaces all members of a group, as if at one moment: the final list is that of one request, plus changes
 * of single members. The condition is that the group has not changed since its members were read. If the
 * change does not fit into one transaction, the first one takes a token under this condition, and the others
 * check the token. If the condition fails, the request takes the token in any case, and reads the members
 * again.
 *
 * A newer request takes the token over. The older one then waits until the newer one has finished, and
 * responds as if it had finished just before. If the newer one dies, the older one takes the token again. So
 * a list that a response has confirmed is never left half written. Writes nothing if nothing changes.
 */
export function replaceMembers(
  context: GroupContext,
  request: ReplacementRequest,
): Promise<GroupReplacement> {
  const { id, expected, edit, desired } = request;
  const checksVersion = expected !== undefined && expected !== '*';
  let isContended = false;
  return retryOnConflict(
    () => context.getWithHeads(id),
    expected,
    () => context.isLate(),
    async (before) => {
      if (isContended && !checksVersion) return replaceInParts(context, request, before);
      isContended = true;
      context.own.checkChanged('GROUP', before);
      const present = await context.memberships.members(id);
      const edits = memberEdits(id, desired, present, context.caller);
      const attributes = checkGroup(edit(before.attributes), before.attributes, context.caller);
      if (edits.length === 0 && isDeepStrictEqual(attributes, before.attributes))
        return { group: before, unknownMembers: [], present };
      const maxEdits =
        checksVersion && before.heads ? MAX_MEMBERS_WITH_CHECKED_HEADS : MAX_MEMBERS_PER_TRANSACTION;
      if (edits.length > maxEdits) return replaceInParts(context, request, before, present);
      const at = context.now().toISOString();
      const after = {
        ...before,
        attributes,
        version: before.version + 1,
        lastModified: at,
        creation: undefined,
        replacement: undefined,
      };
      const audit = groupAudit(context.caller, at, before, after);
      const unknownMembers = await context.store.replace(before, after, edits, audit, {
        checksHeads: checksVersion,
        replacesMembers: true,
      });
      context.reportUnknownMembers(before, unknownMembers);
      const isExact = checksVersion || before.headCount === undefined;
      const group = isExact ? after : await context.settle(after, withTotals(before).version + 1);
      return { group, unknownMembers, present };
    },
    (group) => withTotals(group).version,
  );
}

/**
 * `present`: the members of `before`, if they were read after it. Throws `VersionConflict` if the group has
 * changed since then.
 */
async function replaceInParts(
  context: GroupContext,
  request: ReplacementRequest,
  before: ResourceRecord,
  present?: readonly Member[],
): Promise<GroupReplacement> {
  for (let snapshot = present; ; snapshot = undefined) {
    const token = newId();
    const group = await context.store.begin(before, token, snapshot !== undefined);
    const version = withTotals(snapshot ? before : group).version + (snapshot ? 1 : 0);
    const parts = new ReplacementParts(context, request, { group, token, version, present: snapshot });
    try {
      return await parts.write();
    } catch (error) {
      if (!(error instanceof ReplacementSuperseded)) throw error;
    }
    if ((await outcomeOfNewer(context, request.id)) === 'finished') return parts.superseded();
  }
}

/** Waits until the newest replacement of the members has finished, or has written nothing for some time. */
async function outcomeOfNewer(context: GroupContext, id: string): Promise<'finished' | 'stalled'> {
  let last = await context.store.progress(id);
  let changedAt = Date.now();
  while (last?.token !== undefined) {
    if (Date.now() - changedAt > STALLED_MS) return 'stalled';
    if (context.isLate()) throw otherReplacement();
    await pause(POLL_MS);
    const current = await context.store.progress(id);
    if (current?.version !== last.version) changedAt = Date.now();
    last = current;
  }
  return 'finished';
}

const otherReplacement = (): ScimError =>
  ScimError.unavailable(
    'Another request is replacing the members of the group at the same time. Send the request again.',
    1,
  );
