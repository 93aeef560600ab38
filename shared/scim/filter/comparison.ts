import type { Attribute, AttributeType } from '../attribute';
import { ScimError } from '../error';
import { isUnassigned, type Json } from '../resource';
import type { ComparisonOperator } from './ast';
import { compareCodePoints, foldCase } from '../text';

const DATE_TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)?$/;

/**
 * The instant that an xsd:dateTime (RFC 7643 §2.3.5) names, in milliseconds since the epoch with a fraction; UTC where it
 * has no offset. Undefined where `text` is none.
 */
export function parseInstant(text: string): number | undefined {
  const [, seconds, fraction = '', offset = 'Z'] = DATE_TIME.exec(text.toUpperCase()) ?? [];
  const milliseconds = Date.parse(`${seconds}${offset}`);
  return Number.isNaN(milliseconds) ? undefined : milliseconds + Number(`0${fraction}`) * 1000;
}

export type Comparable = string | number | boolean;

const EQUALITY: readonly ComparisonOperator[] = ['eq', 'ne'];
const ORDER: readonly ComparisonOperator[] = [...EQUALITY, 'gt', 'ge', 'lt', 'le'];
const TEXT: readonly ComparisonOperator[] = [...ORDER, 'co', 'sw', 'ew'];

interface Comparison {
  readonly operators: readonly ComparisonOperator[];
  /** What an attribute of the type is compared with, in the words of an error. */
  readonly comparesWith: string;
}

const COMPARISONS: Record<Exclude<AttributeType, 'complex'>, Comparison> = {
  string: { operators: TEXT, comparesWith: 'a string in double quotes' },
  reference: { operators: TEXT, comparesWith: 'a string in double quotes' },
  binary: { operators: EQUALITY, comparesWith: 'a base64 string in double quotes' },
  boolean: { operators: EQUALITY, comparesWith: 'true or false' },
  integer: { operators: ORDER, comparesWith: 'a number' },
  decimal: { operators: ORDER, comparesWith: 'a number' },
  dateTime: { operators: ORDER, comparesWith: 'a date and time such as "2011-05-13T04:42:34Z"' },
};

/**
 * A test of one value of `attribute`, which is not complex; `ne` also holds where there is no value. `path` is how the
 * client named it. Throws `invalidFilter` for an operator or an operand that the type of the attribute does not have.
 */
export function compileComparison(
  attribute: Attribute,
  path: string,
  operator: ComparisonOperator,
  operand: Comparable | null,
): (value: Json | undefined) => boolean {
  const { type } = attribute;
  if (type === 'complex') {
    const names = attribute.subAttributes.map(({ name }) => name).join(', ');
    throw ScimError.invalidFilter(`${path} has no value of its own. Compare one of its parts: ${names}.`);
  }
  const { operators, comparesWith } = COMPARISONS[type];
  if (!operators.includes(operator)) {
    const possible = operators.join(', ');
    throw ScimError.invalidFilter(
      `${path} is a ${type}: ${operator} cannot compare it. Use ${possible} or pr.`,
    );
  }
  const wanted = comparable(attribute, operand);
  if (wanted === undefined) {
    throw ScimError.invalidFilter(
      `${path} ${operator} needs ${comparesWith}, not ${JSON.stringify(operand)}.`,
    );
  }
  return (value) => {
    const actual = isUnassigned(value) ? undefined : comparable(attribute, value);
    return actual === undefined ? operator === 'ne' : holds(actual, operator, wanted);
  };
}

/** The form in which values of the attribute's type are compared. Undefined where `value` is not of that type. */
export function comparable(attribute: Attribute, value: Json | undefined): Comparable | undefined {
  switch (attribute.type) {
    case 'string':
    case 'reference':
    case 'binary':
      if (typeof value !== 'string') return undefined;
      return attribute.caseExact ? value : foldCase(value);
    case 'boolean':
      return booleanOf(value);
    case 'integer':
    case 'decimal':
      return typeof value === 'number' ? value : undefined;
    case 'dateTime':
      return typeof value === 'string' ? parseInstant(value) : undefined;
    case 'complex':
      return undefined;
  }
}

/** Entra asks for `primary eq "True"`. */
function booleanOf(value: Json | undefined): boolean | undefined {
  const text = typeof value === 'string' ? value.toLowerCase() : value;
  if (text === true || text === 'true') return true;
  return text === false || text === 'false' ? false : undefined;
}

function holds(actual: Comparable, operator: ComparisonOperator, wanted: Comparable): boolean {
  switch (operator) {
    case 'eq':
      return actual === wanted;
    case 'ne':
      return actual !== wanted;
    case 'co':
      return String(actual).includes(String(wanted));
    case 'sw':
      return String(actual).startsWith(String(wanted));
    case 'ew':
      return String(actual).endsWith(String(wanted));
    case 'gt':
      return compareValues(actual, wanted) > 0;
    case 'ge':
      return compareValues(actual, wanted) >= 0;
    case 'lt':
      return compareValues(actual, wanted) < 0;
    case 'le':
      return compareValues(actual, wanted) <= 0;
  }
}

/** Negative where `a` comes first; both are of one attribute. */
export const compareValues = (a: Comparable, b: Comparable): number =>
  typeof a === 'string' && typeof b === 'string' ? compareCodePoints(a, b) : Number(a) - Number(b);
