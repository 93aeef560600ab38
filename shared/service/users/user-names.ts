import { addressesOf } from '../../scim/addresses';
import type { Attributes, Json } from '../../scim/resource';

/** Returns the texts by which people know a user: the userName, the names, and the email addresses. */
export function namesOfUser(attributes: Attributes): string[] {
  const { userName, displayName, name } = attributes;
  const { formatted, givenName, familyName } = (name ?? {}) as Record<string, Json | undefined>;
  const parts = [givenName, familyName].filter((part) => typeof part === 'string').join(' ');
  const texts = [userName, displayName, formatted, parts].filter((text) => typeof text === 'string');
  return [...texts, ...addressesOf(attributes)];
}
