import type { Attribute } from '../attribute';
import { findAttribute, isWritable } from '../attribute-path';
import { IgnoredValue, reportIgnored, type OnIgnored } from './ignored';
import { MAX_ELEMENTS } from './limits';
import { DistinctElements } from './distinct-elements';
import {
  arrayFromSingle,
  assignmentFromResource,
  complexFromJsonText,
  complexFromText,
  displayFromDisplayName,
  singleFromArray,
  valueUnderOwnName,
} from '../quirks';
import { invalidValue, isStorable, readSimple } from './read-simple';
import { isAttributes, isUnassigned, type Attributes, type Json } from '../resource';

/**
 * Reads the value that a client sends for `attribute`. Returns it under the names that the schema defines,
 * without unassigned, unknown, and read-only parts, or undefined if nothing remains. Throws `invalidValue`,
 * naming `path`, if a type is wrong. Throws `IgnoredValue` if the attribute ignores the value; elements that
 * it ignores are reported and skipped if others remain.
 */
export function readValue(
  attribute: Attribute,
  value: unknown,
  path = attribute.name,
  onIgnored?: OnIgnored,
): Json | undefined {
  const sent = valueUnderOwnName(attribute, value);
  if (isUnassigned(sent)) return undefined;
  const read = attribute.multiValued ? readElements : readSingle;
  return read(attribute, sent, path, onIgnored);
}

function readSingle(
  attribute: Attribute,
  input: unknown,
  path: string,
  onIgnored?: OnIgnored,
): Json | undefined {
  const value = singleFromArray(complexFromJsonText(attribute, input));
  if (Array.isArray(value) && value.length > 0) {
    const sent = value.length === 1 ? 'an array' : value.length;
    throw invalidValue(path, `the attribute takes one value, not ${sent}`, 'Send one value.');
  }
  return readOne(attribute, value, path, onIgnored);
}

/** Reads the value of a single-valued attribute, or one element of a multi-valued attribute. */
function readOne(
  attribute: Attribute,
  value: unknown,
  path: string,
  onIgnored?: OnIgnored,
): Json | undefined {
  if (isUnassigned(value)) return undefined;
  return attribute.type === 'complex'
    ? readComplex(attribute, value, path, onIgnored)
    : readSimple(attribute, value, path);
}

/**
 * Reads a complex value. Its parts are in the order of the schema, so that equal values are equal as JSON
 * text.
 */
export function readComplex(
  attribute: Attribute,
  input: unknown,
  path: string,
  onIgnored?: OnIgnored,
): Attributes | undefined {
  const parts = assignmentFromResource(attribute, complexFromText(attribute, input));
  if (!isAttributes(parts)) {
    const names = attribute.subAttributes.map(({ name }) => name).join(', ');
    throw invalidValue(path, 'it is not an object', `Send an object with any of: ${names}.`);
  }
  return hasOnlyParts(attribute, parts)
    ? readParts(attribute, parts, path)
    : readOtherParts(attribute, displayFromDisplayName(attribute, parts), path, onIgnored);
}

/** Returns whether all names are spelled as the schema spells them, as most clients do. */
function hasOnlyParts({ subAttributes }: Attribute, parts: Attributes): boolean {
  let found = 0;
  for (const { name } of subAttributes) if (Object.hasOwn(parts, name)) found++;
  return found === Object.keys(parts).length;
}

/** Reads parts by the names of the schema, in its order. */
function readParts(
  { subAttributes }: Attribute,
  parts: Readonly<Record<string, unknown>>,
  path: string,
): Attributes | undefined {
  let read: Attributes | undefined;
  for (const part of subAttributes) {
    const value = parts[part.name];
    if (value === undefined || !isWritable(part)) continue;
    const result = isPlainText(part, value) ? value : readValue(part, value, `${path}.${part.name}`);
    if (result !== undefined) (read ??= {})[part.name] = result;
  }
  return read;
}

/** Returns whether `readValue` would return the value itself. Large groups have many such parts. */
const isPlainText = ({ type, multiValued, closed }: Attribute, value: unknown): value is string =>
  typeof value === 'string' &&
  value !== '' &&
  type === 'string' &&
  !multiValued &&
  !closed &&
  isStorable(value);

/**
 * Reads parts whose names are in any case, or unknown. Of two names of one part, the last one with a value
 * counts.
 */
