import { arrayFromSingle, isMemberDisplayName, singleFromArray, structureFromText } from '../quirks';
import { invalidValue, isStorable, readText } from '../input/read-simple';
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
  arrayFromSingle(structureFromText(input)).forEach((element, index) => {
    const member = readMember(element as Json, () => `${path}[${index}]`);
    if (member && (member.display !== undefined || !members.has(member.value)))
      members.set(member.value, member);
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
  const single = singleFromArray(structureFromText(input));
  const parts = isAttributes(single) ? partsOf(single) : undefined;
  if (!parts || parts.isEmpty || parts.value !== undefined) return readMembers(input, path);
  const display = readDisplay(parts.display, () => path);
  return display === undefined ? selected : selected.map((member) => ({ ...member, display }));
}

/** `pathOf` is called only for an error, because a large group has many members. */
function readMember(element: Json, pathOf: () => string): MemberValue | undefined {
  if (isUnassigned(element)) return undefined;
  if (typeof element === 'string') return { value: element };
  if (!isAttributes(element)) {
    throw invalidValue(pathOf(), 'it is not an object', 'Send an object with the ID as its value.');
  }
  const { value, display: sent, isEmpty } = partsOf(element);
  if (isEmpty) return undefined;
  if (typeof value !== 'string') {
    throw invalidValue(`${pathOf()}.value`, 'it is not a string', 'Send the ID as a string.');
  }
  const display = readDisplay(sent, pathOf);
  return display === undefined ? { value } : { value, display };
}

/** Returns undefined if the display name is not a text. */
function readDisplay(display: Json | undefined, pathOf: () => string): string | undefined {
  if (typeof display !== 'string') return undefined;
  return isStorable(display) ? display : readText(display, `${pathOf()}.display`);
}

interface Parts {
  value?: Json;
  display?: Json;
  isEmpty: boolean;
}

/** Returns the ID and the display name of a member. Parts without a value are skipped. */
function partsOf(element: Attributes): Parts {
  const parts: Parts = { isEmpty: true };
  for (const name of Object.keys(element)) {
    const part = element[name];
    if (isUnassigned(part)) continue;
    parts.isEmpty = false;
    const key = name.toLowerCase();
    if (key === 'value') parts.value = part;
    else if (key === 'display') parts.display = part;
    else if (isMemberDisplayName(name)) parts.display ??= part;
  }
  return parts;
}
