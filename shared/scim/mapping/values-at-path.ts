import { resolvePath, type ResolvedPath } from '../attribute-path';
import { isAttributes, type Attributes, type Json } from '../resource';
import { userResourceTypeOf, type ResourceType } from '../resource-type';
import type { Product } from '../schemas/product-user';

/** The resource types of users, created once per product. */
const userTypes = new WeakMap<Product, ResourceType>();

/** Returns the attribute of users that a path names; undefined if there is none. */
export function userAttributeAt(product: Product, path: string): ResolvedPath | undefined {
  let type = userTypes.get(product);
  if (!type) userTypes.set(product, (type = userResourceTypeOf(product.extension)));
  return resolvePath(type, path);
}

/**
 * Returns the values of a user's attribute as text. A complex attribute without a sub-attribute stands for
 * its `value`. Returns none if the user has no such attribute.
 */
export function valuesAtPath(product: Product, attributes: Attributes, path: string): string[] {
  const resolved = userAttributeAt(product, path);
  if (!resolved?.attribute) return [];
  const { attribute, subAttribute, extension } = resolved;
  const owner = extension ? attributes[extension.id] : attributes;
  const value = isAttributes(owner) ? owner[attribute.name] : undefined;
  const elements = value === undefined ? [] : Array.isArray(value) ? value : [value];
  const name = subAttribute?.name ?? (attribute.type === 'complex' ? 'value' : undefined);
  return elements
    .map((element) => (name === undefined ? element : isAttributes(element) ? element[name] : undefined))
    .flatMap((each) => textOf(each) ?? []);
}

const textOf = (value: Json | undefined): string | undefined =>
  value === undefined || value === null || typeof value === 'object' ? undefined : String(value);
