import { ScimError } from '../../scim/error';
import type { Attributes } from '../../scim/resource';
import { nameKeyOf } from '../../scim/text/name-key';
import { isKeyText } from '../../store/table/keys';

/** The form in which each indexed attribute is a key. */
const KEY_OF: Readonly<Record<string, (value: string) => string>> = {
  userName: nameKeyOf,
  displayName: nameKeyOf,
  externalId: (value) => value,
};

/**
 * Returns the attributes. Throws 400 `invalidValue` if an indexed attribute is longer than a key may be.
 * Values that `before` has too are not checked: the limits of previous versions may have been higher.
 */
export function assertIndexable(attributes: Attributes, before: Attributes = {}): Attributes {
  for (const [name, keyOf] of Object.entries(KEY_OF)) {
    const value = attributes[name];
    if (typeof value !== 'string' || value === before[name]) continue;
    const key = keyOf(value);
    if (key !== '' && !isKeyText(key))
      throw ScimError.invalidValue(`${name} is longer than 1,024 bytes. Send a shorter value.`);
  }
  return attributes;
}
