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

/** A change to a user, as its audit event describes it. */
export interface AuditedUserChange {
  readonly caller: Pick<Caller, 'actor' | 'requestId'>;
  /** RFC 3339, UTC. */
  readonly at: string;
  /** Undefined for a new user. */
  readonly before: ResourceRecord | undefined;
  /** Undefined for a deleted user. */
  readonly after: ResourceRecord | undefined;
  readonly license?: LicenseChange;
  readonly memberships: readonly MembershipEdit[];
  readonly unknownGroups: readonly MembershipEdit[];
}

/** Returns the audit event of a change to a user. */
export function userAudit({
  caller: { actor, requestId },
  at,
  before,
  after,
  license,
  memberships,
  unknownGroups,
}: AuditedUserChange): AuditEvent {
  const user = after ?? before;
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
    resourceId: user?.id ?? '',
    resourceName: resourceName(user?.attributes.userName),
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
