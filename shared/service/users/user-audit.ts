import { newId } from '../../id';
import type { AttributeChange, AuditEvent } from '../../store/audit/audit';
import type { MembershipEdit } from '../../store/groups/membership';
import type { LicenseChange } from '../../store/licenses/license-write';
import type { ResourceRecord } from '../../store/resources/resource-record';
import { licenseOutcome } from '../licenses/license-change';
import { attributeChanges } from '../resources/attribute-changes';
import { membershipChanges, resourceName, truncateId } from '../resources/audit-fields';
import type { Caller } from '../resources/caller';
import { managerOf } from './user-manager';

/**
 * Returns the audit event of a change to a user. `before` is undefined for a new user, and `after` for a
 * deleted one. `at` is RFC 3339.
 */
export function userAudit(
  { actor, requestId }: Caller,
  at: string,
  before: ResourceRecord | undefined,
  after: ResourceRecord | undefined,
  license: LicenseChange | undefined,
  memberships: readonly MembershipEdit[],
  unknownGroups: readonly MembershipEdit[],
): AuditEvent {
  const outcome = license && licenseOutcome(license);
  const changes = [
    ...attributeChanges(before?.attributes, after?.attributes),
    ...membershipChanges('groups', memberships),
    ...managerChanges(before, after),
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

/** Returns the change of who manages a user that exists before and after. */
function managerChanges(
  before: ResourceRecord | undefined,
  after: ResourceRecord | undefined,
): AttributeChange[] {
  if (!before || !after || before.managedBy === after.managedBy) return [];
  return [{ attribute: 'managedBy', before: managerOf(before), after: managerOf(after) }];
}
