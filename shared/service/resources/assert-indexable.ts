import { ScimError } from '../../scim/error';
import type { Attributes } from '../../scim/resource';
import { isKeyText } from '../../store/table/keys';

/** Returns the attributes. Throws 400 `invalidValue` if an indexed attribute is longer than a key may be. */
export function assertIndexable(attributes: Attributes): Attributes {
  for (const name of ['userName', 'displayName', 'externalId']) {
    const value = attributes[name];
    if (typeof value === 'string' && !isKeyText(value.toLowerCase())) {
      throw ScimError.invalidValue(`${name} is longer than 1,024 bytes. Send a shorter value.`);
    }
  }
  return attributes;
}
