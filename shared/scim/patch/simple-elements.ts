import type { Filter } from '../filter/ast';
import { checkElementCount, readValue } from '../input/read-value';
import { isUnassigned, type Json } from '../resource';
import { termsOfElement } from './element-from-filter';
import type { PatchOperation } from './parse';
import { reportUnknownTerm, type PatchTarget } from './target';

/**
 * Changes the elements of a simple multi-valued attribute that a filter selects: `tags[value eq "x"]`. In the
 * filter, `value` names the element itself. If it selects none, `add` and `replace` append the value, as they
 * create a complex element.
 */
export function changeSimpleElements(
  target: PatchTarget & { readonly filter: Filter },
  current: Json | undefined,
  { op, value }: PatchOperation,
): Json | undefined {
  const { attribute, filter, text, run } = target;
  const elements = (current ?? []) as Json[];
  const selected = elements.map(run.elementTest(filter, attribute));
  const isMissing = !selected.includes(true);
  if (op === 'remove' || isUnassigned(value)) {
    if (op === 'add' || isMissing) return current;
    return arrayOf(elements.filter((_, at) => !selected[at]));
  }
  if (isMissing && !termsOfElement(filter, attribute, text, reportUnknownTerm(target))) return current;
  const read = readValue({ ...attribute, multiValued: false }, value, text);
  if (read === undefined) return current;
  const after = isMissing
    ? [...elements, read]
    : elements.map((element, at) => (selected[at] ? read : element));
  checkElementCount(after.length, text);
  return after;
}

const arrayOf = (elements: Json[]): Json | undefined => (elements.length > 0 ? elements : undefined);
