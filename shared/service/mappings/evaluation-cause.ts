import { product } from '../../product/product';
import { evaluateMappings, type MappedUser } from '../../scim/mapping/evaluate';
import type { MappedGroup, MappingResult } from '../../scim/mapping/mapping';
import type { MappingState } from '../../store/mappings/mapping-store';
import type { ResourceRecord } from '../../store/resources/resource-record';
import type { GroupNames } from './mapping-task';

/**
 * The change that an evaluation follows. If this change alters the user type, it replaces a key that was
 * emailed with another type. A change of the mappings replaces no keys: an administrator makes it on purpose.
 */
export type EvaluationCause =
  | { readonly kind: 'mappings' }
  /** Users have changed. `before`: the users as they were, as far as that is known. */
  | { readonly kind: 'users'; readonly before: ReadonlyMap<string, MappedUser> }
  /** A group was created, renamed, or deleted. `names`: its names before. */
  | { readonly kind: 'group'; readonly groupId: string; readonly names: GroupNames };

/**
 * Returns whether the change has altered the user type that mappings give a user, with the mappings as they
 * are now. So it does not matter whether another evaluation has stored the type already. Returns undefined if
 * that is not known.
 */
export function altersType(
  cause: EvaluationCause,
  state: MappingState,
  user: ResourceRecord,
  { userType, userTypeCause }: MappingResult,
): boolean | undefined {
  if (cause.kind === 'mappings') return false;
  const userBefore = cause.kind === 'users' ? cause.before.get(user.id) : user;
  if (!userBefore) return undefined;
  const groups = cause.kind === 'group' ? groupsBefore(cause, state.groups) : state.groups;
  const before = evaluateMappings(state.record.mappings, userBefore, groups, product);
  if (before.userType === userType) return false;
  // A type that a client sends instead of another one is not a result of mappings.
  return before.userTypeCause.kind === 'mapping' || userTypeCause.kind === 'mapping';
}

function groupsBefore(
  { groupId, names: { displayName, externalId } }: Extract<EvaluationCause, { kind: 'group' }>,
  groups: readonly MappedGroup[],
): readonly MappedGroup[] {
  const others = groups.filter((group) => group.groupId !== groupId);
  if (displayName === undefined) return others;
  return [...others, { groupId, displayName, ...(externalId !== undefined && { externalId }) }];
}
