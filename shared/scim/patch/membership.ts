import { nameInSchema } from '../attribute-path';
import { ScimError } from '../error';
import type { Filter } from '../filter/ast';
import { listsElements } from '../quirks';
import { readText } from '../input/read-simple';
import { GROUP_SCHEMA, USER_SCHEMA } from '../urns';
import { readMembers, readSelectedMembers, type MemberList, type MemberValue } from './member-values';
import type { PatchOperation } from './parse';

export type { MemberValue } from './member-values';

/** One change of memberships by a PATCH. A `replace` without values equals `removeAll`. */
export type MembershipChange =
  | { readonly kind: 'add' | 'remove' | 'replace'; readonly values: readonly MemberValue[] }
  | { readonly kind: 'removeAll' };

/** A PATCH, split into changes of memberships and changes of attributes. */
export interface SplitPatch {
  /** The changes, in the order of the request. */
  readonly membership: MembershipChange[];
  /** The remaining operations, for `applyPatch`. */
  readonly attributeOperations: PatchOperation[];
}

/**
 * Separates the operations on `members` of a group, or on `groups` of a user, from the others. `groups`
 * counts only if it is the path of an operation. In a value it is read-only, because a client may send back
 * all that it has read. Throws 400 `invalidValue` for members without an ID, and `invalidPath` if a filter
 * does not select members by ID.
 */
export function splitMembership(
  operations: readonly PatchOperation[],
  attributeName: 'members' | 'groups',
): SplitPatch {
  const split: SplitPatch = { membership: [], attributeOperations: [] };
  for (const operation of operations) {
    const part = membershipPath(operation, attributeName);
    if (part === undefined) split.attributeOperations.push(operation);
    else split.membership.push(...changesOf(operation, attributeName, part));
  }
  return split;
}

const SCHEMA = { members: GROUP_SCHEMA, groups: USER_SCHEMA } as const;

/**
 * Returns the sub-attribute in lower case, `''` for the whole attribute, or undefined if the path names
 * another attribute.
 */
function membershipPath(
  { path, explicitPath }: PatchOperation,
  attributeName: 'members' | 'groups',
): string | undefined {
  if (attributeName === 'groups' && !explicitPath) return undefined;
  const { attributePath } = path;
  const name = (nameInSchema(attributePath, SCHEMA[attributeName]) ?? attributePath).toLowerCase();
  if (name === attributeName) return (path.subAttribute ?? '').toLowerCase();
  return name.startsWith(`${attributeName}.`) && !path.filter
    ? name.slice(attributeName.length + 1)
    : undefined;
}

function changesOf(operation: PatchOperation, name: MemberList['name'], part: string): MembershipChange[] {
  const { op, path } = operation;
  const list = { name, path: path.text, requiresId: op === 'replace' };
  if (path.filter) return selectedChanges(operation, path.filter, list, part);
  return part === '' || part === 'value' ? unfilteredChanges(operation, list) : [];
}

/**
 * Returns the changes of an operation on `members` or `members.value`, with an array, one member, or no
 * value.
 */
function unfilteredChanges({ op, value }: PatchOperation, list: MemberList): MembershipChange[] {
  if (op === 'remove' && !listsElements(value)) return [{ kind: 'removeAll' }];
  const values = readMembers(value, list);
  return op === 'replace' || values.length > 0 ? [{ kind: op, values }] : [];
}

/**
 * Returns the changes of an operation on `members[value eq "…"]`, with or without a sub-attribute after it.
 */
function selectedChanges(
  { op, value, path }: PatchOperation,
  filter: Filter,
  list: MemberList,
  part: string,
): MembershipChange[] {
  const selected = selectedIds(filter);
  if (!selected) {
    throw ScimError.invalidPath(
      `The path ${path.text} cannot be applied because its filter does not select by ID. ` +
        'Use a filter such as [value eq "…"].',
    );
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
  const members = readSelectedMembers(value, list, values);
  if (op === 'add' && part === '') return [{ kind: 'add', values: members.length > 0 ? members : values }];
  return members.length > 0
    ? [
        { kind: 'remove', values },
        { kind: 'add', values: members },
      ]
    : [{ kind: 'remove', values }];
}

/** The members that a filter selects: a set of IDs, or any member. */
type Selection = 'any' | ReadonlySet<string>;

/** Returns the IDs that a filter selects, or undefined if it does not select by ID. */
function selectedIds(filter: Filter): ReadonlySet<string> | undefined {
  const selection = selectionOf(filter);
  return selection === 'any' ? undefined : selection;
}

function selectionOf(filter: Filter): Selection | undefined {
  if (filter.kind === 'comparison') return filter.operator === 'eq' ? selectionOfTerm(filter) : undefined;
  if (filter.kind !== 'and' && filter.kind !== 'or') return undefined;
  const selections = filter.operands.map(selectionOf);
  if (!selections.every((selection) => selection !== undefined)) return undefined;
  return filter.kind === 'and' ? selections.reduce(intersection) : union(selections);
}

/**
 * Returns the selection of one comparison. Display name and `$ref` do not narrow it; nor does the type, which
 * all members share.
 */
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

const union = (selections: readonly Selection[]): Selection =>
  selections.includes('any') ? 'any' : new Set(selections.flatMap((selection) => [...selection]));

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