function readOtherParts(
  attribute: Attribute,
  parts: Attributes,
  path: string,
  onIgnored?: OnIgnored,
): Attributes | undefined {
  const sent: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(parts)) {
    const part = findAttribute(attribute.subAttributes, name);
    if (!part) reportIgnored(onIgnored, `${path}.${name}`, value);
    else if (sent[part.name] === undefined || !isUnassigned(value)) sent[part.name] = value;
  }
  return readParts(attribute, sent, path);
}

/**
 * Reads the elements of a multi-valued attribute, without duplicates. Only the first primary element stays
 * primary, because PingFederate sends two. Runs in linear time.
 */
function readElements(
  attribute: Attribute,
  input: unknown,
  path: string,
  onIgnored?: OnIgnored,
): Json[] | undefined {
  const elements = new DistinctElements(attribute);
  let hasPrimary = false;
  let ignored: IgnoredValue | undefined;
  let isUnread = false;
  elementsOf(attribute, input).forEach((value, index) => {
    const element = readElement(attribute, value, `${path}[${index}]`, onIgnored);
    if (element instanceof IgnoredValue) {
      ignored ??= element;
      return;
    }
    if (element === undefined || isEmptyElement(element)) {
      isUnread ||= hasOnlyOtherParts(attribute, value);
      return;
    }
    elements.add(hasPrimary ? withoutPrimary(element) : element);
    hasPrimary ||= isPrimary(element);
  });
  const { list } = elements;
  if (ignored && list.length === 0) throw ignored;
  if (isUnread && list.length === 0) throw unreadElements(attribute, path);
  if (ignored) onIgnored?.(path, ignored.reason);
  if (attribute.name !== 'members') checkElementCount(list.length, path);
  return list.length === 0 ? undefined : list;
}

/**
 * Reads an element. Returns, instead of throwing, that it is ignored: the other elements count nevertheless.
 */
function readElement(
  attribute: Attribute,
  value: unknown,
  path: string,
  onIgnored?: OnIgnored,
): Json | IgnoredValue | undefined {
  try {
    return readOne(attribute, value, path, onIgnored);
  } catch (error) {
    if (error instanceof IgnoredValue) return error;
    throw error;
  }
}

/**
 * Returns the elements that a value lists. One that lists elements under the attribute's own name stands for
 * them.
 */
export const elementsOf = (attribute: Attribute, input: unknown): unknown[] =>
  arrayFromSingle(complexFromJsonText(attribute, valueUnderOwnName(attribute, input))).flatMap((value) =>
    valueUnderOwnName(attribute, value),
  );

/** Returns whether an element is the primary one. */
export const isPrimary = (element: Json): boolean => isAttributes(element) && element.primary === true;

/** Returns the element with `primary` set to false if it was true. */
export const withoutPrimary = (element: Json): Json =>
  isAttributes(element) && isPrimary(element) ? { ...element, primary: false } : element;

/** Returns whether an element has no value: `{"type":"work"}` only says what a value is for. */
export const isEmptyElement = (element: Json): boolean =>
  isAttributes(element) &&
  element.value === undefined &&
  Object.keys(element).every((name) => name === 'type' || name === 'primary');

/**
 * Returns whether an element has parts, but neither a `value` nor any other part of the attribute that says
 * something. A member without a value is none, whatever its parts are.
 */
export function hasOnlyOtherParts({ name: attribute }: Attribute, element: unknown): boolean {
  if (attribute === 'members') return true;
  if (!isAttributes(element)) return false;
  const assigned = Object.keys(element).filter((name) => !isUnassigned(element[name]));
  return (
    Object.keys(element).every((name) => name.toLowerCase() !== 'value') &&
    assigned.some((name) => !/^(type|primary)$/i.test(name))
  );
}

/** Returns the error for elements of which nothing is known. They must not remove the elements that exist. */
export const unreadElements = ({ name }: Attribute, path: string): Error =>
  name === 'members'
    ? invalidValue(path, 'none of its elements has a value', 'Send the ID of each member as its value.')
    : new IgnoredValue('No part of its elements is known.');

/** Throws `invalidValue` if a multi-valued attribute has too many elements to be stored. */
export function checkElementCount(elements: number, path: string): void {
  if (elements > MAX_ELEMENTS) {
    throw invalidValue(
      path,
      `it has ${elements} elements, and the limit is ${MAX_ELEMENTS}`,
      `Send at most ${MAX_ELEMENTS}.`,
    );
  }
}
