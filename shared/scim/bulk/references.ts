import { isAttributes, type Attributes, type Json } from '../resource';

const PREFIX = 'bulkId:';
/** Nothing of SCIM nests so deep. What lies deeper is not looked at, so that no body overflows the stack. */
const MAX_DEPTH = 16;

/** The bulkId that a text refers to (RFC 7644 §3.7.2); undefined where it is no reference. */
const parseReference = (text: string): string | undefined =>
  text.startsWith(PREFIX) && text.length > PREFIX.length ? text.slice(PREFIX.length) : undefined;

/** The bulkIds that an operation refers to, in its data and in its path. */
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

/** The value with ids in place of its references. `idOf` may throw. Never changes `value`. */
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

/** The path with ids in place of references such as `/Groups/bulkId:first`. `idOf` may throw. */
export const resolvePathReferences = (path: string, idOf: (bulkId: string) => string): string =>
  path
    .split('/')
    .map((segment) => {
      const bulkId = parseReference(decodeSegment(segment));
      return bulkId === undefined ? segment : encodeURIComponent(idOf(bulkId));
    })
    .join('/');

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** A resource in two parts: what can be written now, and what has to wait for the id of another one. */
export interface SplitData {
  readonly immediate: Attributes;
  /** Whole attributes, and of attributes with many values those that refer. */
  readonly deferred: Attributes;
}

/** Takes out of a resource what refers to a bulkId that `waits`. */
export function splitData(data: Attributes, isPending: (bulkId: string) => boolean): SplitData {
  const mustWait = (value: Json): boolean => [...referencesOf({ data: value, path: '' })].some(isPending);
  const split: SplitData = { immediate: {}, deferred: {} };
  for (const [name, value] of Object.entries(data)) {
    if (!mustWait(value)) {
      split.immediate[name] = value;
    } else if (Array.isArray(value)) {
      split.immediate[name] = value.filter((element) => !mustWait(element));
      split.deferred[name] = value.filter(mustWait);
    } else if (isAttributes(value) && name.toLowerCase().startsWith('urn:')) {
      const extension = splitData(value, isPending);
      split.immediate[name] = extension.immediate;
      split.deferred[name] = extension.deferred;
    } else {
      split.deferred[name] = value;
    }
  }
  return split;
}

/** The body of a PATCH that adds what had to wait. */
export const addPatch = (deferred: Attributes): Attributes => ({
  Operations: Object.entries(deferred).map(([path, value]) => ({ op: 'add', path, value })),
});
