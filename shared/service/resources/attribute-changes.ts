import { isDeepStrictEqual } from 'node:util';
import { isAttributes, type Attributes, type Json } from '../../scim/resource';
import type { AttributeChange } from '../../store/audit/audit';

/** A longer value (JSON characters) is named in the audit event, but not repeated. */
const LONGEST_VALUE = 1_000;

/** The attributes in which two resources differ, an extension's under `<urn>:<name>`. A new one has no `before`, a deleted one no `after`. */
export function attributeChanges(before: Attributes = {}, after: Attributes = {}): AttributeChange[] {
  const then = flat(before);
  const now = flat(after);
  return [...new Set([...then.keys(), ...now.keys()])]
    .filter((attribute) => !isDeepStrictEqual(then.get(attribute), now.get(attribute)))
    .map((attribute) => ({
      attribute,
      ...shown('before', then.get(attribute)),
      ...shown('after', now.get(attribute)),
    }));
}

function flat(attributes: Attributes): Map<string, Json> {
  const values = new Map<string, Json>();
  for (const [name, value] of Object.entries(attributes)) {
    if (!name.startsWith('urn:') || !isAttributes(value)) values.set(name, value);
    else for (const [inner, innerValue] of Object.entries(value)) values.set(`${name}:${inner}`, innerValue);
  }
  return values;
}

const shown = (side: 'before' | 'after', value: Json | undefined): Partial<AttributeChange> =>
  value !== undefined && JSON.stringify(value).length <= LONGEST_VALUE ? { [side]: value } : {};
