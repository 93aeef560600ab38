import type { GroupChange, MembershipOp, MemberInput, Ordinal, UserChange } from './operations';

/** A user in a group, with the name that the client gave it there. */
export interface Membership {
  readonly group: string;
  readonly user: string;
  readonly display?: string;
}

/** By the id at the other end: the `display` that is sent, or that there is. */
export type Members = ReadonlyMap<string, string | undefined>;

/**
 * What a PATCH makes of memberships, operation after operation. Of those that stay, a `display` is there only
 * where it is sent.
 */
export function membersAfter(
  before: Members,
  changes: readonly GroupChange[],
  sent: (of: readonly MemberInput[]) => Members,
): Members {
  const steps = changes.flatMap((change) =>
    change.kind === 'members' ? [{ op: change.op, ids: sent(change.members) }] : [],
  );
  return applySteps([...before.keys()], steps);
}

export function groupsAfter(
  before: readonly string[],
  changes: readonly UserChange[],
  idOf: (at: Ordinal) => string,
): string[] {
  const steps = changes.flatMap((change) =>
    change.kind === 'groups'
      ? [{ op: change.op, ids: new Map(change.groups.map((at) => [idOf(at), undefined])) }]
      : [],
  );
  return [...applySteps(before, steps).keys()];
}

function applySteps(
  before: readonly string[],
  steps: readonly { op: MembershipOp; ids: Members }[],
): Members {
  let now = new Map<string, string | undefined>(before.map((id) => [id, undefined]));
  for (const { op, ids } of steps) {
    if (op === 'removeAll' || op === 'replace') now = new Map();
    if (op === 'remove') for (const id of ids.keys()) now.delete(id);
    if (op === 'add' || op === 'replace')
      for (const [id, display] of ids) now.set(id, display ?? now.get(id));
  }
  return now;
}

export const diffMembers = (
  before: readonly string[],
  now: readonly string[],
): { joined: string[]; left: string[] } => ({
  joined: now.filter((id) => !before.includes(id)),
  left: before.filter((id) => !now.includes(id)),
});
