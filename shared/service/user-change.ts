import { isDeepStrictEqual } from 'node:util';
import { newId } from '../id';
import type { Attributes } from '../scim/resource';
import { isActive, licenseAddress, licenseLanguage, licenseUserType } from '../scim/user-rules';
import type { AuditEvent } from '../store/audit';
import type { LicenseChange, LicenseHolder } from '../store/license-write';
import type { ResourceRecord } from '../store/resource-record';
import type { UserChange } from '../store/user-store';
import type { MembershipEdit } from '../store/membership';
import { attributeChanges } from './attribute-changes';
import { membershipChanges, shortened } from './group-audit';
import type { Caller } from './caller';

/**
 * What a change of a user brings with it: the license follows `active`, and an audit event tells of both. `before` is
 * undefined for a new user, `after` for a deleted one. `at` is RFC 3339. `leftOut` would enter groups that do not exist.
 */
export function userChange(
  caller: Caller,
  at: string,
  before: ResourceRecord | undefined,
  after: ResourceRecord | undefined,
  memberships: readonly MembershipEdit[] = [],
  leftOut: readonly MembershipEdit[] = [],
): UserChange {
  const license = licenseChange(before, after);
  const holder = after && holderOf(after.attributes);
  const sameHolder = before && isDeepStrictEqual(holder, holderOf(before.attributes));
  return {
    license,
    memberships,
    // A change of status brings the holder up to date as well.
    ...(holder && (license || !sameHolder) && { holder }),
    audit: auditEvent(caller, at, before, after, license, memberships, leftOut),
  };
}

function licenseChange(
  before: ResourceRecord | undefined,
  after: ResourceRecord | undefined,
): LicenseChange | undefined {
  const was = before !== undefined && isActive(before.attributes);
  const is = after !== undefined && isActive(after.attributes);
  if (!before && !is) return { status: 'inactive' };
  if (was === is) return undefined;
  const changeId = newId();
  if (is) return { status: 'active', changeId, activationId: changeId };
  return { status: 'inactive', changeId, reason: after ? 'deactivated' : 'deleted' };
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
  leftOut: readonly MembershipEdit[],
): AuditEvent {
  const changes = [
    ...(after ? attributeChanges(before?.attributes, after.attributes) : []),
    ...membershipChanges('groups', memberships),
  ];
  return {
    id: newId(),
    at,
    action: !before ? 'user.created' : after ? 'user.updated' : 'user.deleted',
    resourceId: (after ?? before)?.id ?? '',
    requestId,
    actor,
    ...(changes.length > 0 && { changes }),
    ...(leftOut.length > 0 && { leftOut: leftOut.map(({ groupId }) => shortened(groupId)) }),
    ...(license?.changeId && { license: license.status === 'active' ? 'activated' : 'deactivated' }),
  };
}
