import type { Attribute } from '../attribute';
import { ScimError } from '../error';
import { isAttributes, isUnassigned, type Attributes, type Json } from '../resource';
import type { ResourceType } from '../resource-type';
import type { ComparisonOperator, ComparisonValue, Filter } from './ast';
import { compileComparison } from './comparison';
import { comparedOperand, elementScope, hasElements, resourceScope, type Scope } from './operand';

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
 */
export function compileFilter(filter: Filter, type: ResourceType): (resource: Attributes) => boolean {
  const test = compile(filter, resourceScope(type));
  return (resource) => test(resource) === true;
}

/**
 * Compiles the filter in the brackets of a value path into a test of one element of `attribute`. A simple
 * element counts as its own `value`. Throws `invalidFilter` as `compileFilter` does.
 */
export function compileElementFilter(filter: Filter, attribute: Attribute): (element: Json) => boolean {
  const test = compile(filter, elementScope(attribute));
  return (element) => test(element) === true;
}

function compile(filter: Filter, scope: Scope): Test {
  switch (filter.kind) {
    case 'and':
      return all(filter.operands.map((operand) => compile(operand, scope)));
    case 'or':
      return any(filter.operands.map((operand) => compile(operand, scope)));
    case 'not':
      return not(compile(filter.operand, scope));
    case 'present':
      return present(filter.path, scope);
    case 'comparison':
      return comparison(filter.path, filter.operator, filter.value, scope);
    case 'valuePath':
      return valuePath(filter.path, filter.filter, scope);
  }
}

function present(path: string, scope: Scope): Test {
  const operand = scope(path);
  return operand ? (subject) => operand.read(subject).some(isPresent) : unknown;
}

/** Returns whether a value is present. An object is present if any of its members is (RFC 7644 §3.4.2.2). */
function isPresent(value: Json | undefined): boolean {
  if (isUnassigned(value)) return false;
  return isAttributes(value) ? Object.values(value).some(isPresent) : true;
}

function comparison(path: string, operator: ComparisonOperator, value: ComparisonValue, scope: Scope): Test {
  if (value === null || value === '') {
    if (operator === 'eq') return not(present(path, scope));
    if (operator === 'ne') return present(path, scope);
  }
  const operand = scope(path);
  if (!operand) return unknown;
  const { attribute, read } = comparedOperand(operand);
  const holds = compileComparison(attribute, path, operator, value);
  return (subject) => {
    const values = read(subject);
    return values.length === 0 ? holds(undefined) : values.some(holds);
  };
}

/** Compiles a value path, which holds if one element matches the whole filter. */
function valuePath(path: string, filter: Filter, scope: Scope): Test {
  const operand = scope(path);
  if (!operand) return unknown;
  const { attribute, read } = operand;
  if (!hasElements(attribute)) {
    throw ScimError.invalidFilter(
      `The filter cannot use brackets after ${path} because it has no sub-attributes. ` +
        `Compare ${path} itself.`,
    );
  }
  const element = compile(filter, elementScope(attribute));
  // Without elements, the filter does not match. It stays undefined if it depends on an unknown
  // sub-attribute.
  const withoutElements = element({}) === undefined ? undefined : false;
  return (subject) => {
    const verdicts = read(subject).map((item) => element(item ?? null));
    return anyVerdict([...verdicts, withoutElements]);
  };
}

const not =
  (test: Test): Test =>
  (subject) => {
    const verdict = test(subject);
    return verdict === undefined ? undefined : !verdict;
  };

/** Holds if all tests hold, by De Morgan's law. */
const all = (tests: readonly Test[]): Test => not(any(tests.map(not)));

const any =
  (tests: readonly Test[]): Test =>
  (subject) =>
    anyVerdict(tests.map((test) => test(subject)));

function anyVerdict(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes(true)) return true;
  return verdicts.includes(undefined) ? undefined : false;
}
