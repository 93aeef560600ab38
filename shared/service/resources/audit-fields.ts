import type { Json } from '../../scim/resource';
import { toWellFormed } from '../../scim/text';
import type { AttributeChange } from '../../store/audit/audit';
import type { MembershipEdit } from '../../store/groups/membership';

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
