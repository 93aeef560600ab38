import { product } from '../../product/product';
import { licenseAddress, licenseLanguage } from '../../scim/input/user-rules';
import type { Attributes } from '../../scim/resource';
import { licenseUserType } from '../../scim/schemas/product-user';
import type { LicenseHolder } from '../../store/licenses/license-write';

/** Returns the data of a user that the license stores for its emails. */
export function holderOf(attributes: Attributes): LicenseHolder {
  const name = greetingName(attributes);
  const language = licenseLanguage(attributes);
  const email = licenseAddress(attributes);
  return {
    ...(email !== undefined && { email }),
    userName: attributes.userName as string,
    ...(name && { name }),
    userType: licenseUserType(product, attributes),
    ...(language && { language }),
  };
}

function greetingName({ displayName, name }: Attributes): string | undefined {
  if (typeof displayName === 'string') return displayName;
  const { formatted, givenName, familyName } = (name ?? {}) as Record<string, string | undefined>;
  return formatted ?? ([givenName, familyName].filter(Boolean).join(' ') || undefined);
}
