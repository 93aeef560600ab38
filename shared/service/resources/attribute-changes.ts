import { isDeepStrictEqual } from 'node:util';
import { withoutEmailMark } from '../../scim/derived-email';
import { isAttributes, type Attributes, type Json } from '../../scim/resource';
import { SIDES, type AttributeChange } from '../../store/audit/audit';
import { auditValue } from './audit-value';

/**
 * Returns the attributes in which two resources differ. Attributes of an extension are named `<urn>:<name>`.
 * A new resource has no `before`, and a deleted one has no `after`. Long values are truncated.
 */
export function attributeChanges(before: Attributes = {}, after: Attributes = {}): AttributeChange[] {
  const then = flattenExtensions(withoutEmailMark(before));
  const now = flattenExtensions(withoutEmailMark(after));
  return [...new Set([...then.keys(), ...now.keys()])]
    .filter((attribute) => !isDeepStrictEqual(then.get(attribute), now.get(attribute)))
    .map((attribute) => changeOf(attribute, then.get(attribute), now.get(attribute)));
}

function flattenExtensions(attributes: Attributes): Map<string, Json> {
  const values = new Map<string, Json>();
  for (const [name, value] of Object.entries(attributes)) {
    if (!name.startsWith('urn:') || !isAttributes(value)) values.set(name, value);
    else for (const [inner, innerValue] of Object.entries(value)) values.set(`${name}:${inner}`, innerValue);
  }
  return values;
}

function changeOf(attribute: string, before: Json | undefined, after: Json | undefined): AttributeChange {
  const values = {
    ...(before !== undefined && { before: auditValue(attribute, before) }),
    ...(after !== undefined && { after: auditValue(attribute, after) }),
  };
  const truncated = SIDES.filter((side) => values[side]?.isTruncated);
  return {
    attribute,
    ...(values.before && { before: values.before.value }),
    ...(values.after && { after: values.after.value }),
    ...(truncated.length > 0 && { truncated }),
  };
}
