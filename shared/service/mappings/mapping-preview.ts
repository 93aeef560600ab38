import { isDeepStrictEqual } from 'node:util';
import { product } from '../../product/product';
import { evaluateMappings } from '../../scim/mapping/evaluate';
import type { MappedGroup, Mapping, MappingResult } from '../../scim/mapping/mapping';
import type { MappingState } from '../../store/mappings/mapping-store';
import type { ResourceStore } from '../../store/resources/resource-store';
import { currentGroup } from './mapped-groups';

/** The part of a result that administrators compare. */
export type PreviewedResult = Pick<
  MappingResult,
  'userType' | 'userTypeCause' | 'organizations' | 'license' | 'noLicenseMapping' | 'administrator'
>;

export interface PreviewedUser {
  readonly userId: string;
  readonly userName: string;
  readonly before: PreviewedResult;
  readonly after: PreviewedResult;
}

/** A part of a preview. A large domain needs several calls; the numbers of the calls add up. */
export interface MappingPreview {
  /** The number of users that this call has evaluated. */
  readonly examined: number;
  /** The number of users of the domain. */
  readonly total: number;
  /** The number of users of this call whose result changes. */
  readonly changed: number;
  /** At most the first 100 of them. */
  readonly users: readonly PreviewedUser[];
  /** Pass it as `after` to evaluate more users. Absent at the end. */
  readonly next?: string;
}

const PAGE_SIZE = 250;
/** The users of one call: about 1,000 read units, and less than three seconds. */
const MAX_EXAMINED = 2_000;
const MAX_SHOWN = 100;
/** The groups with one `externalId`. It need not be unique. */
const MAX_GROUPS_OF_EXTERNAL_ID = 100;

export interface PreviewStores {
  readonly users: Pick<ResourceStore, 'page'>;
  readonly groups: Pick<ResourceStore, 'idOfName' | 'idsOfExternalId' | 'getMany'>;
}

/** Evaluates users with the current and with other mappings, and writes nothing. */
export async function previewUsers(
  { users, groups }: PreviewStores,
  current: MappingState | undefined,
  mappings: readonly Mapping[],
  total: number,
  after?: string,
): Promise<MappingPreview> {
  const named = await groupsNamedBy(mappings, groups);
  const shown: PreviewedUser[] = [];
  let [examined, changed, next] = [0, 0, after];
  do {
    const page = await users.page(PAGE_SIZE, next);
    for (const user of page.records) {
      const before = evaluateMappings(current?.record.mappings ?? [], user, current?.groups ?? [], product);
      const result = evaluateMappings(mappings, user, named, product);
      if (isSameResult(before, result)) continue;
      changed++;
      const userName = user.attributes.userName as string;
      if (shown.length < MAX_SHOWN) shown.push({ userId: user.id, userName, before, after: result });
    }
    examined += page.records.length;
    next = page.next;
  } while (next !== undefined && examined < MAX_EXAMINED);
  return { examined, total, changed, users: shown, ...(next !== undefined && { next }) };
}

/** The mappings that cause a result do not matter. */
function isSameResult(one: MappingResult, other: MappingResult): boolean {
  const [a, b] = [one, other].map(({ userType, organizations, license, administrator }) => ({
    userType,
    license,
    role: administrator?.role,
    organizations: organizations.map(({ organization, role }) => JSON.stringify([organization, role])).sort(),
  }));
  return isDeepStrictEqual(a, b);
}

/** Finds the groups that mappings name otherwise than by id. */
async function groupsNamedBy(
  mappings: readonly Mapping[],
  groups: PreviewStores['groups'],
): Promise<MappedGroup[]> {
  const ids = new Set<string>();
  for (const { from } of mappings) {
    if (from.kind !== 'group') continue;
    const found =
      from.by === 'displayName'
        ? [await groups.idOfName(from.value)]
        : from.by === 'externalId'
          ? await groups.idsOfExternalId(from.value, MAX_GROUPS_OF_EXTERNAL_ID)
          : [];
    for (const id of found) if (id !== undefined) ids.add(id);
  }
  return (await groups.getMany([...ids])).map(currentGroup);
}
