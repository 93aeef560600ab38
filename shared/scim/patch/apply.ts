import { findAttribute, isWritable, resolvePath } from '../attribute-path';
import { ScimError } from '../error';
import { elementAttributes, hasElements } from '../filter/operand';
import { reportIgnored, unlessIgnored, type OnIgnored } from '../input/ignored';
import { checkRequired, checkSize, checkStepSize, fitsSize } from '../input/read-resource';
import { skipUnreadable, type Tolerance } from '../input/unreadable';
import type { ResourceType } from '../resource-type';
import { singleFromArray, structureFromText } from '../quirks';
import { isAttributes, isUnassigned, type Attributes } from '../resource';
import { changeValue } from './change';
import type { PatchOperation } from './parse';
import { comparisonsOf, PatchRun, tooMuchWork, type PatchLimits } from './patch-run';
import type { PatchTarget } from './target';
import { WorkingCopy } from './working-copy';

/**
 * Applies operations in order (RFC 7644 §3.5.2) and returns the new attributes. Does not change `attributes`.
 *
 * An operation on an unknown attribute, or on one that a client cannot write (`id`, `meta`, `schemas`,
 * `groups`, `password`), changes nothing and is not an error: it must not block an `active: false` in the
 * same request. So does a value that its attribute ignores. `members` is not one of a group's attributes: see
 * `splitMembership`.
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
  const copy = new WorkingCopy(attributes);
  if (tolerance) return applyTolerantly(type, copy, operations, tolerance, run);
  spendEach(type, operations, run, copy, (operation) => {
    for (const part of partsOf(type, operation)) applyOperation(type, copy, part, { run, onIgnored });
    return copy;
  });
  assertRequiredKept(type, copy.attributes, operations);
  return finished(type, copy);
}

export interface PatchOptions extends PatchLimits {
  readonly onIgnored?: OnIgnored;
  readonly tolerance?: Tolerance;
}

interface Context {
  readonly run: PatchRun;
  readonly onIgnored?: OnIgnored;
}

function applyTolerantly(
  type: ResourceType,
  attributes: WorkingCopy,
  operations: readonly PatchOperation[],
  tolerance: Tolerance,
  run: PatchRun,
): Attributes {
  const repeat = run.work.checkpoint();
  const patched = applyReadable(type, attributes, operations, tolerance, run);
  if (fitsSize(patched.attributes)) return finished(type, patched);
  // The size of each step costs much to compute, so only a PATCH that is too large pays for it.
  const check: Tolerance['check'] = (after, before) => {
    checkStepSize(after);
    tolerance.check(after, before);
  };
  repeat();
  return finished(type, applyReadable(type, attributes, operations, { ...tolerance, check }, run));
}

/** Applies each operation to a copy of its own, which is dropped if the operation must be skipped. */
function applyReadable(
  type: ResourceType,
  attributes: WorkingCopy,
  operations: readonly PatchOperation[],
  { onUnreadable, check }: Tolerance,
  run: PatchRun,
): WorkingCopy {
  const apply = (before: WorkingCopy, operation: PatchOperation): WorkingCopy =>
    skipUnreadable(onUnreadable, operation.path.text, before, () => {
      const after = before.copy();
      applyOperation(type, after, operation, { run });
      assertRequiredKept(type, after.attributes, [operation]);
      checkRequired(type, after.attributes);
      check(after.attributes, before.attributes);
      return after;
    });
  return spendEach(type, operations, run, attributes, (operation, before) =>
    skipUnreadable(onUnreadable, operation.path.text, [], () => partsOf(type, operation)).reduce(
      apply,
      before,
    ),
  );
}

/** Calls `apply` for each operation with the result of the one before, after counting its comparisons. */
function spendEach(
  type: ResourceType,
  operations: readonly PatchOperation[],
  run: PatchRun,
  copy: WorkingCopy,
  apply: (operation: PatchOperation, before: WorkingCopy) => WorkingCopy,
): WorkingCopy {
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
    return apply(operation, before);
  }, copy);
}

/** Returns the attributes after all operations. The other attributes were checked when they were stored. */
function finished(type: ResourceType, copy: WorkingCopy): Attributes {
  copy.readTouched();
  checkRequired(type, copy.attributes);
  checkSize(copy.attributes);
  return copy.attributes;
}

/** Returns the comparisons that an operation counts as. */
function workOf(type: ResourceType, copy: WorkingCopy, operation: PatchOperation): number {
  const { attribute, extension } = resolvePath(type, operation.path.attributePath) ?? {};
  return comparisonsOf(attribute, attribute && copy.get({ attribute, extension }), operation);
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

/**
 * Splits an operation whose path is the URN of an extension into one for each attribute of its value. Other
 * operations stay as they are. Throws `invalidSyntax` if the value is text that nests too many levels.
 */
function partsOf(type: ResourceType, operation: PatchOperation): readonly PatchOperation[] {
  const { op, path } = operation;
  if (op === 'remove' || isUnassigned(operation.value)) return [operation];
  const resolved = resolvePath(type, path.attributePath);
  if (!resolved?.extension || resolved.attribute) return [operation];
  const { id } = resolved.extension;
  const value = singleFromArray(structureFromText(operation.value));
  if (isUnassigned(value)) return [{ ...operation, value: null }];
  if (!isAttributes(value)) return [operation];
  return Object.entries(value).map(([name, part]) => {
    const attributePath = `${id}:${name}`;
    return { ...operation, path: { text: attributePath, attributePath }, value: part };
  });
}

function applyOperation(
  type: ResourceType,
  copy: WorkingCopy,
  operation: PatchOperation,
  { run, onIgnored }: Context,
): void {
  const { op, path, value } = operation;
  const ignore = (): void => {
    if (op !== 'remove') reportIgnored(onIgnored, path.text, value);
  };
  const resolved = resolvePath(type, path.attributePath);
  if (!resolved) return ignore();
  const { attribute, extension } = resolved;
  if (!attribute) {
    // The URN of a schema without an object as value.
    if (extension && (op === 'remove' || (op === 'replace' && isUnassigned(value))))
      return copy.removeExtension(extension);
    return ignore();
  }
  if (!isWritable(attribute) || attribute.name === 'members') return;
  // `emails.value[…]` and `title[…]` name no attribute.
  if (path.filter && (resolved.subAttribute || !hasElements(attribute))) return ignore();
  const subAttribute = path.subAttribute
    ? findAttribute(elementAttributes(attribute), path.subAttribute)
    : resolved.subAttribute;
  if (path.subAttribute && !subAttribute) return ignore();
  if (subAttribute && !isWritable(subAttribute)) return;

  const { filter, text } = path;
  const target: PatchTarget = { attribute, subAttribute, filter, text, onIgnored, run };
  const position = { attribute, extension };
  const name = extension ? `${extension.id}:${attribute.name}` : attribute.name;
  unlessIgnored(onIgnored, name, undefined, () =>
    copy.set(position, changeValue(target, copy.get(position), operation)),
  );
}
