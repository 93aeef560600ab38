import { arrayFromSingle, isMemberDisplayName, singleFromArray } from '../quirks';
import { invalidValue, readText } from '../input/read-simple';
import { isAttributes, isUnassigned, type Attributes, type Json } from '../resource';

/** A member of a group, or a group of a user: its ID, and the display name that the client sent with it. */
export interface MemberValue {
  readonly value: string;
  readonly display?: string;
}

/**
 * Reads members, in order and without duplicates. A member is an object, with names in any case, or only an
 * ID. If an ID is sent with two display names, the last one counts. Runs in linear time. Throws 400
 * `invalidValue` for a member without an ID.
 */
export function readMembers(input: Json | undefined, path: string): MemberValue[] {
  if (isUnassigned(input)) return [];
  const members = new Map<string, MemberValue>();
  arrayFromSingle(input).forEach((element, index) => {
    const member = readMember(element as Json, `${path}[${index}]`);
    if (member) members.set(member.value, { ...members.get(member.value), ...member });
  });
  return [...members.values()];
}

/**
 * Reads the value of a value path. One object without an ID changes the members that the filter selects (RFC
 * 7644 §3.5.2.3).
 */
export function readSelectedMembers(
  input: Json | undefined,
  path: string,
  selected: readonly MemberValue[],
): readonly MemberValue[] {
  const single = singleFromArray(input);
  const parts = isAttributes(single) ? partsOf(single) : undefined;
  if (!parts || parts.isEmpty || parts.value !== undefined) return readMembers(input, path);
  const name = nameOf(parts.display, path);
  return selected.map((member) => ({ ...member, ...name }));
}

function readMember(element: Json, path: string): MemberValue | undefined {
  if (isUnassigned(element)) return undefined;
  if (typeof element === 'string') return { value: element };
  if (!isAttributes(element)) {
    throw invalidValue(path, 'it is not an object', 'Send an object with the ID as its value.');
  }
  const { value, display, isEmpty } = partsOf(element);
  if (isEmpty) return undefined;
  if (typeof value !== 'string') {
    throw invalidValue(`${path}.value`, 'it is not a string', 'Send the ID as a string.');
  }
  return { value, ...nameOf(display, path) };
}

const nameOf = (display: Json | undefined, path: string): { display?: string } =>
  typeof display === 'string' ? { display: readText(display, `${path}.display`) } : {};

interface Parts {
  value?: Json;
  display?: Json;
  isEmpty: boolean;
}

/** Returns the ID and the display name of a member. Parts without a value are skipped. */
function partsOf(element: Attributes): Parts {
  const parts: Parts = { isEmpty: true };
  for (const [name, part] of Object.entries(element)) {
    if (isUnassigned(part)) continue;
    parts.isEmpty = false;
    if (name.toLowerCase() === 'value') parts.value = part;
    if (name.toLowerCase() === 'display') parts.display = part;
    if (isMemberDisplayName(name)) parts.display ??= part;
  }
  return parts;
}
