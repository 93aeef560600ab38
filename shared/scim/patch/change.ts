import type { Attribute } from '../attribute';
import type { Filter } from '../filter/ast';
import type { OnIgnored } from '../input/ignored';
import {
  arrayFromSingle,
  complexFromJsonText,
  complexFromText,
  listsElements,
  singleFromArray,
} from '../quirks';
import {
  checkElementCount,
  hasOnlyOtherParts,
  isEmptyElement,
  readComplex,
  readValue,
  unreadElements,
} from '../input/read-value';
import { isAttributes, isUnassigned, type Attributes, type Json } from '../resource';
import { elementFromFilter } from './element-from-filter';
import { addElements, readEmptyElements, removeElements, unsetPrimary } from './listed-elements';
import type { PatchOperation } from './parse';
import type { PatchRun } from './patch-run';

/** The part of the schema that the path of an operation names. */
export interface PatchTarget {
  readonly attribute: Attribute;
  readonly subAttribute?: Attribute;
  readonly filter?: Filter;
  /** The path as the client wrote it, for errors. */
  readonly text: string;
  readonly onIgnored?: OnIgnored;
  readonly run: PatchRun;
}

/**
 * Returns the attribute's value after the operation, or undefined if it has none. Does not change its
 * arguments.
 */
export function changeValue(
  target: PatchTarget,
  current: Json | undefined,
  operation: PatchOperation,
): Json | undefined {
  const { attribute, subAttribute, filter } = target;
  if (filter || (subAttribute && attribute.multiValued)) return changeElements(target, current, operation);
  if (subAttribute)
    return withRead(asAttributes(current), subAttribute, readPart(subAttribute, operation, target.text));
  return attribute.multiValued
    ? changeArray(target, current, operation)
    : changeSingle(target, current, operation);
}

/**
 * Changes a single-valued attribute. `add` equals `replace`; for a complex attribute, both change only the
 * sent parts.
 */
function changeSingle(
  target: PatchTarget,
  current: Json | undefined,
  { op, value }: PatchOperation,
): Json | undefined {
  if (op === 'remove' || isUnassigned(value)) return undefined;
  const { attribute, text } = target;
  return attribute.type === 'complex'
    ? mergeParts(asAttributes(current), readParts(target, value))
    : readValue(attribute, value, text);
}

function changeArray(
  { attribute, text, onIgnored, run }: PatchTarget,
  current: Json | undefined,
  { op, value }: PatchOperation,
): Json | undefined {
  const elements = (current ?? []) as Json[];
  if (op === 'replace') return readValue(attribute, value, text, onIgnored);
  if (op === 'remove' && !listsElements(value)) return undefined;
  const listed = (readValue(attribute, value, text, onIgnored) ?? []) as Json[];
  return op === 'add'
    ? addElements(attribute, elements, listed, text, run)
    : removeElements(attribute, elements, [...listed, ...readEmptyElements(attribute, value, text)], run);
}

/**
 * Changes the elements that the filter selects, or all elements. A single complex value counts as one
 * element.
 */
function changeElements(
  target: PatchTarget,
  current: Json | undefined,
  operation: PatchOperation,
): Json | undefined {
  const { attribute, filter, text, run } = target;
  const elements = current === undefined ? [] : arrayFromSingle(current).map(asAttributes);
  const selected = filter ? elements.map(run.elementTest(filter, attribute)) : elements.map(() => true);
  const change = elementChange(target, operation);
  const changed: Attributes[] = [];
  const recordChange = (element: Attributes | undefined): Attributes[] => {
    if (!element) return [];
    changed.push(element);
    return [element];
  };
  const after = selected.includes(true)
    ? elements.flatMap((element, at) => (selected[at] ? recordChange(change(element)) : [element]))
    : withElement(attribute, elements, recordChange(createElement(target, operation, change)));
  checkElementCount(after.length, text);
  const result = unsetPrimary(after, changed);
  return attribute.multiValued ? result : result[0];
}

/**
 * Adds the element that was created, if there is one. It takes the place of a single value that is identified
 * by its `value`, such as the manager. Any other single value stays as it is.
 */
function withElement(
  { multiValued, subAttributes }: Attribute,
  elements: readonly Attributes[],
  created: readonly Attributes[],
): Attributes[] {
  const isReplaced = !multiValued && created.length > 0 && subAttributes.some(({ name }) => name === 'value');
  return isReplaced ? [...created] : [...elements, ...created];
}

type ElementChange = (element: Attributes) => Attributes | undefined;

