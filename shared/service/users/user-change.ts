import { isDeepStrictEqual } from 'node:util';
import { newId } from '../../id';
import { isActive, licenseAddress, licenseLanguage, licenseUserType } from '../../scim/input/user-rules';
import type { DesiredMembership } from '../../scim/patch/membership';
import type { Attributes } from '../../scim/resource';
import type { KeyGrace } from '../../store/licenses/key-grace';
import type { LicenseChange, LicenseHolder } from '../../store/licenses/license-write';
import type { ResourceRecord } from '../../store/resources/resource-record';
import type { UserChange } from '../../store/users/user-store';
import type { MembershipEdit } from '../../store/groups/membership';
import type { SeatResolution } from '../licenses/resolve-seat';
import type { Caller } from '../resources/caller';
import { userAudit } from './user-audit';

export interface UserChangeDetails {
  readonly memberships?: readonly MembershipEdit[];
  /** Edits that would add the user to groups that do not exist. */
  readonly unknownGroups?: readonly MembershipEdit[];
  readonly seat?: SeatResolution;
  /** The assumption about the key of a license that was active before; absent if a new activation has a new key. */
  readonly grace?: KeyGrace;
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
 * records both. `before` is undefined for a new user, and `after` for a deleted one. `at` is RFC 3339.
 */
export function userChange(
  caller: Caller,
  at: string,
  before: ResourceRecord | undefined,
  after: ResourceRecord | undefined,
  { memberships = [], unknownGroups = [], seat = {}, grace }: UserChangeDetails = {},
): UserChange {
  const license = licenseChange(before, after, seat, grace);
  const holder = after && holderAfter(before, after);
  const sameHolder = before && isDeepStrictEqual(holder, holderOf(before.attributes));
  return {
    license,
    ...(seat.choice && { seat: seat.choice }),
    memberships,
    // A change of status also updates the holder.
    ...(holder && (license || !sameHolder) && { holder }),
    audit: userAudit(caller, at, before, after, license, memberships, unknownGroups),
  };
}

function licenseChange(
  before: ResourceRecord | undefined,
  after: ResourceRecord | undefined,
  { queued, queuedChangeId }: SeatResolution,
  grace: KeyGrace | undefined,
): LicenseChange | undefined {
  const wasActive = before !== undefined && isActive(before.attributes);
  const becomesActive = after !== undefined && isActive(after.attributes);
  if (!before && !becomesActive) return { status: 'inactive' };
  if (wasActive === becomesActive) return undefined;
  const changeId = newId();
  if (becomesActive) {
    const key = before && grace ? { grace } : {};
    return queued
      ? { status: 'pending', changeId, ...key }
      : { status: 'active', changeId, activationId: changeId, ...key };
  }
  const reason = after ? 'deactivated' : 'deleted';
  return { status: 'inactive', changeId, reason, ...(queuedChangeId !== undefined && { queuedChangeId }) };
}

function holderOf(attributes: Attributes): LicenseHolder {
  const name = greetingName(attributes);
  const language = licenseLanguage(attributes);
  const email = licenseAddress(attributes);
  return {
    ...(email !== undefined && { email }),
    userName: attributes.userName as string,
    ...(name && { name }),
    userType: licenseUserType(attributes),
    ...(language && { language }),
  };
}

/**
 * Returns the holder after a change; undefined if the license keeps its holder. A request that leaves the user
 * inactive must not decide who gets the notice, so the address and the names stay as they were.
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

function greetingName({ displayName, name }: Attributes): string | undefined {
  if (typeof displayName === 'string') return displayName;
  const { formatted, givenName, familyName } = (name ?? {}) as Record<string, string | undefined>;
  return formatted ?? ([givenName, familyName].filter(Boolean).join(' ') || undefined);
}
