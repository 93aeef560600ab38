import { findAttribute, isWritable, resolvePath } from '../attribute-path';
import type { Schema } from '../attribute';
import { ScimError } from '../error';
import { reportIgnored, type OnIgnored } from '../input/ignored';
import { readResource } from '../input/read-resource';
import type { ResourceType } from '../resource-type';
import { isAttributes, isUnassigned, type Attributes, type Json } from '../resource';
import { changeValue, type PatchTarget } from './change';
import type { PatchOperation } from './parse';

/**
 * The attributes after all operations (RFC 7644 §3.5.2), in order; `attributes` is left as it is, and a throw leaves nothing
 * half done. Throws 400 `invalidValue` for a value that does not fit or a required attribute that ends up without one
 * (`mutability` where an operation removes it), `noTarget` for a filter that selects nothing and describes no element to create.
 *
 * An operation on an attribute that the service lacks, or that a client cannot write (`id`, `meta`, `schemas`, `groups`,
 * `password`), changes nothing and is no error: it must not take the `active: false` beside it down. `members` are
 * no part of a group's attributes: see `splitMembership`.
 */
export function applyPatch(
  type: ResourceType,
  attributes: Attributes,
  operations: readonly PatchOperation[],
  onIgnored?: OnIgnored,
): Attributes {
  const patched = operations.reduce(
    (before, operation) => applyOperation(type, before, operation, onIgnored),
    attributes,
  );
  assertRequiredKept(type, patched, operations);
  return readResource(type, patched);
}

/** RFC 7644 §3.5.2.2 has an error of its own for a required attribute that is removed. */
function assertRequiredKept(
  type: ResourceType,
  after: Attributes,
  operations: readonly PatchOperation[],
): void {
  for (const { op, path } of operations) {
    if (op !== 'remove') continue;
    const { attribute, extension } = resolvePath(type, path.attributePath) ?? {};
    if (attribute?.required && !extension && after[attribute.name] === undefined) {
      throw ScimError.mutability(
        `${path.text} is required for a ${type.name} and cannot be removed. Replace it by another value.`,
      );
    }
  }
}

function applyOperation(
  type: ResourceType,
  attributes: Attributes,
  operation: PatchOperation,
  onIgnored?: OnIgnored,
): Attributes {
  const { path } = operation;
  const ignored = (): Attributes => {
    if (operation.op !== 'remove') reportIgnored(onIgnored, path.text, operation.value);
    return attributes;
  };
  const resolved = resolvePath(type, path.attributePath);
  if (!resolved) return ignored();
  const { attribute, extension } = resolved;
  if (!attribute)
    return extension ? applyToExtension(type, attributes, extension, operation, onIgnored) : attributes;
  if (!isWritable(attribute) || attribute.name === 'members') return attributes;
  // `emails.value[…]` and `emails[…].unknown` name nothing
  if (path.filter && (resolved.subAttribute || attribute.type !== 'complex')) return ignored();
  const subAttribute = path.subAttribute
    ? findAttribute(attribute.subAttributes, path.subAttribute)
    : resolved.subAttribute;
  if (path.subAttribute && !subAttribute) return ignored();
  if (subAttribute && !isWritable(subAttribute)) return attributes;

  const target: PatchTarget = { attribute, subAttribute, filter: path.filter, text: path.text, onIgnored };
  const container = extension ? ((attributes[extension.id] as Attributes | undefined) ?? {}) : attributes;
  const changed = withMember(
    container,
    attribute.name,
    changeValue(target, container[attribute.name], operation),
  );
  return extension ? withMember(attributes, extension.id, changed) : changed;
}

/** The URN of an extension as the path: its attributes one by one, or all of them. */
function applyToExtension(
  type: ResourceType,
  attributes: Attributes,
  { id }: Schema,
  operation: PatchOperation,
  onIgnored?: OnIgnored,
): Attributes {
  const { op, value } = operation;
  if (op === 'remove' || isUnassigned(value)) {
    return op === 'add' ? attributes : withMember(attributes, id, undefined);
  }
  if (!isAttributes(value)) return attributes;
  return Object.entries(value).reduce((before, [name, part]) => {
    const attributePath = `${id}:${name}`;
    const path = { text: attributePath, attributePath };
    return applyOperation(type, before, { ...operation, path, value: part }, onIgnored);
  }, attributes);
}

/** A copy in which `name` holds `value`, or is gone. `name` is the schema's spelling, never the client's. */
function withMember(attributes: Attributes, name: string, value: Json | undefined): Attributes {
  const { [name]: _, ...others } = attributes;
  return value === undefined ? others : { ...others, [name]: value };
}
