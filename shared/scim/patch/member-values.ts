import { ScimError } from '../error';
import { arrayFromSingle, singleFromArray } from '../quirks';
import { readText } from '../input/read-simple';
import { isAttributes, isUnassigned, type Attributes, type Json } from '../resource';

/** The other end of a membership: the id of a user or of a group, and the name that the client gave with it. */
export interface MemberValue {
  readonly value: string;
  readonly display?: string;
}

/**
 * Members by id, each once, in order: objects in any spelling, or bare ids; of two names for one id the last counts. Takes
 * time in proportion to their number. Throws 400 `invalidValue` for a member without an id.
 */
export function readMembers(sent: Json | undefined, path: string): MemberValue[] {
  if (isUnassigned(sent)) return [];
  const members = new Map<string, MemberValue>();
  arrayFromSingle(sent).forEach((element, index) => {
    const member = readMember(element as Json, `${path}[${index}]`);
    if (member) members.set(member.value, { ...members.get(member.value), ...member });
  });
  return [...members.values()];
}

/** What is sent to a value path: one object that names no id is about those that the filter selects (RFC 7644 §3.5.2.3). */
export function readSelectedMembers(
  sent: Json | undefined,
  path: string,
  selected: readonly MemberValue[],
): readonly MemberValue[] {
  const only = singleFromArray(sent);
  const parts = isAttributes(only) ? partsOf(only) : undefined;
  if (!parts || parts.isEmpty || parts.value !== undefined) return readMembers(sent, path);
  const name = nameOf(parts.display, path);
  return selected.map((member) => ({ ...member, ...name }));
}

function readMember(element: Json, path: string): MemberValue | undefined {
  if (isUnassigned(element)) return undefined;
  if (typeof element === 'string') return { value: element };
  if (!isAttributes(element)) throw ScimError.invalidValue(`${path} must be an object with the id as value.`);
  const { value, display, isEmpty } = partsOf(element);
  if (isEmpty) return undefined;
  if (typeof value !== 'string') {
    throw ScimError.invalidValue(`${path}.value must be the id, as a string.`);
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

/** What a member is made of, as far as it counts; parts without a value are left out. */
function partsOf(element: Attributes): Parts {
  const parts: Parts = { isEmpty: true };
  for (const [name, part] of Object.entries(element)) {
    if (isUnassigned(part)) continue;
    parts.isEmpty = false;
    if (name.toLowerCase() === 'value') parts.value = part;
    if (name.toLowerCase() === 'display') parts.display = part;
  }
  return parts;
}
