import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/**
 * An item, a key, or the values of expressions in the format of DynamoDB, in which each value names its type.
 */
export type AttributeValues = Record<string, AttributeValue>;

/**
 * Returns values in the format of DynamoDB, without those that are undefined. Throws if DynamoDB has no such
 * type.
 */
export function toAttributeValues(values: Readonly<Record<string, unknown>>): AttributeValues {
  const result: AttributeValues = {};
  for (const name in values) {
    const value = values[name];
    if (value !== undefined) result[name] = toAttributeValue(value);
  }
  return result;
}

/** Returns values that are in the format of DynamoDB. A set of texts becomes a `Set`. */
export function fromAttributeValues(
  values: Readonly<Record<string, AttributeValue>>,
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const name in values) result[name] = fromAttributeValue(values[name] as AttributeValue);
  return result;
}

function toAttributeValue(value: unknown): AttributeValue {
  switch (typeof value) {
    case 'string':
      return { S: value };
    case 'boolean':
      return { BOOL: value };
    case 'number':
      if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER)
        throw new TypeError(`The number ${value} cannot be stored exactly.`);
      return { N: String(value) };
    case 'object':
      return fromObject(value);
    default:
      throw new TypeError(`A value of the type ${typeof value} cannot be stored.`);
  }
}

function fromObject(value: object | null): AttributeValue {
  if (value === null) return { NULL: true };
  if (Array.isArray(value)) return { L: value.filter((each) => each !== undefined).map(toAttributeValue) };
  if (value instanceof Set) return { SS: textsOf(value) };
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw new TypeError(`An object of the class ${value.constructor.name} cannot be stored.`);
  return { M: toAttributeValues(value as Readonly<Record<string, unknown>>) };
}

/** DynamoDB refuses empty sets. */
function textsOf(set: ReadonlySet<unknown>): string[] {
  const texts = [...set];
  if (texts.length === 0 || !texts.every((text) => typeof text === 'string'))
    throw new TypeError('A set can be stored if it has texts only, and at least one.');
  return texts;
}

function fromAttributeValue(value: AttributeValue): unknown {
  if (value.S !== undefined) return value.S;
  if (value.N !== undefined) return Number(value.N);
  if (value.M !== undefined) return fromAttributeValues(value.M);
  if (value.BOOL !== undefined) return value.BOOL;
  if (value.L !== undefined) return value.L.map(fromAttributeValue);
  if (value.SS !== undefined) return new Set(value.SS);
  if (value.NULL !== undefined) return null;
  throw new TypeError(`An attribute has a type that is never written: ${Object.keys(value).join(', ')}.`);
}
