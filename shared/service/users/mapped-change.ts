import { product } from '../../product/product';
import { evaluateMappings } from '../../scim/mapping/evaluate';
import { isSimulated } from '../../scim/text/simulated-name';
import type { MappedLicense } from '../../store/licenses/license-mapping';
import type { LicenseRecord } from '../../store/licenses/license-record';
import type { LicenseHolder } from '../../store/licenses/license-write';
import type { MappingState, MappingStore } from '../../store/mappings/mapping-store';
import type { ResourceRecord } from '../../store/resources/resource-record';
import type { ResourceStore } from '../../store/resources/resource-store';
import { withGroups } from '../mappings/mapped-groups';

/** The result of mappings for a user after a change, and the license before it. */
export interface MappedChange {
  readonly mapped: MappedLicense;
  /** Absent for a new user. */
  readonly license?: LicenseRecord;
}

/**
 * The mappings of the caller's domain. They are read once, with the first change of the request. The result
 * of a request may be older than the newest mappings: each changed user is evaluated again downstream.
 */
export class CallerMappings {
  private loaded: Promise<MappingState | undefined> | undefined;

  constructor(
    private readonly store: Pick<MappingStore, 'state'>,
    private readonly groups: Pick<ResourceStore, 'getMany'>,
  ) {}

  /**
   * Evaluates a user as it will be after a change. Returns undefined if the domain has no mappings, and for
   * users of a connection test, who get nothing.
   */
  async evaluate(
    user: ResourceRecord,
    readLicense: () => Promise<LicenseRecord | undefined>,
  ): Promise<MappedChange | undefined> {
    if (isSimulated(user.attributes, 'USER')) return undefined;
    const loaded = await (this.loaded ??= this.store.state());
    if (!loaded) return undefined;
    const state = await withGroups(loaded, user.groupIds, (ids) => this.groups.getMany(ids));
    const { mappings, version } = state.record;
    const result = evaluateMappings(mappings, user, state.groups, product);
    const license = await readLicense();
    const mapped = { result, mappingsVersion: version, hasAppliedAdministrator: false };
    return { mapped, ...(license && { license }) };
  }
}

/** Returns the holder with the user type of the mappings. */
export const withMappedType = (
  holder: LicenseHolder | undefined,
  change: MappedChange | undefined,
): LicenseHolder | undefined =>
  holder && change ? { ...holder, userType: change.mapped.result.userType } : holder;
