import type { MembershipChange, MemberValue } from '../../scim/patch/membership';

/** Where a request wants memberships to end up, whatever they are now. Ids are of the other end: users, or groups. */
export interface DesiredMembership {
  /** Whoever is not added leaves. */
  readonly replaces: boolean;
  /** Ids with the `display` that the client sent. */
  readonly added: ReadonlyMap<string, string | undefined>;
  readonly removed: ReadonlySet<string>;
}

export const NO_MEMBERSHIP_CHANGE: DesiredMembership = {
  replaces: false,
  added: new Map(),
  removed: new Set(),
};

/** Folds the steps of a PATCH, in their order, into one goal. */
export function desiredMembership(changes: readonly MembershipChange[]): DesiredMembership {
  let replaces = false;
  let added = new Map<string, string | undefined>();
  let removed = new Set<string>();
  for (const change of changes) {
    if (change.kind === 'remove') {
      for (const { value } of change.values) {
        added.delete(value);
        removed.add(value);
      }
      continue;
    }
    if (change.kind !== 'add') {
      replaces = true;
      added = new Map();
      removed = new Set();
    }
    if (change.kind === 'removeAll') continue;
    for (const { value, display } of change.values) {
      added.set(value, display ?? added.get(value));
      removed.delete(value);
    }
  }
  return { replaces, added, removed };
}

/** The goal of a whole list of members, as PUT and POST send it. */
export const fullMembership = (values: readonly MemberValue[]): DesiredMembership =>
  desiredMembership([{ kind: 'replace', values }]);

export const isNoChange = ({ replaces, added, removed }: DesiredMembership): boolean =>
  !replaces && added.size === 0 && removed.size === 0;
