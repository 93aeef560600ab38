import { ScimError } from '../../scim/error';
import type { Attributes } from '../../scim/resource';
import { isKeyText } from '../../store/table/keys';

/** The attributes, if those that an index is on are no longer than a key; else throws 400 `invalidValue`. */
export function assertIndexable(attributes: Attributes): Attributes {
  for (const name of ['userName', 'displayName', 'externalId']) {
    const value = attributes[name];
    if (typeof value === 'string' && !isKeyText(value.toLowerCase())) {
      throw ScimError.invalidValue(`${name} is longer than 1,024 bytes. Send a shorter one.`);
    }
  }
  return attributes;
}
