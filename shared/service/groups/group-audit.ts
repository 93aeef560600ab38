import { newId } from '../../id';
import type { GroupAudit } from '../../store/groups/group-store';
import type { AttributeChange } from '../../store/audit/audit';
import type { MembershipEdit } from '../../store/groups/membership';
import type { ResourceRecord } from '../../store/resources/resource-record';
import { attributeChanges } from '../resources/attribute-changes';
import { membershipChanges, resourceName, truncateId } from '../resources/audit-fields';
import type { Caller } from '../resources/caller';

/**
 * Returns the audit event of a change to a group. `before` is undefined for a new group, and `after` for a
 * deleted one. `at` is RFC 3339.
 */
export function groupAudit(
  { actor, requestId }: Caller,
  at: string,
  before: ResourceRecord | undefined,
  after: ResourceRecord | undefined,
): GroupAudit {
  const id = newId();
  return (written, unknownMembers) => {
    const changes = [
      ...attributeChanges(before?.attributes, after?.attributes),
      ...membershipChanges('members', written),
      ...displayChanges(written),
    ];
    return {
      id,
      at,
      action: !before ? 'group.created' : after ? 'group.updated' : 'group.deleted',
      resourceId: (after ?? before)?.id ?? '',
      resourceName: resourceName((after ?? before)?.attributes.displayName),
      requestId,
      actor,
      ...(changes.length > 0 && { changes }),
      ...(unknownMembers.length > 0 && { leftOut: unknownMembers.map(truncateId) }),
    };
  };
}

/** Returns the ids of the members whose `display` changed. */
function displayChanges(edits: readonly MembershipEdit[]): AttributeChange[] {
  const renamed = edits.filter(({ kind }) => kind === 'rename').map(({ userId }) => userId);
  return renamed.length > 0 ? [{ attribute: 'members.display', after: renamed }] : [];
}
