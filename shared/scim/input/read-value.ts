import type { Attribute } from '../attribute';
import { findAttribute, isWritable } from '../attribute-path';
import { ScimError } from '../error';
import { reportIgnored, type OnIgnored } from './ignored';
import { MAX_ELEMENTS } from './limits';
import { arrayFromSingle, complexFromText, singleFromArray } from '../quirks';
import { readSimple } from './read-simple';
import { isAttributes, isUnassigned, type Attributes, type Json } from '../resource';

/**
 * Reads what a client sends as the value of `attribute`: spelled as the schema spells it, without what is unassigned,
 * unknown or read-only; undefined where nothing is left. Throws `invalidValue`, naming `path`, where a type is wrong.
 */
export function readValue(
  attribute: Attribute,
  value: unknown,
  path = attribute.name,
  onIgnored?: OnIgnored,
): Json | undefined {
  if (isUnassigned(value)) return undefined;
  const read = attribute.multiValued ? readElements : readSingle;
  return read(attribute, value, path, onIgnored);
}

function readSingle(
  attribute: Attribute,
  sent: unknown,
  path: string,
  onIgnored?: OnIgnored,
): Json | undefined {
  const value = singleFromArray(sent);
  if (Array.isArray(value) && value.length > 1) {
    throw ScimError.invalidValue(`${path} takes one value. Send one instead of ${value.length}.`);
  }
  return readOne(attribute, value, path, onIgnored);
}

/** The value of a single-valued attribute, or one element of a multi-valued one. */
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

/** In the order of the schema, so that equal values are equal as JSON text. */
export function readComplex(
  attribute: Attribute,
  sent: unknown,
  path: string,
  onIgnored?: OnIgnored,
): Attributes | undefined {
  const parts = complexFromText(attribute, sent);
  if (!isAttributes(parts)) {
    throw ScimError.invalidValue(
      `${path} must be an object with any of: ${attribute.subAttributes.map(({ name }) => name).join(', ')}.`,
    );
  }
  const read = new Map<string, Json>();
  for (const [name, value] of Object.entries(parts)) {
    const part = findAttribute(attribute.subAttributes, name);
    if (!part) reportIgnored(onIgnored, `${path}.${name}`, value);
    const result = part && isWritable(part) ? readValue(part, value, `${path}.${part.name}`) : undefined;
    if (part && result !== undefined) read.set(part.name, result);
  }
  if (read.size === 0) return undefined;
  return inSchemaOrder(attribute, read);
}

function inSchemaOrder({ subAttributes }: Attribute, parts: ReadonlyMap<string, Json>): Attributes {
  const ordered: Attributes = {};
  for (const { name } of subAttributes) {
    const value = parts.get(name);
    if (value !== undefined) ordered[name] = value;
  }
  return ordered;
}

/**
 * Elements one by one: equal ones collapsed, and only the first that is primary stays so (PingFederate sends two). Takes time
 * in proportion to their number.
 */
function readElements(
  attribute: Attribute,
  sent: unknown,
  path: string,
  onIgnored?: OnIgnored,
): Json[] | undefined {
  const values = arrayFromSingle(sent);
  const elements = new Map<string, Json>();
  let hasPrimary = false;
  values.forEach((value, index) => {
    const element = readOne(attribute, value, `${path}[${index}]`, onIgnored);
    if (element === undefined || isEmptyElement(element)) return;
    const text = JSON.stringify(element);
    if (elements.has(text)) return;
    if (!isPrimary(element)) {
      elements.set(text, element);
    } else if (!hasPrimary) {
      hasPrimary = true;
      elements.set(text, element);
    } else {
      const other = withoutPrimary(element);
      elements.set(JSON.stringify(other), other);
    }
  });
  if (attribute.name !== 'members') checkElementCount(elements.size, path);
  return elements.size === 0 ? undefined : [...elements.values()];
}

export const isPrimary = (element: Json): boolean => isAttributes(element) && element.primary === true;

/** The element as another than the primary one. */
export const withoutPrimary = (element: Json): Json =>
  isAttributes(element) && isPrimary(element) ? { ...element, primary: false } : element;

/** `{"type":"work"}` says what a value would be for, and has none. */
const isEmptyElement = (element: Json): boolean =>
  isAttributes(element) && Object.keys(element).every((name) => name === 'type' || name === 'primary');

/** Throws `invalidValue` where a multi-valued attribute has too many elements to be stored. */
export function checkElementCount(elements: number, path: string): void {
  if (elements > MAX_ELEMENTS) {
    throw ScimError.invalidValue(`${path} has ${elements} values. Send ${MAX_ELEMENTS} at most.`);
  }
}
