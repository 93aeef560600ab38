import { newId } from '../../id';
import type { Json } from '../../scim/resource';
import { toWellFormed } from '../../scim/text';
import type { GroupAudit } from '../../store/groups/group-store';
import type { AttributeChange } from '../../store/audit/audit';
import type { MembershipEdit } from '../../store/groups/membership';
import type { ResourceRecord } from '../../store/resources/resource-record';
import { attributeChanges } from '../resources/attribute-changes';
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

/** The longest `userName`, so that an address stays whole. */
const MAX_NAME_LENGTH = 256;

/** Returns the name by which an audit event shows its user or group to people. */
export const resourceName = (name: Json | undefined): string | undefined =>
  typeof name === 'string' ? toWellFormed(name, MAX_NAME_LENGTH) : undefined;

/** Makes an id storable: clients send ids of any length, and with lone surrogates. */
export const truncateId = (id: string): string => toWellFormed(id, 100);

/** Returns the ids at the other side of memberships that ended (`before`) and that began (`after`). */
export function membershipChanges(
  attribute: 'members' | 'groups',
  edits: readonly MembershipEdit[],
): AttributeChange[] {
  const idOf = ({ userId, groupId }: MembershipEdit): string => (attribute === 'members' ? userId : groupId);
  const ended = edits.filter(({ kind }) => kind === 'remove').map(idOf);
  const begun = edits.filter(({ kind }) => kind === 'add').map(idOf);
  if (ended.length === 0 && begun.length === 0) return [];
  return [
    { attribute, ...(ended.length > 0 && { before: ended }), ...(begun.length > 0 && { after: begun }) },
  ];
}

/** Returns the ids of the members whose `display` changed. */
function displayChanges(edits: readonly MembershipEdit[]): AttributeChange[] {
  const renamed = edits.filter(({ kind }) => kind === 'rename').map(({ userId }) => userId);
  return renamed.length > 0 ? [{ attribute: 'members.display', after: renamed }] : [];
}