/**
 * Creates the element that the filter describes: Entra sends `add` and `replace` for elements that do not
 * exist yet.
 */
function createElement(
  { attribute, filter, text }: PatchTarget,
  operation: PatchOperation,
  change: ElementChange,
): Attributes | undefined {
  if (operation.op === 'remove' || isUnassigned(operation.value)) return undefined;
  const base = filter ? elementFromFilter(filter, attribute, text) : {};
  return base && change(base);
}

/** Returns the change of one element. The value of the operation is read once, for the first element. */
function elementChange(target: PatchTarget, operation: PatchOperation): ElementChange {
  const { attribute, subAttribute, filter, text } = target;
  const { op, value } = operation;
  if (subAttribute) {
    const read = once(() => readPart(subAttribute, operation, text));
    return (element) => withRead(element, subAttribute, read());
  }
  if (op === 'remove' || isUnassigned(value)) return (element) => (op === 'add' ? element : undefined);
  const parts = once(() => readParts(target, value));
  if (op === 'add') return (element) => mergeParts(element, parts());
  // The element still matches the filter, unless the value changes that.
  const described = once(() => (filter && elementFromFilter(filter, attribute)) ?? {});
  return (element) => {
    const { read, cleared } = parts();
    const isUnread = Object.keys(read).length === 0 && cleared.size === 0;
    if (isUnread && hasOnlyOtherParts(attribute, singleFromArray(value)))
      throw unreadElements(attribute, text);
    return mergeParts({ ...keptParts(element, { read, cleared }), ...described() }, { read, cleared });
  };
}

/**
 * Returns the parts that a replaced element keeps: its `value`, unless the value of the operation clears it.
 * An object without a value, such as `{"primary":true}`, replaces no other part either.
 */
function keptParts(element: Attributes, { read, cleared }: SentParts): Attributes {
  if (cleared.has('value')) return {};
  if (isEmptyElement(read)) return element;
  return element.value === undefined ? {} : { value: element.value };
}

/** Returns a function that calls `read` once and returns its result each time. */
function once<T>(read: () => T): () => T {
  let result: { readonly value: T } | undefined;
  return () => (result ??= { value: read() }).value;
}

/** The parts that a value sends, and the names of those that it sends without a value, in lower case. */
interface SentParts {
  readonly read: Attributes;
  readonly cleared: ReadonlySet<string>;
}

function readParts({ attribute, text, onIgnored }: PatchTarget, input: Json | undefined): SentParts {
  const value = complexFromText(attribute, singleFromArray(complexFromJsonText(attribute, input)));
  const read = readComplex(attribute, value, text, onIgnored) ?? {};
  return { read, cleared: clearedNames(value) };
}

/** Merges the sent parts into the current ones. A part that is sent without a value is removed. */
function mergeParts(current: Attributes, { read, cleared }: SentParts): Attributes | undefined {
  const merged = withoutStaleReference({ ...current, ...read }, current, read);
  if (cleared.size === 0) return undefinedIfEmpty(merged);
  const kept = Object.entries(merged).filter(
    ([name]) => Object.hasOwn(read, name) || !cleared.has(name.toLowerCase()),
  );
  return undefinedIfEmpty(Object.fromEntries(kept));
}

const clearedNames = (value: unknown): ReadonlySet<string> =>
  new Set(
    isAttributes(value)
      ? Object.keys(value)
          .filter((name) => isUnassigned(value[name]))
          .map((name) => name.toLowerCase())
      : [],
  );

const readPart = (part: Attribute, { op, value }: PatchOperation, text: string): Json | undefined =>
  op === 'remove' ? undefined : readValue(part, value, text);

function withRead(current: Attributes, part: Attribute, read: Json | undefined): Attributes | undefined {
  const changed = { ...current };
  if (read === undefined) delete changed[part.name];
  else changed[part.name] = read;
  return undefinedIfEmpty(withoutStaleReference(changed, current, { [part.name]: read ?? null }));
}

/**
 * Drops a `$ref` that was not sent, if it refers to the `value` before the change. Entra sends the manager
 * with or without one.
 */
function withoutStaleReference(changed: Attributes, before: Attributes, sent: Attributes): Attributes {
  const isStale = changed.$ref !== undefined && sent.$ref === undefined && changed.value !== before.value;
  if (!isStale || before.value === undefined) return changed;
  const { $ref: _, ...others } = changed;
  return others;
}

const undefinedIfEmpty = (value: Attributes): Attributes | undefined =>
  Object.keys(value).length === 0 ? undefined : value;

const asAttributes = (value: unknown): Attributes => (isAttributes(value) ? value : {});
