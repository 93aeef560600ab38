import { string, type Attribute, type Schema } from '../attribute';
import { entitlementValues } from '../roles/role-values';
import { nameKeyOf } from '../text/name-key';
import { isAttributes, type Attributes } from '../resource';

/** One of the names in the settings. */
export type UserType = string;

/** The settings of a deployment that describe the users of the vendor's product. */
export interface ProductSettings {
  readonly userTypes: {
    /** The user types, each once when compared without case. */
    readonly names: readonly UserType[];
    /** The type of users for whom neither a client nor a mapping decides. One of the names. */
    readonly default: UserType;
    /** Whether a value that is not one of the names is ignored and recorded, or refused with 400. */
    readonly unknown: 'ignore' | 'refuse';
  };
  /** The schema extension of users that carries the user type. */
  readonly userExtension: {
    /** The URN of the extension. */
    readonly schema: string;
    /** The name of the attribute that holds the user type. */
    readonly userTypeAttribute: string;
    /** Further attributes of the extension. */
    readonly attributes: readonly ExtensionAttribute[];
  };
  /**
   * The organizations of the product that exist in every domain, and the roles that a user can have in each.
   */
  readonly organizations: readonly OrganizationSettings[];
}

export const EXTENSION_ATTRIBUTE_TYPES = [
  'string',
  'boolean',
  'integer',
  'decimal',
  'dateTime',
  'reference',
  'binary',
] as const;

/** An attribute that the vendor adds to the extension. */
interface ExtensionAttribute {
  readonly name: string;
  readonly type: (typeof EXTENSION_ATTRIBUTE_TYPES)[number];
  readonly multiValued?: boolean;
  /** Whether an active user needs a value. */
  readonly required?: boolean;
  /** The only values, of an attribute of the type `string`. Others are treated as an unknown user type. */
  readonly canonicalValues?: readonly string[];
  readonly description?: string;
}

interface OrganizationSettings {
  readonly name: string;
  readonly roles: readonly string[];
}

/** The settings of a deployment that sets none of them. */
export const DEFAULT_PRODUCT_SETTINGS: ProductSettings = {
  userTypes: { names: ['Basic User', 'Core User', 'Full User'], default: 'Basic User', unknown: 'ignore' },
  userExtension: {
    schema: 'urn:ietf:params:scim:schemas:extension:newrelic:2.0:User',
    userTypeAttribute: 'nrUserType',
    attributes: [],
  },
  organizations: [],
};

/** The users of the vendor's product, as the settings describe them. */
export interface Product {
  readonly settings: ProductSettings;
  /** The schema extension of users. */
  readonly extension: Schema;
}

/** Returns the product that the settings describe. */
export const productOf = (settings: ProductSettings): Product => ({
  settings,
  extension: extensionOf(settings),
});

function extensionOf({ userTypes, userExtension }: ProductSettings): Schema {
  const { names } = userTypes;
  return {
    id: userExtension.schema,
    name: 'ProductUser',
    description: 'License of a user',
    attributes: [
      string(
        userExtension.userTypeAttribute,
        `The type of the license: ${names.join(', ')}. ${userTypes.default} when it is not given.`,
        { canonicalValues: names, closed: userTypes.unknown, defaultValue: userTypes.default },
      ),
      ...userExtension.attributes.map((attribute) => attributeOf(attribute, userTypes.unknown)),
    ],
  };
}

const attributeOf = (
  { name, type, multiValued = false, required = false, canonicalValues, description }: ExtensionAttribute,
  closed: 'ignore' | 'refuse',
): Attribute => ({
  ...string(name, description ?? `The ${name} of the user.`, { multiValued, required }),
  type,
  caseExact: type === 'reference' || type === 'binary',
  ...(type === 'reference' && { referenceTypes: ['external'] }),
  ...(canonicalValues && { canonicalValues, closed }),
});

/**
 * Returns the user type that a client sent for a user: in the attribute of the extension, or else as an
 * entitlement of this name. Undefined if none did, or if the type is no longer one of the settings. Only an
 * explicit type takes precedence over mappings.
 */
export function explicitUserType({ settings }: Product, attributes: Attributes): UserType | undefined {
  const { userTypes, userExtension } = settings;
  const extension = attributes[userExtension.schema];
  const type = isAttributes(extension) ? extension[userExtension.userTypeAttribute] : undefined;
  return userTypes.names.find((name) => name === type) ?? entitledUserType(userTypes.names, attributes);
}

/**
 * Returns the user type that the first entitlement with the name of one assigns. Okta assigns licenses like
 * this.
 */
function entitledUserType(names: readonly UserType[], attributes: Attributes): UserType | undefined {
  if (attributes.entitlements === undefined) return undefined;
  const byKey = new Map(names.map((name) => [nameKeyOf(name), name]));
  return entitlementValues(attributes)
    .map((value) => byKey.get(nameKeyOf(value)))
    .find((name) => name !== undefined);
}

/** Returns the user type of a license without mappings: the explicit one, or else the default. */
export const licenseUserType = (product: Product, attributes: Attributes): UserType =>
  explicitUserType(product, attributes) ?? product.settings.userTypes.default;
