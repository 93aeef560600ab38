/** The levels of objects and arrays that any JSON may nest: far more than a request needs. */
export const MAX_JSON_DEPTH = 100;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/**
 * Returns whether JSON text nests objects and arrays in more than `levels` levels. It reads the text without
 * parsing it, in linear time and without recursion, so neither a parser nor a reader of the result can run
 * out of stack.
 */
export function isJsonDeeperThan(levels: number, text: string): boolean {
  let depth = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (isQuoted) {
      if (unit === BACKSLASH) at++;
      else if (unit === QUOTE) isQuoted = false;
    } else if (unit === QUOTE) isQuoted = true;
    else if (OPENING.has(unit)) {
      depth++;
      if (depth > levels) return true;
    } else if (CLOSING.has(unit)) depth--;
  }
  return false;
}

/** Parses JSON text. Returns undefined if it is not JSON, or nests more than `MAX_JSON_DEPTH` levels. */
export function parseJson(text: string): unknown {
  if (isJsonDeeperThan(MAX_JSON_DEPTH, text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
