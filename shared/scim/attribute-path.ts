import type { Attribute, Schema } from './attribute';
import type { ResourceType } from './resource-type';
import { commonAttributes } from './schemas/common';

/**
 * The definition that an attribute path names in a resource type, e.g. `name.givenName` or
 * `urn:…:User:department`.
 */
export interface ResolvedPath {
  /** Undefined if the path is only the URN of a schema. The URN of an extension names the whole extension. */
  readonly attribute?: Attribute;
  readonly subAttribute?: Attribute;
  /** Set if the attribute belongs to an extension. */
  readonly extension?: Schema;
}

const ATTRIBUTE_NAME = /^(\$ref|[a-z][\w-]*)(?:\.(\$ref|[a-z][\w-]*))?$/i;

/** Attributes by name, indexed once per list: a large group looks up attributes for each of its members. */
const indexes = new WeakMap<readonly Attribute[], ReadonlyMap<string, Attribute>>();

/** Finds an attribute by its name, in any case (RFC 7643 §2.1). */
export function findAttribute(attributes: readonly Attribute[], name: string): Attribute | undefined {
  let index = indexes.get(attributes);
  if (!index) {
    index = new Map(attributes.map((attribute) => [attribute.name.toLowerCase(), attribute]));
    indexes.set(attributes, index);
  }
  return index.get(name.toLowerCase());
}

/**
 * Returns whether the service stores what a client writes to the attribute. `schemas` is derived from the
 * data, and `password` is accepted but never stored.
 */
export const isWritable = ({ name, mutability }: Attribute): boolean =>
  mutability !== 'readOnly' && mutability !== 'writeOnly' && name !== 'schemas';

/**
 * Returns whether `path` has the syntax of RFC 7644 §3.10: `[urn:]name[.sub]`, or only the URN of a schema.
 */
export function isAttributePath(path: string): boolean {
  if (!/^urn:/i.test(path)) return ATTRIBUTE_NAME.test(path);
  return /^urn:[\w.:$-]*[\w-]$/i.test(path);
}

/**
 * Finds the attribute that `path` names, in any case, with or without the URN of a schema. Returns undefined
 * if the type has no such attribute. A URN contains dots and colons itself, so the longest schema URN that
 * starts the path is removed first. A name without a URN is looked up in the core schema, then in the
 * extensions, as identity providers send it.
 */
export function resolvePath(type: ResourceType, path: string): ResolvedPath | undefined {
  const schemas = [type.schema, ...type.extensions].sort((a, b) => b.id.length - a.id.length);
  const lower = path.toLowerCase();
  for (const schema of schemas) {
    const extension = schema === type.schema ? undefined : schema;
    if (lower === schema.id.toLowerCase()) return { extension };
    const name = nameInSchema(path, schema.id);
    if (name !== undefined) return resolveInSchema(schema, name, extension);
  }
  const core = resolveInSchema(type.schema, path, undefined);
  if (core) return core;
  for (const extension of type.extensions) {
    const found = resolveInSchema(extension, path, extension);
    if (found) return found;
  }
  return undefined;
}

/**
 * Returns the part of a path after the URN of a schema, or undefined if the path does not start with the URN.
 * RFC 7644 §3.10 separates them by a colon. Some administrators type a dot in their attribute mappings.
 */
export function nameInSchema(path: string, urn: string): string | undefined {
  const separator = path.charAt(urn.length);
  const hasUrn = path.slice(0, urn.length).toLowerCase() === urn.toLowerCase();
  return hasUrn && (separator === ':' || separator === '.') ? path.slice(urn.length + 1) : undefined;
}

function resolveInSchema(
  schema: Schema,
  name: string,
  extension: Schema | undefined,
): ResolvedPath | undefined {
  const [, first, second] = ATTRIBUTE_NAME.exec(name) ?? [];
  if (!first) return undefined;
  const attribute =
    findAttribute(schema.attributes, first) ??
    (extension ? undefined : findAttribute(commonAttributes, first));
  if (!attribute || !second) return attribute && { attribute, extension };
  const subAttribute = findAttribute(attribute.subAttributes, second);
  return subAttribute && { attribute, subAttribute, extension };
}
