import type { Attribute } from '../attribute';
import type { Filter } from '../filter/ast';
import { compileElementFilter } from '../filter/match';
import type { OnIgnored } from '../input/ignored';
import { arrayFromSingle, complexFromText, listsElements, singleFromArray } from '../quirks';
import { checkElementCount, readComplex, readValue } from '../input/read-value';
import { isAttributes, isUnassigned, type Attributes, type Json } from '../resource';
import { elementFromFilter } from './element-from-filter';
import { addElements, removeElements, unsetPrimary } from './listed-elements';
import type { PatchOperation } from './parse';

/** The part of the schema that the path of an operation names. */
export interface PatchTarget {
  readonly attribute: Attribute;
  readonly subAttribute?: Attribute;
  readonly filter?: Filter;
  /** The path as the client wrote it, for errors. */
  readonly text: string;
  readonly onIgnored?: OnIgnored;
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
  if (subAttribute) return withPart(asAttributes(current), subAttribute, operation, target.text);
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
    ? withParts(target, asAttributes(current), value)
    : readValue(attribute, value, text);
}

function changeArray(
  { attribute, text, onIgnored }: PatchTarget,
  current: Json | undefined,
  { op, value }: PatchOperation,
): Json | undefined {
  const elements = (current ?? []) as Json[];
  if (op === 'replace') return readValue(attribute, value, text, onIgnored);
  if (op === 'remove' && !listsElements(value)) return undefined;
  const listed = (readValue(attribute, value, text, onIgnored) ?? []) as Json[];
  return op === 'add'
    ? addElements(attribute, elements, listed, text)
    : removeElements(attribute, elements, listed);
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
  const { attribute, filter, text } = target;
  const elements = current === undefined ? [] : arrayFromSingle(current).map(asAttributes);
  const selects = filter ? compileElementFilter(filter, attribute) : () => true;
  const changed: Attributes[] = [];
  const recordChange = (element: Attributes | undefined): Attributes[] => {
    if (!element) return [];
    changed.push(element);
    return [element];
  };
  const after = elements.some(selects)
    ? elements.flatMap((element) =>
        selects(element) ? recordChange(changeElement(target, element, operation)) : [element],
      )
    : [...elements, ...recordChange(createElement(target, operation))];
  checkElementCount(after.length, text);
  const result = unsetPrimary(after, changed);
  return attribute.multiValued ? result : result[0];
}

/**
 * Creates the element that the filter describes: Entra sends `add` and `replace` for elements that do not
 * exist yet.
 */
function createElement(target: PatchTarget, operation: PatchOperation): Attributes | undefined {
  const { attribute, filter, text } = target;
  if (operation.op === 'remove' || isUnassigned(operation.value)) return undefined;
  const base = filter ? elementFromFilter(filter, attribute, text) : {};
  return base && changeElement(target, base, operation);
}

function changeElement(
  target: PatchTarget,
  element: Attributes,
  operation: PatchOperation,
): Attributes | undefined {
  const { attribute, subAttribute, filter, text } = target;
  if (subAttribute) return withPart(element, subAttribute, operation, text);
  const { op, value } = operation;
  if (op === 'remove' || isUnassigned(value)) return op === 'add' ? element : undefined;
  if (op === 'add') return withParts(target, element, value);
  // The element still matches the filter, unless the value changes that.
  const base = (filter && elementFromFilter(filter, attribute)) ?? {};
  return withParts(target, base, value);
}

/** Merges the sent parts into the current ones. A part that is sent without a value is removed. */
function withParts(
  { attribute, text, onIgnored }: PatchTarget,
  current: Attributes,
  input: Json | undefined,
): Attributes | undefined {
  const value = complexFromText(attribute, singleFromArray(input));
  const read = readComplex(attribute, value, text, onIgnored) ?? {};
  const cleared = clearedNames(value);
  const kept = Object.entries(current).filter(([name]) => !cleared.has(name.toLowerCase()));
  return undefinedIfEmpty({ ...Object.fromEntries(kept), ...read });
}

const clearedNames = (value: unknown): ReadonlySet<string> =>
  new Set(
    isAttributes(value)
      ? Object.keys(value)
          .filter((name) => isUnassigned(value[name]))
          .map((name) => name.toLowerCase())
      : [],
  );

function withPart(
  current: Attributes,
  part: Attribute,
  { op, value }: PatchOperation,
  text: string,
): Attributes | undefined {
  const { [part.name]: _, ...others } = current;
  const read = op === 'remove' ? undefined : readValue(part, value, text);
  return undefinedIfEmpty(read === undefined ? others : { ...others, [part.name]: read });
}

const undefinedIfEmpty = (value: Attributes): Attributes | undefined =>
  Object.keys(value).length === 0 ? undefined : value;

const asAttributes = (value: unknown): Attributes => (isAttributes(value) ? value : {});
