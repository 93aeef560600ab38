import { namesGroup } from '../../scim/mapping/evaluate';
import type { MappedGroup, Mapping } from '../../scim/mapping/mapping';
import type { CurrentGroup, MappingState, MappingStore } from '../../store/mappings/mapping-store';
import { storedNameKey, type ResourceRecord } from '../../store/resources/resource-record';
import type { ResourceStore } from '../../store/resources/resource-store';
import { VersionConflict } from '../../store/table/operations/transaction';
import type { GroupNames } from './mapping-task';

export interface MappedGroupsDependencies {
  readonly mappings: Pick<MappingStore, 'state' | 'groups' | 'putGroup' | 'deleteGroup'>;
  readonly groups: Pick<ResourceStore, 'get'>;
}

/**
 * Keeps the list of groups that mappings name otherwise than by id. With it, the evaluation of a user reads
 * neither groups nor names, however many groups the user and the domain have.
 */
export class MappedGroups {
  constructor(private readonly dependencies: MappedGroupsDependencies) {}

  /**
   * Brings the entry of a group up to date with the group as it is now. Returns the mappings with the groups
   * after that; undefined if the domain no longer exists.
   */
  async refresh(groupId: string, known?: MappingState): Promise<MappingState | undefined> {
    const { mappings, groups } = this.dependencies;
    let state = known ?? (await mappings.state());
    while (state) {
      const record = await groups.get(groupId);
      const group = record && currentGroup(record);
      const isNamed = group !== undefined && isNamedBy(state.record.mappings, group);
      const stored = state.groups.find((each) => each.groupId === groupId);
      try {
        if (isNamed && !(stored && isSame(stored, group))) await mappings.putGroup(state.record, group);
        else if (!isNamed && stored) await mappings.deleteGroup(state.record, groupId);
        else return state;
      } catch (error) {
        if (!(error instanceof VersionConflict)) throw error;
      }
      state = await mappings.state();
    }
    return undefined;
  }
}

/**
 * Returns the mappings with the groups of users that are not stored yet, because the mappings are new.
 * Without them, a user would seem to be in no group that mappings name until all groups of the domain are
 * found.
 */
export async function withGroups(
  state: MappingState,
  groupIds: Iterable<string>,
  readGroups: (ids: readonly string[]) => Promise<readonly ResourceRecord[]>,
): Promise<MappingState> {
  if (!state.record.findsGroups) return state;
  const stored = new Set(state.groups.map(({ groupId }) => groupId));
  const found = await readGroups([...new Set(groupIds)].filter((id) => !stored.has(id)));
  const named = found.map(currentGroup).filter((group) => isNamedBy(state.record.mappings, group));
  return named.length === 0 ? state : { ...state, groups: [...state.groups, ...named] };
}

/** Returns whether a mapping names the group by its name or its `externalId`. */
export const isNamedBy = (mappings: readonly Mapping[], group: MappedGroup): boolean =>
  mappings.some(({ from }) => from.kind === 'group' && from.by !== 'id' && namesGroup(from, group));

/** Returns whether a mapping named a group by one of the names that it had. */
export const wasNamedBy = (mappings: readonly Mapping[], { displayName, externalId }: GroupNames): boolean =>
  isNamedBy(mappings, {
    groupId: '',
    // No mapping names a group without a name.
    displayName: displayName ?? '',
    ...(externalId !== undefined && { externalId }),
  });

export const currentGroup = (record: ResourceRecord): CurrentGroup => {
  const { displayName, externalId } = record.attributes;
  return {
    groupId: record.id,
    nameKey: storedNameKey('GROUP', record),
    displayName: displayName as string,
    ...(typeof externalId === 'string' && { externalId }),
  };
};

const isSame = (one: MappedGroup, other: MappedGroup): boolean =>
  one.displayName === other.displayName && one.externalId === other.externalId;
