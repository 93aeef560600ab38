import { product } from '../../../shared/product/product';

const { userTypes, userExtension } = product.settings;

/** The URN of the product's extension of users. */
export const PRODUCT_USER_SCHEMA = userExtension.schema;

/** The names by which the conversations of identity providers set a user type: not the default one. */
export const PRODUCT_NAMES = {
  productSchema: userExtension.schema,
  userTypeAttribute: userExtension.userTypeAttribute,
  userType: userTypes.names.at(-1) ?? '',
  defaultUserType: userTypes.default,
};
