import { isDeepStrictEqual } from 'node:util';
import type { IConstruct } from 'constructs';
import { ENV, type EnvironmentVariable } from '../../../shared/env';
import { encodeProduct } from '../../../shared/product/product-variable';
import { DEFAULT_PRODUCT_SETTINGS, type ProductSettings } from '../../../shared/scim/schemas/product-user';

const products = new WeakMap<IConstruct, ProductSettings>();

/** Sets the product of the functions in a scope. */
export const setProduct = (scope: IConstruct, product: ProductSettings): void =>
  void products.set(scope, product);

/**
 * Returns the environment variable by which a function knows the product. Not needed for the default
 * settings.
 */
export function productEnvironment(construct: IConstruct): Partial<Record<EnvironmentVariable, string>> {
  const scope = [...construct.node.scopes].reverse().find((each) => products.has(each));
  const product = (scope && products.get(scope)) ?? DEFAULT_PRODUCT_SETTINGS;
  return isDeepStrictEqual(product, DEFAULT_PRODUCT_SETTINGS)
    ? {}
    : { [ENV.productSchema]: encodeProduct(product) };
}
