import type { Json } from '../resource';

/**
 * Sizes of arrays and objects, which are never changed in place: a PATCH needs the size after each operation.
 */
const sizes = new WeakMap<object, number>();

/** Returns the bytes of a value as JSON. Parts whose size is known are not read again. */
export function jsonSizeOf(value: Json): number {
  if (typeof value !== 'object' || value === null) return Buffer.byteLength(JSON.stringify(value));
  let size = sizes.get(value);
  if (size === undefined) {
    // An entry has a comma or, as the last one, a closing bracket. The opening bracket is one more byte.
    size = 1 + (Array.isArray(value) ? sizeOfArray(value) : sizeOfObject(value));
    sizes.set(value, size);
  }
  return size;
}

const sizeOfArray = (elements: readonly Json[]): number =>
  Math.max(
    1,
    elements.reduce((sum: number, element) => sum + jsonSizeOf(element) + 1, 0),
  );

const sizeOfObject = (object: { readonly [name: string]: Json }): number =>
  Math.max(
    1,
    Object.entries(object).reduce(
      (sum, [name, part]) => sum + jsonSizeOf(name) + 1 + jsonSizeOf(part) + 1,
      0,
    ),
  );
