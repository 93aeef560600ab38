import { isDeepStrictEqual } from 'node:util';
import { newIdAfter } from '../../id';
import { isActive } from '../../scim/input/user-rules';
import { isSimulated } from '../../scim/text/simulated-name';
import type { DesiredMembership } from '../../scim/patch/membership';
import type { KeyGrace } from '../../store/licenses/key-grace';
import type { MappedLicense } from '../../store/licenses/license-mapping';
import { lastIdOf, type LicenseRecord } from '../../store/licenses/license-record';
import type { LicenseChange, LicenseHolder } from '../../store/licenses/license-write';
import type { ResourceRecord } from '../../store/resources/resource-record';
import type { UserChange } from '../../store/users/user-store';
import type { MembershipEdit } from '../../store/groups/membership';
import { activation, ending } from '../licenses/license-change';
import { holderOf } from '../licenses/license-holder';
import { hasResult, isHeld, queuedChangeOf, storedHolder } from '../licenses/mapped-license';
import type { SeatResolution } from '../licenses/resolve-seat';
import type { Caller } from '../resources/caller';
import { withMappedType, type MappedChange } from './mapped-change';
import { userAudit } from './user-audit';

export interface UserChangeDetails {
  readonly memberships?: readonly MembershipEdit[];
  /** Edits that would add the user to groups that do not exist. */
  readonly unknownGroups?: readonly MembershipEdit[];
  readonly seat?: SeatResolution;
  /**
   * The assumption about the key of a license that was active before; absent if a new activation has a new
   * key.
   */
  readonly grace?: KeyGrace;
  /** The result of the mappings of the domain; absent if it has none. */
  readonly mapped?: MappedChange;
}

/** Returns the edits that lead from the user's current groups to the desired ones. */
export function groupEdits(
  user: ResourceRecord,
  { replaces, added, removed }: DesiredMembership,
): MembershipEdit[] {
  const current = new Set(user.groupIds);
  const edit = (kind: MembershipEdit['kind'], groupId: string): MembershipEdit => ({
    kind,
    groupId,
    userId: user.id,
    ...(kind === 'add' && { display: user.attributes.userName as string }),
    ...(isSimulated(user.attributes, 'USER') && { isSimulated: true }),
  });
  return [
    ...user.groupIds
      .filter((groupId) => (replaces ? !added.has(groupId) : removed.has(groupId)))
      .map((groupId) => edit('remove', groupId)),
    ...[...added.keys()].filter((groupId) => !current.has(groupId)).map((groupId) => edit('add', groupId)),
  ];
}

/**
 * Derives what a change of a user writes besides the user: the license follows `active`, and an audit event
 * records both. A user of a connection test has no license. `before` is undefined for a new user, and `after`
 * for a deleted one. `at` is RFC 3339.
 */
export function userChange(
  caller: Caller,
  at: string,
  before: ResourceRecord | undefined,
  after: ResourceRecord | undefined,
  { memberships = [], unknownGroups = [], seat = {}, grace, mapped }: UserChangeDetails = {},
): UserChange {
  const audited = { caller, at, before, after, memberships, unknownGroups };
  if (isSimulated((after ?? before)?.attributes ?? {}, 'USER'))
    return { memberships, audit: userAudit(audited) };
  const license = licenseChange(before, after, seat, grace, mapped);
  const holder = withMappedType(after && holderAfter(before, after), mapped);
  const isStored = mapped
    ? mapped.license && holder && isHolderStored(mapped.license, holder, mapped.mapped)
    : before && isDeepStrictEqual(holder, holderOf(before.attributes));
  return {
    license,
    ...(seat.choice && { seat: seat.choice }),
    memberships,
    // A change of status also updates the holder.
    ...(holder && (license || !isStored) && { holder }),
    ...(mapped && { mapped: mapped.mapped }),
    audit: userAudit({ ...audited, license }),
  };
}

function licenseChange(
  before: ResourceRecord | undefined,
  after: ResourceRecord | undefined,
  { queued, isEnded, lastId, ...seat }: SeatResolution,
  grace: KeyGrace | undefined,
  mapped: MappedChange | undefined,
): LicenseChange | undefined {
  const wasActive = mapped
    ? isHeld(mapped.license)
    : before !== undefined && isActive(before.attributes) && !isEnded;
  const becomesActive =
    after !== undefined && isActive(after.attributes) && (!mapped || mapped.mapped.result.license);
  if (!before && !becomesActive) return { status: 'inactive' };
  if (wasActive === becomesActive) return undefined;
  const changeId = newIdAfter(mapped?.license ? lastIdOf(mapped.license) : lastId);
  if (becomesActive) return activation(changeId, { isQueued: queued, grace: before && grace });
  const queuedChangeId = seat.queuedChangeId ?? queuedChangeOf(mapped?.license);
  return ending(changeId, after ? 'deactivated' : 'deleted', queuedChangeId);
}

const isHolderStored = (license: LicenseRecord, holder: LicenseHolder, mapped: MappedLicense): boolean =>
  isDeepStrictEqual(storedHolder(license), holder) && hasResult(license, mapped);

/**
 * Returns the holder after a change; undefined if the license keeps its holder. A request that leaves the
 * user inactive must not decide who gets the notice, so the address and the names stay as they were.
 */
function holderAfter(
  before: ResourceRecord | undefined,
  { attributes }: ResourceRecord,
): LicenseHolder | undefined {
  const after = holderOf(attributes);
  if (!before || isActive(attributes)) return after;
  if (!isActive(before.attributes)) return undefined;
  const { email, userName, name } = holderOf(before.attributes);
  return { ...after, email, userName, name };
}
