import type { OnIgnored } from '../../scim/input/ignored';
import { checkNewName } from '../../scim/input/name-rules';
import { checkSimulatedName } from '../../scim/input/simulated-name-rule';
import { readResource } from '../../scim/input/read-resource';
import { idInReference, membersWithoutId } from '../../scim/patch/member-values';
import { fullMembership, type DesiredMembership, type MemberValue } from '../../scim/patch/membership';
import type { Attributes, Json } from '../../scim/resource';
import { groupResourceType } from '../../scim/resource-type';
import { assertIndexable } from '../resources/assert-indexable';
import type { Caller } from '../resources/caller';

/** Reads the body of a POST or PUT: the attributes, and the memberships that it describes. */
export function readGroup(
  body: Json | undefined,
  onIgnored: OnIgnored,
): { attributes: Attributes; desired: DesiredMembership } {
  const { members, ...attributes } = readResource(groupResourceType, body, onIgnored);
  const sent = (members ?? []) as Attributes[];
  const values = sent.flatMap(({ value, $ref, display }): MemberValue[] => {
    const id = value ?? idInReference('members', $ref);
    if (typeof id !== 'string') return [];
    return [typeof display === 'string' ? { value: id, display } : { value: id }];
  });
  if (sent.length > 0 && values.length === 0) throw membersWithoutId('members');
  return { attributes, desired: fullMembership(values) };
}

/** Returns the attributes of a group. Throws 400 `invalidValue` if the group cannot have them. */
export function checkGroup(
  attributes: Attributes,
  before: Attributes,
  { isSimulation = false }: Pick<Caller, 'isSimulation'>,
): Attributes {
  if (attributes.displayName !== before.displayName)
    checkNewName('displayName', attributes.displayName as string);
  checkSimulatedName('displayName', attributes.displayName, before.displayName, isSimulation);
  return assertIndexable(attributes, before);
}
