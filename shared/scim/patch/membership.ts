import { ScimError } from '../error';
import type { Filter } from '../filter/ast';
import { listsElements } from '../quirks';
import { readText } from '../input/read-simple';
import { GROUP_SCHEMA, USER_SCHEMA } from '../urns';
import { readMembers, readSelectedMembers, type MemberValue } from './member-values';
import type { PatchOperation } from './parse';

export type { MemberValue } from './member-values';

/** One step of what a PATCH does to memberships. A `replace` by nothing is the same as `removeAll`. */
export type MembershipChange =
  | { readonly kind: 'add' | 'remove' | 'replace'; readonly values: readonly MemberValue[] }
  | { readonly kind: 'removeAll' };

export interface SplitPatch {
  /** In the order of the request. */
  readonly membership: MembershipChange[];
  /** The operations for `applyPatch`. */
  readonly rest: PatchOperation[];
}

/**
 * Takes out of a PATCH what it does to `members` of a group, or to `groups` of a user. `groups` counts only as the path that
 * the request names: in a value it is read-only, and comes back with whatever a client read before.
 * Throws 400 `invalidValue` for a member without an id, `invalidPath` for members that are not selected by id.
 */
export function splitMembership(
  operations: readonly PatchOperation[],
  attributeName: 'members' | 'groups',
): SplitPatch {
  const split: SplitPatch = { membership: [], rest: [] };
  for (const operation of operations) {
    const part = membershipPath(operation, attributeName);
    if (part === undefined) split.rest.push(operation);
    else split.membership.push(...changesOf(operation, part));
  }
  return split;
}

const SCHEMA = { members: GROUP_SCHEMA, groups: USER_SCHEMA } as const;

/** The sub-attribute in lower case, `''` for the whole; undefined where the path leads elsewhere. */
function membershipPath(
  { path, explicitPath }: PatchOperation,
  attributeName: 'members' | 'groups',
): string | undefined {
  if (attributeName === 'groups' && !explicitPath) return undefined;
  const urn = `${SCHEMA[attributeName]}:`.toLowerCase();
  const lower = path.attributePath.toLowerCase();
  const name = lower.startsWith(urn) ? lower.slice(urn.length) : lower;
  if (name === attributeName) return (path.subAttribute ?? '').toLowerCase();
  return name.startsWith(`${attributeName}.`) && !path.filter
    ? name.slice(attributeName.length + 1)
    : undefined;
}

function changesOf(operation: PatchOperation, part: string): MembershipChange[] {
  if (operation.path.filter) return selectedChanges(operation, operation.path.filter, part);
  return part === '' || part === 'value' ? unfilteredChanges(operation) : [];
}

/** `members` or `members.value`: an array, one member, or nothing. */
function unfilteredChanges({ op, value, path }: PatchOperation): MembershipChange[] {
  if (op === 'remove' && !listsElements(value)) return [{ kind: 'removeAll' }];
  const values = readMembers(value, path.text);
  return op === 'replace' || values.length > 0 ? [{ kind: op, values }] : [];
}

/** `members[value eq "…"]`, with or without a sub-attribute behind it. */
function selectedChanges(
  { op, value, path }: PatchOperation,
  filter: Filter,
  part: string,
): MembershipChange[] {
  const selected = selectedIds(filter);
  if (!selected) {
    throw ScimError.invalidPath(`${path.text}: select members by their id, as in [value eq "…"].`);
  }
  const values = [...selected].map((id) => ({ value: id }));
  if (values.length === 0) return [];
  const changesId = part === '' || part === 'value';
  if (op === 'remove') return changesId ? [{ kind: 'remove', values }] : [];
  if (part === 'display' && typeof value === 'string' && value !== '') {
    const display = readText(value, path.text);
    return [{ kind: 'add', values: values.map((member) => ({ ...member, display })) }];
  }
  if (!changesId) return [];
  const sent = readSelectedMembers(value, path.text, values);
  if (op === 'add' && part === '') return [{ kind: 'add', values: sent.length > 0 ? sent : values }];
  return sent.length > 0
    ? [
        { kind: 'remove', values },
        { kind: 'add', values: sent },
      ]
    : [{ kind: 'remove', values }];
}

type Selection = 'any' | ReadonlySet<string>;

/** The ids that a filter selects; undefined where it does not select by id. */
function selectedIds(filter: Filter): ReadonlySet<string> | undefined {
  const selection = selectionOf(filter);
  return selection === 'any' ? undefined : selection;
}

function selectionOf(filter: Filter): Selection | undefined {
  if (filter.kind === 'comparison') return filter.operator === 'eq' ? selectionOfTerm(filter) : undefined;
  if (filter.kind !== 'and' && filter.kind !== 'or') return undefined;
  const selections = filter.operands.map(selectionOf);
  if (!selections.every((selection) => selection !== undefined)) return undefined;
  return selections.reduce(filter.kind === 'and' ? intersection : union);
}

/** A name beside the id adds nothing; nor does the type, which all members share. */
function selectionOfTerm({ path, value }: Extract<Filter, { kind: 'comparison' }>): Selection | undefined {
  const name = path.toLowerCase();
  if (typeof value !== 'string') return undefined;
  if (name === 'value') return new Set(value === '' ? [] : [value]);
  if (name === 'type') return ['user', 'direct'].includes(value.toLowerCase()) ? 'any' : new Set();
  return name === 'display' || name === '$ref' ? 'any' : undefined;
}

function intersection(a: Selection, b: Selection): Selection {
  if (a === 'any') return b;
  return b === 'any' ? a : new Set([...a].filter((id) => b.has(id)));
}

const union = (a: Selection, b: Selection): Selection =>
  a === 'any' || b === 'any' ? 'any' : new Set([...a, ...b]);

/**
 * The memberships that a request asks for, independent of the current ones. Ids are of the other side: of
 * users for a group, and of groups for a user.
 */
export interface DesiredMembership {
  /** If true, every membership that is not in `added` ends. */
  readonly replaces: boolean;
  /** Maps ids to the `display` that the client sent. */
  readonly added: ReadonlyMap<string, string | undefined>;
  readonly removed: ReadonlySet<string>;
}

export const NO_MEMBERSHIP_CHANGE: DesiredMembership = {
  replaces: false,
  added: new Map(),
  removed: new Set(),
};

/** Folds the steps of a PATCH, in their order, into the memberships that they ask for. */
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

/** Returns the memberships that a complete list of members asks for, as PUT and POST send it. */
export const fullMembership = (values: readonly MemberValue[]): DesiredMembership =>
  desiredMembership([{ kind: 'replace', values }]);

export const isNoChange = ({ replaces, added, removed }: DesiredMembership): boolean =>
  !replaces && added.size === 0 && removed.size === 0;
