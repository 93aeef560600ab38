import type { Attribute, Schema } from '../attribute';
import { findAttribute, resolvePath } from '../attribute-path';
import type { ResourceType } from '../resource-type';
import { isAttributes, type Attributes, type Json, type Resource } from '../resource';
import { commonAttributes } from '../schemas/common';
import { parseAttributeList } from './attribute-list';

/** The query parameters of RFC 7644 §3.9: attribute names, separated by commas. */
export interface ProjectionQuery {
  readonly attributes?: string;
  readonly excludedAttributes?: string;
}

/** The attributes that a client requests. Without selections, the attributes that are returned by default. */
export interface Projection {
  readonly attributes?: Selection;
  readonly excludedAttributes?: Selection;
}

/** Selected parts by attribute key: `'all'`, or the names of sub-attributes. */
type Selection = ReadonlyMap<string, 'all' | Set<string>>;

/**
 * Parses `attributes` and `excludedAttributes`. Names may be in any case, with or without a URN, and with a
 * value filter, which has no effect; unknown names are ignored. If both parameters are given, which the RFC
 * does not define, the excluded attributes are removed from the requested ones.
 */
export function parseProjection(type: ResourceType, query: ProjectionQuery): Projection {
  const attributes = parseSelection(type, query.attributes);
  const excludedAttributes = parseSelection(type, query.excludedAttributes);
  return { ...(attributes && { attributes }), ...(excludedAttributes && { excludedAttributes }) };
}

/**
 * Returns whether the projection shows the attribute of the core schema. Otherwise, the store need not load
 * it.
 */
export function isReturned(type: ResourceType, projection: Projection, name: string): boolean {
  const attribute = findAttribute(type.schema.attributes, name);
  return attribute !== undefined && subAttributeFilter(attribute, keyOf(attribute), projection) !== undefined;
}

/** Returns whether the client has named the attribute of the core schema in `attributes`, and it is shown. */
export const isRequested = (type: ResourceType, projection: Projection, name: string): boolean =>
  projection.attributes !== undefined && isReturned(type, projection, name);

/**
 * Returns the resource with only the attributes that the client requested and may see. `id` and `schemas` are
 * always included. Attributes are in the order of their schemas, in whatever order the table returned them.
 */
export function project(type: ResourceType, resource: Resource, projection: Projection): Resource {
  const projected = {
    ...projectAttributes(commonAttributes, resource, projection),
    ...projectAttributes(type.schema.attributes, resource, projection),
  };
  for (const extension of type.extensions) {
    const attributes = resource[extension.id];
    if (!isAttributes(attributes)) continue;
    const part = projectAttributes(extension.attributes, attributes, projection, extension);
    if (Object.keys(part).length > 0) projected[extension.id] = part;
  }
  return projected as Resource;
}

/**
 * Projects some elements of an attribute of the core schema as `project` does, for a resource whose elements
 * do not fit into memory at once. Elements without any remaining part are omitted.
 */
export function projectElements(
  type: ResourceType,
  name: string,
  elements: readonly Json[],
  projection: Projection,
): Json[] {
  const attribute = findAttribute(type.schema.attributes, name);
  const isShown = attribute && subAttributeFilter(attribute, keyOf(attribute), projection);
  return attribute && isShown
    ? elements.flatMap((element) => projectParts(attribute, element, isShown) ?? [])
    : [];
}

const keyOf = (attribute: Attribute, extension?: Schema): string =>
  extension ? `${extension.id}:${attribute.name}` : attribute.name;

function parseSelection(type: ResourceType, names: string | undefined): Selection | undefined {
  if (names === undefined || names.trim() === '') return undefined;
  const selection = new Map<string, 'all' | Set<string>>();
  for (const name of parseAttributeList(names)) {
    const path = resolvePath(type, name);
    if (!path) continue;
    const { attribute, subAttribute, extension } = path;
    if (!attribute) {
      for (const each of (extension ?? type.schema).attributes) selection.set(keyOf(each, extension), 'all');
      continue;
    }
    const key = keyOf(attribute, extension);
    const before = selection.get(key);
    if (!subAttribute || before === 'all') selection.set(key, 'all');
    else selection.set(key, new Set([...(before ?? []), subAttribute.name]));
  }
  return selection;
}

function projectAttributes(
  definitions: readonly Attribute[],
  attributes: Attributes,
  projection: Projection,
  extension?: Schema,
): Attributes {
  const projected: Attributes = {};
  for (const attribute of definitions) {
    const value = Object.hasOwn(attributes, attribute.name) ? attributes[attribute.name] : undefined;
    const isShown =
      value !== undefined && subAttributeFilter(attribute, keyOf(attribute, extension), projection);
    if (!isShown) continue;
    const part = attribute.type === 'complex' ? projectParts(attribute, value, isShown) : value;
    if (part !== undefined) projected[attribute.name] = part;
  }
  return projected;
}

/** Returns whether a sub-attribute is shown. */
type SubAttributeFilter = (part: Attribute) => boolean;

/**
 * Returns which sub-attributes are shown, or undefined if the attribute is hidden (RFC 7643 §7, `returned`).
 */
function subAttributeFilter(
  attribute: Attribute,
  key: string,
  { attributes, excludedAttributes }: Projection,
): SubAttributeFilter | undefined {
  if (attribute.returned === 'never') return undefined;
  const requested = attributes?.get(key);
  const excluded = excludedAttributes?.get(key);
  if (attribute.returned !== 'always') {
    if (attributes ? requested === undefined : attribute.returned === 'request') return undefined;
    if (excluded === 'all') return undefined;
  }
  return ({ name, returned }) => {
    if (returned === 'never' || returned === 'always') return returned === 'always';
    if (excluded instanceof Set && excluded.has(name)) return false;
    return requested instanceof Set ? requested.has(name) : returned === 'default';
  };
}

/** Returns the shown parts of a value, or undefined if it had parts and none is shown. */
function projectParts(attribute: Attribute, value: Json, isShown: SubAttributeFilter): Json | undefined {
  if (!Array.isArray(value)) return isAttributes(value) ? partsOf(attribute, value, isShown) : undefined;
  const elements = value.flatMap((element) => projectParts(attribute, element, isShown) ?? []);
  return elements.length > 0 || value.length === 0 ? elements : undefined;
}

function partsOf(
  attribute: Attribute,
  value: Attributes,
  isShown: SubAttributeFilter,
): Attributes | undefined {
  const parts: Attributes = {};
  for (const part of attribute.subAttributes) {
    const each = value[part.name];
    if (each !== undefined && isShown(part)) parts[part.name] = each;
  }
  return Object.keys(parts).length > 0 ? parts : undefined;
}
