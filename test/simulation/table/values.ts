import { isDeepStrictEqual } from 'node:util';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** An item in the format of DynamoDB. It is never changed, only replaced. */
export type StoredItem = Readonly<Record<string, AttributeValue>>;

/** The key of an item. */
export interface StoredKey {
  readonly pk: string;
  readonly sk: string;
}

export const typeOf = (value: AttributeValue): string => Object.keys(value)[0] ?? '';

/** Compares texts by their UTF-8 bytes, as DynamoDB does. */
export function compareTexts(left: string, right: string): number {
  if (left === right) return 0;
  const hasSurrogates = /[\ud800-\udfff]/;
  if (hasSurrogates.test(left) || hasSurrogates.test(right))
    return Buffer.compare(Buffer.from(left), Buffer.from(right));
  return left < right ? -1 : 1;
}

/** Returns the order of two texts or of two numbers; undefined for other values. */
export function compareValues(left: AttributeValue, right: AttributeValue): number | undefined {
  if (left.S !== undefined && right.S !== undefined) return compareTexts(left.S, right.S);
  if (left.N !== undefined && right.N !== undefined) return Number(left.N) - Number(right.N);
  return undefined;
}

/** Returns whether two values are equal. The elements of sets have no order, and numbers no spelling. */
export function equalValues(left: AttributeValue, right: AttributeValue): boolean {
  if (left.N !== undefined && right.N !== undefined) return Number(left.N) === Number(right.N);
  if (left.SS !== undefined && right.SS !== undefined) {
    const { SS } = right;
    return left.SS.length === SS.length && left.SS.every((text) => SS.includes(text));
  }
  return isDeepStrictEqual(left, right);
}

/** Returns whether a text has a part, or a set or a list an element. */
export function hasElement(value: AttributeValue, part: AttributeValue): boolean {
  if (value.S !== undefined) return part.S !== undefined && value.S.includes(part.S);
  if (value.SS !== undefined) return part.S !== undefined && value.SS.includes(part.S);
  return value.L?.some((element) => equalValues(element, part)) ?? false;
}

/** Returns whether two items are equal. */
export function equalItems(left: StoredItem | undefined, right: StoredItem | undefined): boolean {
  if (left === right) return true;
  if (!left || !right) return false;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => {
      const other = right[name];
      return other !== undefined && equalValues(left[name] as AttributeValue, other);
    })
  );
}
