import type { Attribute } from './attribute';
import { findAttribute, resolvePath, type ResolvedPath } from './attribute-path';
import { ScimError } from './error';
import { comparable, compareValues, type Comparable } from './filter/comparison';
import { isAttributes, isUnassigned, type Attributes, type Json } from './resource';
import type { ResourceType } from './resource-type';

/** The sorting that a client requests: `sortBy` and `sortOrder` of RFC 7644 §3.4.2.3. */
export interface Sort {
  /** The attribute path, as the client sent it. */
  readonly path: string;
  readonly descending: boolean;
}

/** The value that a resource is sorted by; undefined if the resource has none. */
export type SortKey = Comparable | undefined;

/** The attribute that `sortBy` names in a resource type. */
export interface SortAttribute {
  /** The name that the schema defines, without URN and sub-attribute. */
  readonly name: string;
  /** True if the attribute belongs to the core schema and not to an extension. */
  readonly isCore: boolean;
  readonly keyOf: (resource: Attributes) => SortKey;
}

/**
 * Finds the attribute that `path` names for sorting. A multi-valued attribute is sorted by its primary
 * element, or else by its first (RFC 7644 §3.4.2.3). Returns undefined if the type has no such attribute or
 * never returns it. Throws `invalidPath` if the attribute is complex without a `value`, or if `path` is only
 * the URN of a schema.
 */
export function sortAttribute(type: ResourceType, path: string): SortAttribute | undefined {
  const resolved = resolvePath(type, path);
  if (!resolved) return undefined;
  const { attribute, extension } = resolved;
  if (!attribute) {
    throw ScimError.invalidPath(
      `The list cannot be sorted by "${path}" because it is the URN of a schema. ` +
        'Add a colon and an attribute name.',
    );
  }
  const part = comparedPart(path, resolved);
  if (attribute.returned === 'never' || part.returned === 'never') return undefined;
  return {
    name: attribute.name,
    isCore: extension === undefined,
    keyOf: (resource) => {
      const container = extension ? valueOf(resource, extension.id) : resource;
      const element = primaryElement(valueOf(container, attribute.name));
      const value = part === attribute || !isAttributes(element) ? element : valueOf(element, part.name);
      const single = Array.isArray(value) ? value[0] : value;
      return isUnassigned(single) ? undefined : comparable(part, single);
    },
  };
}

/** Creates the 400 `invalidPath` for an attribute that the type does not have. */
export const noSuchSortAttribute = ({ path }: Sort): ScimError =>
  ScimError.invalidPath(
    `The list cannot be sorted by "${path.slice(0, 100)}" because there is no such attribute. ` +
      'GET /Schemas lists the attributes.',
  );

/**
 * Compares two resources by their sort keys. Resources without a key come last, or first in descending order.
 * Resources with equal keys are in the order of their IDs in both directions.
 */
export function compareSorted(
  a: { readonly key: SortKey; readonly id: string },
  b: { readonly key: SortKey; readonly id: string },
  descending: boolean,
): number {
  const ascending = compareKeys(a.key, b.key);
  if (ascending !== 0) return descending ? -ascending : ascending;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}

function compareKeys(a: SortKey, b: SortKey): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return compareValues(a, b);
}

/** Returns the attribute whose values are compared: for a complex attribute, its `value`. */
function comparedPart(path: string, { attribute, subAttribute }: ResolvedPath): Attribute {
  const named = (subAttribute ?? attribute) as Attribute;
  if (named.type !== 'complex') return named;
  const value = findAttribute(named.subAttributes, 'value');
  if (value) return value;
  const names = named.subAttributes.map(({ name }) => `${path}.${name}`).join(', ');
  throw ScimError.invalidPath(
    `The list cannot be sorted by "${path}" because it is a complex attribute. Sort by one of: ${names}.`,
  );
}

function primaryElement(value: Json | undefined): Json | undefined {
  if (!Array.isArray(value)) return value;
  return value.find((element) => isAttributes(element) && element.primary === true) ?? value[0];
}

const valueOf = (subject: Json | undefined, name: string): Json | undefined =>
  isAttributes(subject) && Object.hasOwn(subject, name) ? subject[name] : undefined;
