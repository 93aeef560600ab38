import type { Attribute } from '../attribute';
import { ScimError } from '../error';
import { isAttributes, isUnassigned, type Attributes, type Json } from '../resource';
import type { ResourceType } from '../resource-type';
import { FoldCache } from '../text/fold-cache';
import { weightOf, type WorkBudget } from '../work';
import type { ComparisonOperator, ComparisonValue, Filter } from './ast';
import { compileComparison } from './comparison';
import {
  comparedOperand,
  compileSome,
  elementScope,
  hasElements,
  resourceScope,
  type Operand,
  type Scope,
} from './operand';

/**
 * The result of a test. Undefined if it depends on an attribute that the type does not have, which matches
 * nothing (RFC 7644 §3.4.2.1). Its negation is undefined too: a misspelled name with `not` or `ne` must not
 * return every user.
 */
type Verdict = boolean | undefined;
type Test = (subject: Json) => Verdict;

const unknown: Test = () => undefined;

/**
 * Compiles a filter into a test of resources of `type`, whose attributes have the names that the schema
 * defines. Throws `invalidFilter` if an operator or a value does not fit the type of its attribute.
 *
 * A comparison with a multi-valued attribute holds if it holds for any element (RFC 7644 §3.4.2.2). So
 * `emails.type ne "work"` matches a user with any email of another type; `not (emails.type eq "work")`
 * matches a user without a work email. If the attribute is unassigned, `ne` holds. `eq null` and `eq ""`
 * equal `not (… pr)`, and `ne null` equals `pr`.
 *
 * Each comparison is counted in `work`. The caller stops when it is exhausted.
 */
export function compileFilter(
  filter: Filter,
  type: ResourceType,
  work?: WorkBudget,
): (resource: Attributes) => boolean {
  const folds = new FoldCache();
  const test = compile(filter, { scope: resourceScope(type), fold: folds.fold, work });
  return (resource) => {
    folds.clear();
    return test(resource) === true;
  };
}

/**
 * Compiles the filter in the brackets of a value path into a test of one element of `attribute`. A simple
 * element counts as its own `value`. `fold` folds the values. Throws `invalidFilter` as `compileFilter` does.
 */
export function compileElementFilter(
  filter: Filter,
  attribute: Attribute,
  fold?: (text: string) => string,
): (element: Json) => boolean {
  const test = compile(filter, { scope: elementScope(attribute), fold });
  return (element) => test(element) === true;
}

interface Context {
  readonly scope: Scope;
  readonly fold?: (text: string) => string;
  readonly work?: WorkBudget;
}

function compile(filter: Filter, context: Context): Test {
  switch (filter.kind) {
    case 'and':
      return all(filter.operands.map((operand) => compile(operand, context)));
    case 'or':
      return any(filter.operands.map((operand) => compile(operand, context)));
    case 'not':
      return not(compile(filter.operand, context));
    case 'present':
      return present(filter.path, context);
    case 'comparison':
      return comparison(filter.path, filter.operator, filter.value, context);
    case 'valuePath':
      return valuePath(filter.path, filter.filter, context);
  }
}

function present(path: string, { scope, work }: Context): Test {
  const operand = scope(path);
  if (!operand) return unknown;
  return compileSome(operand, (value) => {
    work?.spend(1);
    return isPresent(value);
  });
}

/** Returns whether a value is present. An object is present if any of its members is (RFC 7644 §3.4.2.2). */
function isPresent(value: Json | undefined): boolean {
  if (isUnassigned(value)) return false;
  return isAttributes(value) ? Object.values(value).some(isPresent) : true;
}

function comparison(
  path: string,
  operator: ComparisonOperator,
  value: ComparisonValue,
  context: Context,
): Test {
  if (value === null || value === '') {
    if (operator === 'eq') return not(present(path, context));
    if (operator === 'ne') return present(path, context);
  }
  const { scope, fold, work } = context;
  const operand = scope(path);
  if (!operand) return unknown;
  const compared = comparedOperand(operand);
  const plain = compared.plain ?? ((text) => text);
  const expected = typeof value === 'string' ? plain(value) : value;
  const compare = compileComparison(compared.attribute, path, operator, expected, fold);
  return compileSome(compared, (actual) => {
    work?.spend(weightOf(actual));
    return compare(typeof actual === 'string' ? plain(actual) : actual);
  });
}

/** Compiles a value path, which holds if one element matches the whole filter. */
function valuePath(path: string, filter: Filter, context: Context): Test {
  const operand = context.scope(path);
  if (!operand) return unknown;
  const { attribute } = operand;
  if (!hasElements(attribute)) {
    throw ScimError.invalidFilter(
      `The filter cannot use brackets after ${path} because it has no sub-attributes. ` +
        `Compare ${path} itself.`,
    );
  }
  const scope = elementScope(attribute);
  // Without elements, the filter does not match. It stays undefined if it depends on an unknown
  // sub-attribute.
  const withoutElements = compile(filter, { scope })({}) === undefined ? undefined : false;
  const element = compile(filter, { ...context, scope });
  return (subject) => anyElement(operand, subject, element, withoutElements);
}

const not =
  (test: Test): Test =>
  (subject) => {
    const verdict = test(subject);
    return verdict === undefined ? undefined : !verdict;
  };

/** Holds if all tests hold. One that does not hold decides, even if another one is undefined. */
const all =
  (tests: readonly Test[]): Test =>
  (subject) => {
    let result: Verdict = true;
    for (const test of tests) {
      const verdict = test(subject);
      if (verdict === false) return false;
      if (verdict === undefined) result = undefined;
    }
    return result;
  };

/** Holds if one test holds, even if another one is undefined. */
const any =
  (tests: readonly Test[]): Test =>
  (subject) => {
    let result: Verdict = false;
    for (const test of tests) {
      const verdict = test(subject);
      if (verdict === true) return true;
      if (verdict === undefined) result = undefined;
    }
    return result;
  };

/** Holds if the test of one element holds. `last` is the verdict if none is true or undefined. */
function anyElement({ elements }: Operand, subject: Json, test: Test, last: Verdict): Verdict {
  const value = elements(subject);
  let result = last;
  for (const element of value === undefined ? [] : Array.isArray(value) ? value : [value]) {
    const verdict = test(element);
    if (verdict === true) return true;
    if (verdict === undefined) result = undefined;
  }
  return result;
}
