import type { Attribute, AttributeType } from '../attribute';
import { ScimError } from '../error';
import { numberFromText } from '../quirks';
import type { Json } from '../resource';
import type { ComparisonOperator } from './ast';
import { compareCodePoints } from '../text';
import { foldName, foldOperand } from '../text/fold';
import { compileIncludes } from '../text/includes';

const DATE_TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)?$/;

/**
 * Parses an xsd:dateTime (RFC 7643 §2.3.5). Returns milliseconds since the epoch with a fraction, or
 * undefined if `text` is not a date and time. Without an offset, the time is UTC.
 */
export function parseInstant(text: string): number | undefined {
  const [, seconds, fraction = '', offset = 'Z'] = DATE_TIME.exec(text.toUpperCase()) ?? [];
  const milliseconds = Date.parse(`${seconds}${offset}`);
  return Number.isNaN(milliseconds) ? undefined : milliseconds + Number(`0${fraction}`) * 1000;
}

/** A value in the form in which it is compared. */
export type Comparable = string | number | boolean;

const EQUALITY: readonly ComparisonOperator[] = ['eq', 'ne'];
const ORDER: readonly ComparisonOperator[] = [...EQUALITY, 'gt', 'ge', 'lt', 'le'];
/** Operators whose operand is a part of a text. White space at its ends counts. */
const PART: readonly ComparisonOperator[] = ['co', 'sw', 'ew'];
const TEXT: readonly ComparisonOperator[] = [...ORDER, ...PART];

interface Comparison {
  readonly operators: readonly ComparisonOperator[];
  /** The kind of value that an attribute of the type is compared with, as error details call it. */
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
 * Compiles a comparison into a test of one value of `attribute`. `ne` also holds if there is no value. `path`
 * is the attribute as the client wrote it. Throws `invalidFilter` if the attribute is complex, or if its type
 * does not support the operator or the operand. `fold` folds the values.
 */
export function compileComparison(
  attribute: Attribute,
  path: string,
  operator: ComparisonOperator,
  operand: Comparable | null,
  fold = foldName,
): (value: Json | undefined) => boolean {
  const { type } = attribute;
  if (type === 'complex') {
    const names = attribute.subAttributes.map(({ name }) => name).join(', ');
    throw ScimError.invalidFilter(
      `The filter cannot compare ${path} because it is a complex attribute. ` +
        `Compare one of its sub-attributes: ${names}.`,
    );
  }
  const { operators, comparesWith } = COMPARISONS[type];
  if (!operators.includes(operator)) {
    const allowed = operators.join(', ');
    throw ScimError.invalidFilter(
      `The filter cannot apply ${operator} to ${path} because its type is ${type}. ` +
        `Use one of: ${allowed}, pr.`,
    );
  }
  const expected = comparable(attribute, operand, PART.includes(operator) ? foldOperand : foldName);
  if (expected === undefined) {
    throw ScimError.invalidFilter(
      `The filter cannot compare ${path} with ${JSON.stringify(operand)} because its type is ${type}. ` +
        `Use ${comparesWith}.`,
    );
  }
  const holds = compileOperator(operator, expected);
  const convert = converterOf(attribute, fold);
  return (value) => {
    const actual = value === '' || value === null ? undefined : convert(value);
    return actual === undefined ? operator === 'ne' : holds(actual);
  };
}

/**
 * Returns a value in the form in which its type is compared, or undefined if it does not have the attribute's
 * type. `fold` folds a text whose attribute is not `caseExact`.
 */
export const comparable = (
  attribute: Attribute,
  value: Json | undefined,
  fold?: (text: string) => string,
): Comparable | undefined => converterOf(attribute, fold)(value);

/** Returns what `comparable` does with the values of one attribute. */
function converterOf(
  { type, caseExact }: Attribute,
  fold: (text: string) => string = foldName,
): (value: Json | undefined) => Comparable | undefined {
  switch (type) {
    case 'string':
    case 'reference':
    case 'binary':
      return caseExact ? textOf : (value) => (typeof value === 'string' ? fold(value) : undefined);
    case 'boolean':
      return booleanOf;
    case 'integer':
    case 'decimal':
      return numberOf;
    case 'dateTime':
      return (value) => (typeof value === 'string' ? parseInstant(value) : undefined);
    case 'complex':
      return () => undefined;
  }
}

const textOf = (value: Json | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** Returns a boolean, also from text: Entra sends `primary eq "True"`. */
function booleanOf(value: Json | undefined): boolean | undefined {
  const text = typeof value === 'string' ? value.toLowerCase() : value;
  if (text === true || text === 'true') return true;
  return text === false || text === 'false' ? false : undefined;
}

/** Returns a number, also from text: clients that send numbers as text also filter by text. */
function numberOf(value: Json | undefined): number | undefined {
  const number = numberFromText(value);
  return typeof number === 'number' ? number : undefined;
}

function compileOperator(
  operator: ComparisonOperator,
  expected: Comparable,
): (actual: Comparable) => boolean {
  const text = String(expected);
  switch (operator) {
    case 'eq':
      return (actual) => actual === expected;
    case 'ne':
      return (actual) => actual !== expected;
    case 'co': {
      const includes = compileIncludes(text);
      return (actual) => includes(String(actual));
    }
    case 'sw':
      return (actual) => String(actual).startsWith(text);
    case 'ew':
      return (actual) => String(actual).endsWith(text);
    case 'gt':
      return (actual) => compareValues(actual, expected) > 0;
    case 'ge':
      return (actual) => compareValues(actual, expected) >= 0;
    case 'lt':
      return (actual) => compareValues(actual, expected) < 0;
    case 'le':
      return (actual) => compareValues(actual, expected) <= 0;
  }
}

/** Compares two values of one attribute. Returns a negative number if `a` comes first. */
export const compareValues = (a: Comparable, b: Comparable): number =>
  typeof a === 'string' && typeof b === 'string' ? compareCodePoints(a, b) : Number(a) - Number(b);
