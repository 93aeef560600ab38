import { isDeepStrictEqual } from 'node:util';
import { isAttributes, type Attributes, type Json } from '../../scim/resource';
import type { AttributeChange } from '../../store/audit/audit';

/**
 * The audit event names the attribute of a longer value, but does not repeat the value. In characters of
 * JSON.
 */
const MAX_VALUE_LENGTH = 1_000;

/**
 * Returns the attributes in which two resources differ. Attributes of an extension are named `<urn>:<name>`.
 * A new resource has no `before`, and a deleted one has no `after`.
 */
export function attributeChanges(before: Attributes = {}, after: Attributes = {}): AttributeChange[] {
  const then = flattenExtensions(before);
  const now = flattenExtensions(after);
  return [...new Set([...then.keys(), ...now.keys()])]
    .filter((attribute) => !isDeepStrictEqual(then.get(attribute), now.get(attribute)))
    .map((attribute) => ({
      attribute,
      ...valueUnlessTooLong('before', then.get(attribute)),
      ...valueUnlessTooLong('after', now.get(attribute)),
    }));
}

function flattenExtensions(attributes: Attributes): Map<string, Json> {
  const values = new Map<string, Json>();
  for (const [name, value] of Object.entries(attributes)) {
    if (!name.startsWith('urn:') || !isAttributes(value)) values.set(name, value);
    else for (const [inner, innerValue] of Object.entries(value)) values.set(`${name}:${inner}`, innerValue);
  }
  return values;
}

const valueUnlessTooLong = (side: 'before' | 'after', value: Json | undefined): Partial<AttributeChange> =>
  value !== undefined && JSON.stringify(value).length <= MAX_VALUE_LENGTH ? { [side]: value } : {};
