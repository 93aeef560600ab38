/** Text without regard to case, as names are kept and compared. */
export const foldCase = (text: string): string => text.toLowerCase();

/**
 * Order of two texts by code point, which is the order of their UTF-8 bytes and so of DynamoDB's sort keys; JavaScript's
 * `<` differs from it beyond U+FFFF. Negative where `a` comes first, 0 where they are equal.
 */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const difference = rank(a.charCodeAt(at)) - rank(b.charCodeAt(at));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Surrogates stand for the code points above all those of one UTF-16 unit. */
const rank = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);
