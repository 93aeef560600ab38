import { isAttributes, type Attributes, type Json } from '../resource';
import { decodeSegment } from '../text/path-segment';

const PREFIX = 'bulkId:';
/**
 * Deeper than any SCIM resource nests. Values below this depth are skipped, so that no body overflows the
 * stack.
 */
const MAX_DEPTH = 16;

/**
 * Returns the bulkId that a text refers to (RFC 7644 §3.7.2), or undefined if the text is not a reference.
 */
const parseReference = (text: string): string | undefined =>
  text.startsWith(PREFIX) && text.length > PREFIX.length ? text.slice(PREFIX.length) : undefined;

/** Returns the bulkIds that an operation refers to in its data and in its path. */
export function referencesOf({ data, path }: { data?: Json; path: string }): Set<string> {
  const found = new Set<string>();
  const collect = (bulkId: string): string => {
    found.add(bulkId);
    return '';
  };
  if (data !== undefined) resolveReferences(data, collect);
  resolvePathReferences(path, collect);
  return found;
}

/**
 * Returns the value with its references replaced by IDs. Does not change `value`. Throws what `idOf` throws.
 */
export function resolveReferences<Value extends Json>(
  value: Value,
  idOf: (bulkId: string) => string,
  depth = 0,
): Value {
  const resolved = (part: Json): Json => resolveReferences(part, idOf, depth + 1);
  const resolve = (): Json => {
    if (typeof value === 'string') {
      const bulkId = parseReference(value);
      return bulkId === undefined ? value : idOf(bulkId);
    }
    if (depth === MAX_DEPTH) return value;
    if (Array.isArray(value)) return value.map(resolved);
    if (!isAttributes(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, resolved(part)]));
  };
  return resolve() as Value;
}

/** Replaces references in a path, such as `/Groups/bulkId:first`, by IDs. Throws what `idOf` throws. */
export const resolvePathReferences = (path: string, idOf: (bulkId: string) => string): string =>
  path
    .split('/')
    .map((segment) => {
      const bulkId = parseReference(decodeSegment(segment));
      return bulkId === undefined ? segment : encodeURIComponent(idOf(bulkId));
    })
    .join('/');

/** A resource split into what can be written now and what must wait for the ID of another resource. */
export interface SplitData {
  readonly immediate: Attributes;
  /** Whole attributes, or, for multi-valued attributes, only the values with a pending reference. */
  readonly deferred: Attributes;
}

/**
 * Splits off the parts of a resource that refer to a pending bulkId. Only the resource itself contains
 * extensions, so an extension in an extension is not split.
 */
export function splitData(
  data: Attributes,
  isPending: (bulkId: string) => boolean,
  isExtension = false,
): SplitData {
  const hasPendingReference = (value: Json): boolean =>
    [...referencesOf({ data: value, path: '' })].some(isPending);
  const split: SplitData = { immediate: {}, deferred: {} };
  for (const [name, value] of Object.entries(data)) {
    if (!hasPendingReference(value)) {
      split.immediate[name] = value;
    } else if (Array.isArray(value)) {
      split.immediate[name] = value.filter((element) => !hasPendingReference(element));
      split.deferred[name] = value.filter(hasPendingReference);
    } else if (!isExtension && isAttributes(value) && name.toLowerCase().startsWith('urn:')) {
      const extension = splitData(value, isPending, true);
      split.immediate[name] = extension.immediate;
      split.deferred[name] = extension.deferred;
    } else {
      split.deferred[name] = value;
    }
  }
  return split;
}

/** Returns the body of a PATCH that adds the deferred attributes. */
export const addPatch = (deferred: Attributes): Attributes => ({
  Operations: Object.entries(deferred).map(([path, value]) => ({ op: 'add', path, value })),
});
