import { findAttribute, isWritable, resolvePath } from '../attribute-path';
import type { Schema } from '../attribute';
import { ScimError } from '../error';
import { reportIgnored, type OnIgnored } from '../input/ignored';
import { checkRequired, checkSize, fitsSize, readResource } from '../input/read-resource';
import { skipUnreadable, type Tolerance } from '../input/unreadable';
import type { ResourceType } from '../resource-type';
import { isAttributes, isUnassigned, type Attributes, type Json } from '../resource';
import { changeValue, type PatchTarget } from './change';
import type { PatchOperation } from './parse';
import { comparisonsOf, PatchRun, tooMuchWork, type PatchLimits } from './patch-run';

/**
 * Applies operations in order (RFC 7644 §3.5.2) and returns the new attributes. Does not change `attributes`.
 *
 * An operation on an unknown attribute, or on one that a client cannot write (`id`, `meta`, `schemas`,
 * `groups`, `password`), changes nothing and is not an error: it must not block an `active: false` in the
 * same request. `members` is not one of a group's attributes: see `splitMembership`.
 *
 * Throws 400 `invalidValue` if a value does not fit or a required attribute has no value at the end,
 * `mutability` if an operation removed that attribute, and `noTarget` if a filter matches no element and does
 * not describe one to create.
 *
 * With `tolerance`, each operation that would throw one of these errors, or that its `check` refuses, is
 * skipped instead.
 *
 * Throws `tooMany` if the operations need more comparisons than `limits.work` allows, whatever the tolerance.
 */
export function applyPatch(
  type: ResourceType,
  attributes: Attributes,
  operations: readonly PatchOperation[],
  { onIgnored, tolerance, ...limits }: PatchOptions = {},
): Attributes {
  const run = new PatchRun(limits);
  if (tolerance) return applyTolerantly(type, attributes, operations, tolerance, run);
  const patched = applyAll(type, attributes, operations, { onIgnored, run });
  assertRequiredKept(type, patched, operations);
  return readResource(type, patched);
}

export interface PatchOptions extends PatchLimits {
  readonly onIgnored?: OnIgnored;
  readonly tolerance?: Tolerance;
}

interface Context {
  readonly run: PatchRun;
  readonly onIgnored?: OnIgnored;
  readonly tolerance?: Tolerance;
}

function applyTolerantly(
  type: ResourceType,
  attributes: Attributes,
  operations: readonly PatchOperation[],
  tolerance: Tolerance,
  run: PatchRun,
): Attributes {
  const repeat = run.work.checkpoint();
  const patched = applyAll(type, attributes, operations, { tolerance, run });
  if (fitsSize(patched)) return readResource(type, patched);
  // The size of each step costs much to compute, so only a PATCH that is too large pays for it.
  const check: Tolerance['check'] = (after, before) => {
    checkSize(after);
    tolerance.check(after, before);
  };
  repeat();
  const applied = applyAll(type, attributes, operations, { tolerance: { ...tolerance, check }, run });
  return readResource(type, applied);
}

function applyAll(
  type: ResourceType,
  attributes: Attributes,
  operations: readonly PatchOperation[],
  context: Context,
): Attributes {
  const { run } = context;
  return operations.reduce((before, operation, index) => {
    run.checkTime();
    const { used } = run.work;
    run.work.spend(workOf(type, before, operation));
    if (run.work.isExhausted) {
      const needed = operations
        .slice(index)
        .reduce((sum, remaining) => sum + workOf(type, before, remaining), used);
      throw tooMuchWork(needed, run.work);
    }
    return applyOperation(type, before, operation, context);
  }, attributes);
}

/** Returns the comparisons that an operation counts as. */
function workOf(type: ResourceType, attributes: Attributes, operation: PatchOperation): number {
  const { attribute, extension } = resolvePath(type, operation.path.attributePath) ?? {};
  const container = extension ? attributes[extension.id] : attributes;
  const current = attribute && isAttributes(container) ? container[attribute.name] : undefined;
  return comparisonsOf(current, operation);
}

/** Throws `mutability` if a required attribute was removed, as RFC 7644 §3.5.2.2 requires. */
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
        `${path.text} cannot be removed because it is required for a ${type.name}. ` +
          'Replace it with another value.',
      );
    }
  }
}

function applyOperation(
  type: ResourceType,
  attributes: Attributes,
  operation: PatchOperation,
  context: Context,
): Attributes {
  const { tolerance } = context;
  return skipUnreadable(tolerance?.onUnreadable, operation.path.text, attributes, () => {
    const after = applyStrictly(type, attributes, operation, context);
    if (!tolerance) return after;
    assertRequiredKept(type, after, [operation]);
    checkRequired(type, after);
    tolerance.check(after, attributes);
    return after;
  });
}

function applyStrictly(
  type: ResourceType,
  attributes: Attributes,
  operation: PatchOperation,
  context: Context,
): Attributes {
  const { path } = operation;
  const { run, onIgnored } = context;
  const ignore = (): Attributes => {
    if (operation.op !== 'remove') reportIgnored(onIgnored, path.text, operation.value);
    return attributes;
  };
  const resolved = resolvePath(type, path.attributePath);
  if (!resolved) return ignore();
  const { attribute, extension } = resolved;
  if (!attribute)
    return extension ? applyToExtension(type, attributes, extension, operation, context) : attributes;
  if (!isWritable(attribute) || attribute.name === 'members') return attributes;
  // `emails.value[…]` and `title[…]` name no attribute.
  if (path.filter && (resolved.subAttribute || attribute.type !== 'complex')) return ignore();
  const subAttribute = path.subAttribute
    ? findAttribute(attribute.subAttributes, path.subAttribute)
    : resolved.subAttribute;
  if (path.subAttribute && !subAttribute) return ignore();
  if (subAttribute && !isWritable(subAttribute)) return attributes;

  const { filter, text } = path;
  const target: PatchTarget = { attribute, subAttribute, filter, text, onIgnored, run };
  const container = extension ? ((attributes[extension.id] as Attributes | undefined) ?? {}) : attributes;
  const changed = withMember(
    container,
    attribute.name,
    changeValue(target, container[attribute.name], operation),
  );
  return extension ? withMember(attributes, extension.id, changed) : changed;
}

/**
 * Applies an operation whose path is the URN of an extension: attribute by attribute, or to the whole
 * extension.
 */
function applyToExtension(
  type: ResourceType,
  attributes: Attributes,
  { id }: Schema,
  operation: PatchOperation,
  context: Context,
): Attributes {
  const { op, value } = operation;
  if (op === 'remove' || isUnassigned(value)) {
    return op === 'add' ? attributes : withMember(attributes, id, undefined);
  }
  if (!isAttributes(value)) return attributes;
  return Object.entries(value).reduce((before, [name, part]) => {
    const attributePath = `${id}:${name}`;
    const path = { text: attributePath, attributePath };
    return applyOperation(type, before, { ...operation, path, value: part }, context);
  }, attributes);
}

/**
 * Returns a copy in which `name` has `value`, or is removed. `name` comes from the schema, never from the
 * client.
 */
function withMember(attributes: Attributes, name: string, value: Json | undefined): Attributes {
  const { [name]: _, ...others } = attributes;
  return value === undefined ? others : { ...others, [name]: value };
}
