import type { Attribute, Schema } from './attribute';
import type { ResourceType } from './resource-type';
import { commonAttributes } from './schemas/common';

/** What an attribute path such as `name.givenName` or `urn:…:User:department` names in a resource type. */
export interface ResolvedPath {
  /** Undefined where the path is the URN of a schema alone, which names the whole of an extension. */
  readonly attribute?: Attribute;
  readonly subAttribute?: Attribute;
  /** Set where the attribute lies under the URN of an extension. */
  readonly extension?: Schema;
}

const ATTRIBUTE_NAME = /^(\$ref|[a-z][\w-]*)(?:\.(\$ref|[a-z][\w-]*))?$/i;

/** The definitions are constants, so that each list is indexed once; the elements of a large group are read with it. */
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
 * Whether the service keeps what a client writes to it. `schemas` follows from the data, and `password` is accepted and
 * dropped.
 */
export const isWritable = ({ name, mutability }: Attribute): boolean =>
  mutability !== 'readOnly' && mutability !== 'writeOnly' && name !== 'schemas';

/** Whether `path` is written as RFC 7644 §3.10 writes one: `[urn:]name[.sub]`, or the URN of a schema alone. */
export function isAttributePath(path: string): boolean {
  if (!/^urn:/i.test(path)) return ATTRIBUTE_NAME.test(path);
  return /^urn:[\w.:$-]*[\w-]$/i.test(path);
}

/**
 * Finds what `path` names: in any case, with the URN of a schema before it or without one. A URN holds dots and colons
 * itself, so the longest schema URN that the path begins with is taken off first. A bare name that the core schema does
 * not have is looked for in the extensions, as identity providers send it. Undefined where the type has no such attribute.
 */
export function resolvePath(type: ResourceType, path: string): ResolvedPath | undefined {
  const schemas = [type.schema, ...type.extensions].sort((a, b) => b.id.length - a.id.length);
  const lower = path.toLowerCase();
  for (const schema of schemas) {
    const urn = schema.id.toLowerCase();
    const extension = schema === type.schema ? undefined : schema;
    if (lower === urn) return { extension };
    if (lower.startsWith(`${urn}:`)) return resolveInSchema(schema, path.slice(urn.length + 1), extension);
  }
  const core = resolveInSchema(type.schema, path, undefined);
  if (core) return core;
  for (const extension of type.extensions) {
    const found = resolveInSchema(extension, path, extension);
    if (found) return found;
  }
  return undefined;
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
