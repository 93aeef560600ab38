import { ENV } from '../env';
import { groupResourceType, userResourceTypeOf, type ResourceType } from '../scim/resource-type';
import {
  DEFAULT_PRODUCT_SETTINGS,
  productOf,
  type Product,
  type ProductSettings,
} from '../scim/schemas/product-user';
import { decodeProduct } from './product-variable';

/** Reads the settings of this function. A deployment with the default settings does not set the variable. */
function readProductSettings(): ProductSettings {
  const settings = process.env[ENV.productSchema];
  return settings ? decodeProduct(settings) : DEFAULT_PRODUCT_SETTINGS;
}

/** The vendor's product, as the settings of the deployment describe its users. */
export const product: Product = productOf(readProductSettings());

/** The resource type of users, with the extension of the product. */
export const userResourceType: ResourceType = userResourceTypeOf(product.extension);

export const RESOURCE_TYPES: readonly ResourceType[] = [userResourceType, groupResourceType];
