import type { Attribute } from './attribute';
import { findAttribute, resolvePath, type ResolvedPath } from './attribute-path';
import { ScimError } from './error';
import { comparable, compareValues, type Comparable } from './filter/comparison';
import { isAttributes, isUnassigned, type Attributes, type Json } from './resource';
import type { ResourceType } from './resource-type';

/** `sortBy` and `sortOrder` of RFC 7644 §3.4.2.3. */
export interface Sort {
  /** As the client wrote it. */
  readonly path: string;
  readonly descending: boolean;
}

/** What a resource is sorted by; undefined where it has no such value. */
export type SortKey = Comparable | undefined;

/** What `sortBy` names in a resource type. */
export interface SortAttribute {
  /** As the schema spells it, without URN and sub-attribute. */
  readonly name: string;
  /** Whether `name` is of the core schema, and not of an extension. */
  readonly isCore: boolean;
  readonly keyOf: (resource: Attributes) => SortKey;
}

/**
 * Finds what resources of `type` are sorted by. Of a multi-valued attribute it is the primary element, else the first
 * (RFC 7644 §3.4.2.3). Undefined where the type has no such attribute, or never shows it. Throws `invalidPath` where the
 * attribute has no value of its own.
 */
export function sortAttribute(type: ResourceType, path: string): SortAttribute | undefined {
  const resolved = resolvePath(type, path);
  if (!resolved) return undefined;
  const { attribute, extension } = resolved;
  if (!attribute) {
    throw ScimError.invalidPath(`sortBy is "${path}", a schema. Add a colon and one of its attributes.`);
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

export const noSuchSortAttribute = ({ path }: Sort): ScimError =>
  ScimError.invalidPath(
    `sortBy is "${path.slice(0, 100)}", which there is not. GET /Schemas lists the attributes.`,
  );

/**
 * Order of two resources, each given by its key and its id: those without a value come last, in descending order first; those
 * of one value in the order of their ids, either way.
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

/** The attribute whose values are compared: that of a complex one is its `value`. */
function comparedPart(path: string, { attribute, subAttribute }: ResolvedPath): Attribute {
  const named = (subAttribute ?? attribute) as Attribute;
  if (named.type !== 'complex') return named;
  const value = findAttribute(named.subAttributes, 'value');
  if (value) return value;
  const names = named.subAttributes.map(({ name }) => `${path}.${name}`).join(', ');
  throw ScimError.invalidPath(`sortBy is "${path}", which has no value of its own. Sort by one of ${names}.`);
}

function primaryElement(value: Json | undefined): Json | undefined {
  if (!Array.isArray(value)) return value;
  return value.find((element) => isAttributes(element) && element.primary === true) ?? value[0];
}

const valueOf = (subject: Json | undefined, name: string): Json | undefined =>
  isAttributes(subject) && Object.hasOwn(subject, name) ? subject[name] : undefined;
