import { isAttributes, type Attributes } from '../../scim/resource';
import { DEFAULT_PRODUCT_SETTINGS, type Product } from '../../scim/schemas/product-user';

/**
 * Version 0.1.0 stored the default user type with each user for whom no client had sent a type. So a stored
 * default alone does not say that a client sent it. Functions of that version also show only a type that is
 * stored. Both concern only its own schema, which is the default of the settings.
 */
const { userExtension, userTypes } = DEFAULT_PRODUCT_SETTINGS;
const SCHEMA = userExtension.schema;
const ATTRIBUTE = userExtension.userTypeAttribute;

/** Marks a stored default that a client sent. It is not the name of an attribute, so no version shows it. */
const SENT = '$sent';

/**
 * Returns the attributes of a user as they are stored: with the default type, and with a mark if a client
 * sent it.
 */
export function toStoredAttributes({ settings }: Product, attributes: Attributes): Attributes {
  if (settings.userExtension.schema !== SCHEMA || settings.userExtension.userTypeAttribute !== ATTRIBUTE)
    return attributes;
  const extension = extensionOf(attributes);
  if (extension[ATTRIBUTE] === userTypes.default)
    return { ...attributes, [SCHEMA]: { ...extension, [SENT]: true } };
  if (extension[ATTRIBUTE] !== undefined || settings.userTypes.default !== userTypes.default)
    return attributes;
  return { ...attributes, [SCHEMA]: { ...extension, [ATTRIBUTE]: userTypes.default } };
}

/** Returns the attributes of a stored user with the user type only if a client sent it. */
export function fromStoredAttributes(stored: Attributes): Attributes {
  const { [SENT]: sent, [ATTRIBUTE]: type, ...others } = extensionOf(stored);
  const isSent = type !== userTypes.default || sent === true;
  if (isSent && sent === undefined) return stored;
  const extension: Attributes = { ...others, ...(isSent && type !== undefined && { [ATTRIBUTE]: type }) };
  const { [SCHEMA]: _, ...attributes } = stored;
  return Object.keys(extension).length === 0 ? attributes : { ...attributes, [SCHEMA]: extension };
}

function extensionOf(attributes: Attributes): Attributes {
  const extension = attributes[SCHEMA];
  return isAttributes(extension) ? extension : {};
}
