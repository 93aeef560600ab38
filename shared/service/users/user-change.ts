import { isDeepStrictEqual } from 'node:util';
import { newId } from '../../id';
import type { Attributes } from '../../scim/resource';
import { isActive, licenseAddress, licenseLanguage, licenseUserType } from '../../scim/input/user-rules';
import type { AuditEvent, LicenseOutcome } from '../../store/audit/audit';
import type { LicenseChange, LicenseHolder } from '../../store/licenses/license-write';
import type { ResourceRecord } from '../../store/resources/resource-record';
import type { UserChange } from '../../store/users/user-store';
import type { MembershipEdit } from '../../store/groups/membership';
import { attributeChanges } from '../resources/attribute-changes';
import { membershipChanges, resourceName, truncateId } from '../groups/group-audit';
import type { Caller } from '../resources/caller';

/** What is known of a license before it changes; as nothing is read for it, only a write that failed tells more. */
export interface SeatResolution {
  /** No seat is free: a license that is to be active has to wait for one. */
  readonly queued?: boolean;
  /** The change by which the license waits for a seat already. */
  readonly queuedChangeId?: string;
}

export interface UserChangeDetails {
  readonly memberships?: readonly MembershipEdit[];
  /** Would enter groups that do not exist. */
  readonly unknownGroups?: readonly MembershipEdit[];
  readonly seat?: SeatResolution;
}

/**
 * What a change of a user brings with it: the license follows `active`, and an audit event tells of both. `before` is
 * undefined for a new user, `after` for a deleted one. `at` is RFC 3339.
 */
export function userChange(
  caller: Caller,
  at: string,
  before: ResourceRecord | undefined,
  after: ResourceRecord | undefined,
  { memberships = [], unknownGroups = [], seat = {} }: UserChangeDetails = {},
): UserChange {
  const license = licenseChange(before, after, seat);
  const holder = after && holderOf(after.attributes);
  const sameHolder = before && isDeepStrictEqual(holder, holderOf(before.attributes));
  return {
    license,
    memberships,
    // A change of status brings the holder up to date as well.
    ...(holder && (license || !sameHolder) && { holder }),
    audit: auditEvent(caller, at, before, after, license, memberships, unknownGroups),
  };
}

function licenseChange(
  before: ResourceRecord | undefined,
  after: ResourceRecord | undefined,
  { queued, queuedChangeId }: SeatResolution,
): LicenseChange | undefined {
  const was = before !== undefined && isActive(before.attributes);
  const is = after !== undefined && isActive(after.attributes);
  if (!before && !is) return { status: 'inactive' };
  if (was === is) return undefined;
  const changeId = newId();
  if (is)
    return queued ? { status: 'pending', changeId } : { status: 'active', changeId, activationId: changeId };
  const reason = after ? 'deactivated' : 'deleted';
  return { status: 'inactive', changeId, reason, ...(queuedChangeId !== undefined && { queuedChangeId }) };
}

function outcomeOf(license: LicenseChange | undefined): LicenseOutcome | undefined {
  if (license?.changeId === undefined) return undefined;
  if (license.status === 'inactive')
    return license.queuedChangeId === undefined ? 'deactivated' : 'withdrawn';
  return license.status === 'active' ? 'activated' : 'pending';
}

function holderOf(attributes: Attributes): LicenseHolder {
  const name = greetingName(attributes);
  const language = licenseLanguage(attributes);
  return {
    email: licenseAddress(attributes),
    userName: attributes.userName as string,
    ...(name && { name }),
    userType: licenseUserType(attributes),
    ...(language && { language }),
  };
}

function greetingName({ displayName, name }: Attributes): string | undefined {
  if (typeof displayName === 'string') return displayName;
  const { formatted, givenName, familyName } = (name ?? {}) as Record<string, string | undefined>;
  return formatted ?? ([givenName, familyName].filter(Boolean).join(' ') || undefined);
}

function auditEvent(
  { actor, requestId }: Caller,
  at: string,
  before: ResourceRecord | undefined,
  after: ResourceRecord | undefined,
  license: LicenseChange | undefined,
  memberships: readonly MembershipEdit[],
  unknownGroups: readonly MembershipEdit[],
): AuditEvent {
  const outcome = outcomeOf(license);
  const changes = [
    ...attributeChanges(before?.attributes, after?.attributes),
    ...membershipChanges('groups', memberships),
  ];
  return {
    id: newId(),
    at,
    action: !before ? 'user.created' : after ? 'user.updated' : 'user.deleted',
    resourceId: (after ?? before)?.id ?? '',
    resourceName: resourceName((after ?? before)?.attributes.userName),
    requestId,
    actor,
    ...(changes.length > 0 && { changes }),
    ...(unknownGroups.length > 0 && {
      leftOut: unknownGroups.map(({ groupId }) => truncateId(groupId)),
    }),
    ...(outcome && { license: outcome }),
  };
}
