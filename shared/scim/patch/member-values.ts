import {
  arrayFromSingle,
  isMemberDisplayName,
  simpleFromObject,
  singleFromArray,
  structureFromText,
  textFromNumber,
  valueUnderOwnName,
} from '../quirks';
import { invalidValue, isStorable, readText } from '../input/read-simple';
import { isAttributes, isUnassigned, type Attributes, type Json } from '../resource';

/** A member of a group, or a group of a user: its ID, and the display name that the client sent with it. */
export interface MemberValue {
  readonly value: string;
  readonly display?: string;
}

/** How a list of members, or of groups of a user, is read. */
export interface MemberList {
  /** The name of the attribute, under which the list may be nested. */
  readonly name: 'members' | 'groups';
  /** The path as the client wrote it, for errors. */
  readonly path: string;
  /** Whether a list that is not empty must have an ID. A `replace` without one would remove all members. */
  readonly requiresId?: boolean;
}

/**
 * Reads members, in order and without duplicates. A member is an object, with names in any case, or only an
 * ID. If an ID is sent with two display names, the last one counts. Members without an ID are skipped. Runs
 * in linear time. Throws 400 `invalidValue` if no member has an ID, but one has other parts.
 */
export function readMembers(input: Json | undefined, list: MemberList): MemberValue[] {
  const { name, path, requiresId = false } = list;
  const attribute = { name, subAttributes: [] };
  const sent = valueUnderOwnName(attribute, structureFromText(input));
  if (isUnassigned(sent)) return [];
  const members = new Map<string, MemberValue>();
  let isUnread = requiresId;
  arrayFromSingle(structureFromText(sent))
    .flatMap((element) => valueUnderOwnName(attribute, element))
    .forEach((element, index) => {
      const member = readMember(element as Json, name, () => `${path}[${index}]`);
      if (!member) isUnread ||= isAttributes(element) && !partsOf(element).isEmpty;
      else if (member.display !== undefined || !members.has(member.value)) members.set(member.value, member);
    });
  if (isUnread && members.size === 0) throw membersWithoutId(path);
  return [...members.values()];
}

/** Creates the 400 for members of which none has an ID. */
export const membersWithoutId = (path: string): Error =>
  invalidValue(path, 'none of its elements has a value', 'Send the ID of each member as its value.');

/**
 * Reads the value of a value path. One object without an ID changes the members that the filter selects (RFC
 * 7644 §3.5.2.3). One whose ID is `null` or `""` removes them.
 */
export function readSelectedMembers(
  input: Json | undefined,
  list: MemberList,
  selected: readonly MemberValue[],
): readonly MemberValue[] {
  const single = singleFromArray(structureFromText(input));
  if (isUnassigned(single)) return [];
  const parts = isAttributes(single) ? partsOf(single) : undefined;
  if (!isAttributes(single) || !parts || parts.value !== undefined) return readMembers(input, list);
  if (Object.keys(single).some((name) => name.toLowerCase() === 'value')) return [];
  const display = readDisplay(parts.display, () => list.path);
  return display === undefined ? selected : selected.map((member) => ({ ...member, display }));
}

const COLLECTIONS = { members: /(?:^|\/)Users\/([^/?#]+)$/i, groups: /(?:^|\/)Groups\/([^/?#]+)$/i };

/**
 * Returns the ID in a reference such as `../Users/<id>`, or undefined if it is no reference to the kind of
 * resource that the attribute lists.
 */
export const idInReference = (name: MemberList['name'], reference: unknown): string | undefined =>
  typeof reference === 'string' ? COLLECTIONS[name].exec(reference)?.[1] : undefined;

/**
 * Returns undefined for a member without an ID. `pathOf` is called only for an error, because a large group
 * has many members.
 */
function readMember(element: Json, name: MemberList['name'], pathOf: () => string): MemberValue | undefined {
  if (isUnassigned(element)) return undefined;
  const sent = textFromNumber(element);
  if (typeof sent === 'string') return { value: readId(sent, pathOf) };
  if (!isAttributes(element)) {
    throw invalidValue(pathOf(), 'it is not an object', 'Send an object with the ID as its value.');
  }
  const parts = partsOf(element);
  const id = parts.value === undefined ? idInReference(name, parts.ref) : parts.value;
  if (id === undefined) return undefined;
  const value = readId(textFromNumber(simpleFromObject(id)), () => `${pathOf()}.value`);
  const display = readDisplay(parts.display, pathOf);
  return display === undefined ? { value } : { value, display };
}

const readId = (id: unknown, pathOf: () => string): string => {
  if (typeof id === 'string' && isStorable(id)) return id;
  if (typeof id === 'string') return readText(id, pathOf());
  throw invalidValue(pathOf(), 'it is not a string', 'Send the ID as a string.');
};

/** Returns undefined if the display name is not a text. */
function readDisplay(sent: Json | undefined, pathOf: () => string): string | undefined {
  const display = textFromNumber(sent);
  if (typeof display !== 'string') return undefined;
  return isStorable(display) ? display : readText(display, `${pathOf()}.display`);
}

interface Parts {
  value?: Json;
  ref?: Json;
  display?: Json;
  isEmpty: boolean;
}

/** Returns the ID, the reference, and the display name of a member. Parts without a value are skipped. */
function partsOf(element: Attributes): Parts {
  const parts: Parts = { isEmpty: true };
  for (const name of Object.keys(element)) {
    const part = element[name];
    if (isUnassigned(part)) continue;
    parts.isEmpty = false;
    const key = name.toLowerCase();
    if (key === 'value') parts.value = part;
    else if (key === '$ref') parts.ref = part;
    else if (key === 'display') parts.display = part;
    else if (isMemberDisplayName(name)) parts.display ??= part;
  }
  return parts;
}
