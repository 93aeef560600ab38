import type { Attribute } from '../attribute';
import { ScimError } from '../error';
import { isAttributes, isUnassigned, type Attributes, type Json } from '../resource';
import type { ResourceType } from '../resource-type';
import type { ComparisonOperator, ComparisonValue, Filter } from './ast';
import { compileComparison } from './comparison';
import { comparedOperand, elementScope, hasElements, resourceScope, type Scope } from './operand';

/**
 * Undefined where it hangs on an attribute that the type does not have (RFC 7644 §3.4.2.1 treats it as without a match).
 * Its negation is undefined too: a misspelt name behind `not` or `ne` must not return everybody.
 */
type Verdict = boolean | undefined;
type Test = (subject: Json) => Verdict;

const unknown: Test = () => undefined;

/**
 * Makes a test of resources of `type` out of a filter. Throws `invalidFilter` where an operator or a value does not suit
 * the type of its attribute. A resource is spelled as its schema spells it.
 *
 * A plain comparison with a multi-valued attribute holds if it holds for any element (RFC 7644 §3.4.2.2), `ne` likewise:
 * `emails.type ne "work"` asks for an element that is not of type work, not for the lack of such an element, which is
 * `not (emails.type eq "work")`. Where the attribute is unassigned, `ne` holds. `eq null` and `eq ""` are the same as
 * `not (… pr)`, `ne null` as `pr`.
 */
export function compileFilter(filter: Filter, type: ResourceType): (resource: Attributes) => boolean {
  const test = compile(filter, resourceScope(type));
  return (resource) => test(resource) === true;
}

/**
 * Makes a test of one element of `attribute` out of what stands in the brackets of a value path; an element that is a bare
 * value counts as its own `value`. Throws `invalidFilter` as `compileFilter` does.
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

/** RFC 7644 §3.4.2.2: an object is present where any of its members is. */
function isPresent(value: Json | undefined): boolean {
  if (isUnassigned(value)) return false;
  return isAttributes(value) ? Object.values(value).some(isPresent) : true;
}

function comparison(path: string, operator: ComparisonOperator, value: ComparisonValue, scope: Scope): Test {
  if (value === null || value === '') {
    if (operator === 'eq') return not(present(path, scope));
    if (operator === 'ne') return present(path, scope);
  }
  const named = scope(path);
  if (!named) return unknown;
  const { attribute, read } = comparedOperand(named);
  const holds = compileComparison(attribute, path, operator, value);
  return (subject) => {
    const values = read(subject);
    return values.length === 0 ? holds(undefined) : values.some(holds);
  };
}

/** One element fulfils the whole filter. */
function valuePath(path: string, filter: Filter, scope: Scope): Test {
  const operand = scope(path);
  if (!operand) return unknown;
  const { attribute, read } = operand;
  if (!hasElements(attribute)) {
    throw ScimError.invalidFilter(
      `${path} has no parts that a filter in brackets could select. Compare it itself.`,
    );
  }
  const element = compile(filter, elementScope(attribute));
  // without elements the answer is no, unless the filter hangs on a sub-attribute that there is not
  const none = element({}) === undefined ? undefined : false;
  return (subject) => {
    const verdicts = read(subject).map((item) => element(item ?? null));
    return anyVerdict([...verdicts, none]);
  };
}

const not =
  (test: Test): Test =>
  (subject) => {
    const verdict = test(subject);
    return verdict === undefined ? undefined : !verdict;
  };

/** By De Morgan. */
const all = (tests: readonly Test[]): Test => not(any(tests.map(not)));

const any =
  (tests: readonly Test[]): Test =>
  (subject) =>
    anyVerdict(tests.map((test) => test(subject)));

function anyVerdict(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes(true)) return true;
  return verdicts.includes(undefined) ? undefined : false;
}
