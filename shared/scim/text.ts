/**
 * A surrogate without its other half. It has no UTF-8 form, so it can neither be stored nor appear in a URL.
 */
const LONE_SURROGATE = /\p{Surrogate}/u;
const LONE_SURROGATES = /\p{Surrogate}/gu;

/** Returns whether a text has a UTF-8 form. */
export const isWellFormed = (text: string): boolean => !LONE_SURROGATE.test(text);

/** Returns at most `maxLength` UTF-16 units of a text, with U+FFFD in place of each lone surrogate. */
export const toWellFormed = (text: string, maxLength = Infinity): string =>
  text.slice(0, maxLength).replace(LONE_SURROGATES, '\ufffd');

/** Returns a text as `toWellFormed` does, with an ellipsis if it was longer than `maxLength`. */
export const truncate = (text: string, maxLength: number): string =>
  text.length <= maxLength ? toWellFormed(text) : `${toWellFormed(text, maxLength)}…`;

/**
 * Returns a text with `\uXXXX` in place of control characters, line separators, and the characters that
 * change the direction of text. Otherwise a name could rewrite lines of a terminal, or reverse what follows
 * it. JSON that was written on one line remains the same JSON.
 */
export const escapeControls = (text: string): string =>
  text.replace(
    /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** A UTF-16 unit whose order differs from that of its code point, if the other text has such a unit, too. */
const RANKED_UNIT = /[\ud800-\uffff]/;

/**
 * Compares two texts by code point. This is the order of their UTF-8 bytes, and so of DynamoDB's sort keys;
 * JavaScript's `<` differs from it beyond U+FFFF. Returns a negative number if `a` comes first, and 0 if both
 * are equal.
 */
export function compareCodePoints(a: string, b: string): number {
  if (a === b) return 0;
  // The comparison of the runtime is much faster than the loop.
  if (!RANKED_UNIT.test(a) || !RANKED_UNIT.test(b)) return a < b ? -1 : 1;
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const difference = rank(a.charCodeAt(at)) - rank(b.charCodeAt(at));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Ranks surrogates above all other UTF-16 units, because they encode the code points above U+FFFF. */
const rank = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);
