import type { GroupChange, MembershipOp, MemberInput, Ordinal, UserChange } from './operations';

/** A user in a group, with the `display` that the client sent. */
export interface Membership {
  readonly group: string;
  readonly user: string;
  readonly display?: string;
}

/** The `display` of each member or group, by its ID. */
export type Members = ReadonlyMap<string, string | undefined>;

/**
 * Returns the members of a group after the changes of a PATCH, in order. A remaining member has a `display`
 * only if the request sends one.
 */
export function membersAfter(
  before: Members,
  changes: readonly GroupChange[],
  toMembers: (inputs: readonly MemberInput[]) => Members,
): Members {
  const steps = changes.flatMap((change) =>
    change.kind === 'members' ? [{ op: change.op, ids: toMembers(change.members) }] : [],
  );
  return applySteps([...before.keys()], steps);
}

/** Returns the groups of a user after the changes of a PATCH. */
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
  let after = new Map<string, string | undefined>(before.map((id) => [id, undefined]));
  for (const { op, ids } of steps) {
    if (op === 'removeAll' || op === 'replace') after = new Map();
    if (op === 'remove') for (const id of ids.keys()) after.delete(id);
    if (op === 'add' || op === 'replace')
      for (const [id, display] of ids) after.set(id, display ?? after.get(id));
  }
  return after;
}

/** Returns the IDs that a change adds and removes. */
export const diffMembers = (
  before: readonly string[],
  after: readonly string[],
): { joined: string[]; left: string[] } => ({
  joined: after.filter((id) => !before.includes(id)),
  left: before.filter((id) => !after.includes(id)),
});
