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

const ATTRIBUTE_NAME = /^(?:\$ref|[a-z][\w-]*)(?:\.(?:\$ref|[a-z][\w-]*))?$/i;
const IS_ASCII = /^\p{ASCII}*$/u;

/** Attributes by name, indexed once per list: a large group looks up attributes for each of its members. */
const indexes = new WeakMap<readonly Attribute[], ReadonlyMap<string, Attribute>>();

/** Finds an attribute by its name, in any case (RFC 7643 §2.1). */
export function findAttribute(attributes: readonly Attribute[], name: string): Attribute | undefined {
  let index = indexes.get(attributes);
  if (!index) {
    index = indexedByName(attributes.map((attribute) => [attribute.name, attribute]));
    indexes.set(attributes, index);
  }
  return findByName(index, name);
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

/** The paths of each resource type, indexed once, so that a lookup neither splits nor compares names. */
const pathIndexes = new WeakMap<ResourceType, ReadonlyMap<string, ResolvedPath>>();

/**
 * Finds the attribute that `path` names, in any case, with or without the URN of a schema. Returns undefined
 * if the type has no such attribute. A URN contains dots and colons itself, so the longest schema URN that
 * starts the path counts. A name without a URN is looked up in the core schema, then in the extensions, as
 * identity providers send it.
 */
export function resolvePath(type: ResourceType, path: string): ResolvedPath | undefined {
  let index = pathIndexes.get(type);
  if (!index) {
    index = pathIndexOf(type);
    pathIndexes.set(type, index);
  }
  return findByName(index, path);
}

/** Returns every path of a type. An earlier entry takes precedence over a later one with the same path. */
function pathIndexOf(type: ResourceType): ReadonlyMap<string, ResolvedPath> {
  const core = { id: type.schema.id, paths: pathsOf([...type.schema.attributes, ...commonAttributes]) };
  const extensions = type.extensions.map((extension) => ({
    id: extension.id,
    paths: pathsOf(extension.attributes, extension),
  }));
  const byLength = [core, ...extensions].sort((a, b) => b.id.length - a.id.length);
  return indexedByName<ResolvedPath>([
    [core.id, { extension: undefined }],
    ...type.extensions.map((extension): [string, ResolvedPath] => [extension.id, { extension }]),
    // RFC 7644 §3.10 separates a URN from a name by a colon. Some administrators type a dot.
    ...byLength.flatMap(({ id, paths }) =>
      paths.flatMap(([name, path]): [string, ResolvedPath][] => [
        [`${id}:${name}`, path],
        [`${id}.${name}`, path],
      ]),
    ),
    ...[core, ...extensions].flatMap(({ paths }) => paths),
  ]);
}

/** Returns each attribute and sub-attribute by its name without a URN. */
function pathsOf(attributes: readonly Attribute[], extension?: Schema): [string, ResolvedPath][] {
  return attributes.flatMap((attribute) => [
    [attribute.name, { attribute, extension }],
    ...attribute.subAttributes.map((subAttribute): [string, ResolvedPath] => [
      `${attribute.name}.${subAttribute.name}`,
      { attribute, subAttribute, extension },
    ]),
  ]);
}

/** Indexes values by their names as they are spelled and in lower case. The first value of a name counts. */
function indexedByName<T>(entries: readonly (readonly [name: string, value: T])[]): ReadonlyMap<string, T> {
  const index = new Map<string, T>();
  for (const [name, value] of entries) {
    const key = name.toLowerCase();
    if (index.has(key)) continue;
    // Most clients send the spelling of the schema, which then need not be converted.
    index.set(name, value).set(key, value);
  }
  return index;
}

/** Finds a value by a name in any case. Only ASCII letters have a case here: the Kelvin sign is not a `k`. */
function findByName<T>(index: ReadonlyMap<string, T>, name: string): T | undefined {
  const exact = index.get(name);
  if (exact !== undefined) return exact;
  const found = index.get(name.toLowerCase());
  return found !== undefined && IS_ASCII.test(name) ? found : undefined;
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
