import type { Attribute } from '../attribute';
import type { Filter } from '../filter/ast';
import { compileElementFilter } from '../filter/match';
import type { OnIgnored } from '../input/ignored';
import { arrayFromSingle, complexFromText, listsElements, singleFromArray } from '../quirks';
import { checkElementCount, readComplex, readValue } from '../input/read-value';
import { isAttributes, isUnassigned, type Attributes, type Json } from '../resource';
import { elementFromFilter } from './element-from-filter';
import { addElements, removeElements, unsetPrimary } from './elements';
import type { PatchOperation } from './parse';

/** What the path of an operation names, found in the schema. */
export interface PatchTarget {
  readonly attribute: Attribute;
  readonly subAttribute?: Attribute;
  readonly filter?: Filter;
  /** The path as it was written, for errors. */
  readonly text: string;
  readonly onIgnored?: OnIgnored;
}

/** The value of the target's attribute after the operation; undefined where it ends up without one. Changes no argument. */
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

/** `add` on an attribute with one value replaces it; of a complex one, both change only the parts that are sent. */
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

/** Elements that the filter selects, or all of them; a single complex value counts as one element. */
function changeElements(
  target: PatchTarget,
  current: Json | undefined,
  operation: PatchOperation,
): Json | undefined {
  const { attribute, filter, text } = target;
  const elements = current === undefined ? [] : arrayFromSingle(current).map(asAttributes);
  const selects = filter ? compileElementFilter(filter, attribute) : () => true;
  const touched: Attributes[] = [];
  const touch = (element: Attributes | undefined): Attributes[] => {
    if (!element) return [];
    touched.push(element);
    return [element];
  };
  const changed = elements.some(selects)
    ? elements.flatMap((element) =>
        selects(element) ? touch(changeElement(target, element, operation)) : [element],
      )
    : [...elements, ...touch(createElement(target, operation))];
  checkElementCount(changed.length, text);
  const result = unsetPrimary(changed, touched);
  return attribute.multiValued ? result : result[0];
}

/** Entra adds to elements that are not there, and expects them to come into being, on `replace` too. */
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
  // what the filter says of the element stays true unless the value says otherwise
  const base = (filter && elementFromFilter(filter, attribute)) ?? {};
  return withParts(target, base, value);
}

/** The parts that are sent laid over the others; a part that is sent without a value goes. */
function withParts(
  { attribute, text, onIgnored }: PatchTarget,
  current: Attributes,
  sent: Json | undefined,
): Attributes | undefined {
  const value = complexFromText(attribute, singleFromArray(sent));
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
