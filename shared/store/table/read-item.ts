import { isAttributes, type Attributes, type Json } from '../../scim/resource';
import type { ItemKey } from './keys';

/** An item as DynamoDB returned it, or a map inside an item. */
export type Item = Readonly<Record<string, unknown>>;

/**
 * Thrown if an item lacks an attribute that it must have, or if an attribute has the wrong type. Names no
 * values.
 */
export class MalformedItem extends Error {
  override readonly name = 'MalformedItem';

  /** `attribute` is a path if it lies in a map or a list of the item, e.g. `actor.kind`. */
  constructor(
    item: Item,
    readonly attribute: string,
  ) {
    super(`The item ${String(item.pk)} / ${String(item.sk)} has no valid "${attribute}".`);
  }
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number';
const isMap = (value: unknown): value is Item =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Set);
const isJson = (value: unknown): value is Json =>
  value === null || ['string', 'number', 'boolean', 'object'].includes(typeof value);

function valid<T>(item: Item, attribute: string, isValid: (value: unknown) => value is T): T {
  const value = item[attribute];
  if (isValid(value)) return value;
  throw new MalformedItem(item, attribute);
}

const optional = <T>(item: Item, attribute: string, read: (item: Item, attribute: string) => T) =>
  item[attribute] === undefined ? undefined : read(item, attribute);

/** Reads the keys of an item. */
export const keyOf = (item: Item): ItemKey => ({ pk: text(item, 'pk'), sk: text(item, 'sk') });

export const text = (item: Item, attribute: string): string => valid(item, attribute, isText);
export const optionalText = (item: Item, attribute: string): string | undefined =>
  optional(item, attribute, text);

/** Reads a text that has at least one character. */
export const nonEmptyText = (item: Item, attribute: string): string =>
  valid(item, attribute, (value): value is string => isText(value) && value !== '');

export const optionalNonEmptyText = (item: Item, attribute: string): string | undefined =>
  optional(item, attribute, nonEmptyText);

export const number = (item: Item, attribute: string): number => valid(item, attribute, isNumber);
export const optionalNumber = (item: Item, attribute: string): number | undefined =>
  optional(item, attribute, number);

export const flag = (item: Item, attribute: string): boolean =>
  valid(item, attribute, (value): value is boolean => typeof value === 'boolean');

export const optionalFlag = (item: Item, attribute: string): boolean | undefined =>
  optional(item, attribute, flag);

/** Reads a text that must be one of `allowed`. */
export const oneOf = <T extends string>(item: Item, attribute: string, allowed: readonly T[]): T =>
  valid(item, attribute, (value): value is T => allowed.some((each) => each === value));
export const optionalOneOf = <T extends string>(
  item: Item,
  attribute: string,
  allowed: readonly T[],
): T | undefined => optional(item, attribute, () => oneOf(item, attribute, allowed));

/** Reads a set of texts. DynamoDB has no empty sets: an absent set is empty. */
export const textSet = (item: Item, attribute: string): ReadonlySet<string> =>
  item[attribute] === undefined
    ? new Set()
    : valid(item, attribute, (value): value is Set<string> => value instanceof Set);

/** Reads a map of JSON. Its values are not checked: the service validated them before it wrote them. */
export const attributes = (item: Item, attribute: string): Attributes => valid(item, attribute, isAttributes);

/** Reads a JSON value. The values inside lists and maps are not checked. */
export const optionalJson = (item: Item, attribute: string): Json | undefined =>
  optional(item, attribute, () => valid(item, attribute, isJson));

/** Reads a map with `read`. Errors name the attribute of the map by its path. */
export function map<T>(item: Item, attribute: string, read: (map: Item) => T): T {
  return readWithin(item, attribute, valid(item, attribute, isMap), read);
}
export const optionalMap = <T>(item: Item, attribute: string, read: (map: Item) => T): T | undefined =>
  optional(item, attribute, () => map(item, attribute, read));

/** Reads a list of maps with `read`; undefined if it is absent. */
export const optionalList = <T>(item: Item, attribute: string, read: (map: Item) => T): T[] | undefined =>
  optional(item, attribute, () => {
    const maps = valid(
      item,
      attribute,
      (value): value is Item[] => Array.isArray(value) && value.every(isMap),
    );
    return maps.map((each, at) => readWithin(item, `${attribute}[${at}]`, each, read));
  });

/** Reads a list of texts. */
export const texts = (item: Item, attribute: string): string[] =>
  valid(item, attribute, (value): value is string[] => Array.isArray(value) && value.every(isText));
export const optionalTexts = (item: Item, attribute: string): string[] | undefined =>
  optional(item, attribute, texts);

function readWithin<T>(item: Item, attribute: string, part: Item, read: (map: Item) => T): T {
  try {
    return read(part);
  } catch (error) {
    throw error instanceof MalformedItem ? new MalformedItem(item, `${attribute}.${error.attribute}`) : error;
  }
}
