import { wildcards } from '../wildcards';
import { arnPattern } from './arn-pattern';

/** Compares one value of a request with one value of a policy. */
type Comparison = (policyValue: string) => (value: string) => boolean;

const equals: Comparison = (wanted) => (value) => value === wanted;
const equalsIgnoringCase: Comparison = (wanted) => (value) => value.toLowerCase() === wanted.toLowerCase();
const like: Comparison = (pattern) => {
  const expression = wildcards(pattern);
  return (value) => expression.test(value);
};
const numeric =
  (compare: (value: number, wanted: number) => boolean): Comparison =>
  (wanted) =>
  (value) =>
    compare(Number(value), Number(wanted));

interface Operator {
  readonly compare: Comparison;
  /** True if the condition holds when no value of the policy matches. */
  readonly negated: boolean;
}

const is = (compare: Comparison): Operator => ({ compare, negated: false });
const isNot = (compare: Comparison): Operator => ({ compare, negated: true });

/** The supported operators (IAM User Guide, "IAM JSON policy elements: Condition operators"). */
export const OPERATORS: Readonly<Record<string, Operator>> = {
  StringEquals: is(equals),
  StringNotEquals: isNot(equals),
  StringEqualsIgnoreCase: is(equalsIgnoringCase),
  StringNotEqualsIgnoreCase: isNot(equalsIgnoringCase),
  StringLike: is(like),
  StringNotLike: isNot(like),
  ArnEquals: is(arnPattern),
  ArnLike: is(arnPattern),
  ArnNotEquals: isNot(arnPattern),
  ArnNotLike: isNot(arnPattern),
  Bool: is(equalsIgnoringCase),
  NumericEquals: is(numeric((value, wanted) => value === wanted)),
  NumericNotEquals: isNot(numeric((value, wanted) => value === wanted)),
  NumericLessThan: is(numeric((value, wanted) => value < wanted)),
  NumericLessThanEquals: is(numeric((value, wanted) => value <= wanted)),
  NumericGreaterThan: is(numeric((value, wanted) => value > wanted)),
  NumericGreaterThanEquals: is(numeric((value, wanted) => value >= wanted)),
};
