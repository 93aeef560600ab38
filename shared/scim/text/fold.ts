import { removeDefaultIgnorables, trimWhiteSpace } from './characters';
import { CASE_FOLDING } from './fold-ranges';

const LAST_ASCII = 0x7f;

/**
 * Returns the key by which a whole name is compared: `foldOperand`, without white space at both ends. The key
 * is empty if the name consists of white space and invisible characters.
 *
 * @example foldName(' ＪＯＳÉ@example.com') === 'josé@example.com'
 */
export const foldName = (name: string): string => trimWhiteSpace(foldOperand(name));

/**
 * Returns a part of a name (the operand of `sw`, `co`, or `ew`) in the form in which it is compared. Names
 * that differ only in case, in compatibility variants (full width, ligatures), in how an accent is encoded,
 * or in invisible characters have the same form. `text` must be well-formed UTF-16. Folding twice changes
 * nothing.
 *
 * The steps are: remove default-ignorable characters, NFKC, simple case folding, NFKC. Ignorable characters
 * are removed first because they keep NFKC from composing the characters around them. NFKC never produces
 * one.
 *
 * Case folding and ignorable characters come from a table of one Unicode version. Only NFKC depends on the
 * version of Node. That is safe for stored keys: Unicode's stability policy guarantees that the normalization
 * of an assigned character never changes. Only a character that Node's Unicode version does not know yet can
 * normalize differently later.
 */
export function foldOperand(text: string): string {
  if (isAscii(text)) return text.toLowerCase();
  return foldCase(removeDefaultIgnorables(text).normalize('NFKC')).normalize('NFKC');
}

/** Compares the codes of the characters, which takes a short text less time than a regular expression. */
function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > LAST_ASCII) return false;
  return true;
}

/**
 * Folds each character to one character, unlike `toLowerCase`, which depends on the characters around it (Σ)
 * and on the version of Node.
 */
function foldCase(text: string): string {
  let folded = '';
  for (const character of text) {
    const codePoint = character.codePointAt(0) as number;
    const delta = foldDelta(codePoint);
    folded += delta === 0 ? character : String.fromCodePoint(codePoint + delta);
  }
  return folded;
}

/**
 * Returns the distance to the folded code point, or 0 if the code point folds to itself. Searches the table
 * by bisection.
 */
function foldDelta(codePoint: number): number {
  let low = 0;
  let high = CASE_FOLDING.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [first, last, stride, delta] = CASE_FOLDING[middle] as (typeof CASE_FOLDING)[number];
    if (codePoint < first) high = middle - 1;
    else if (codePoint > last) low = middle + 1;
    else return (codePoint - first) % stride === 0 ? delta : 0;
  }
  return 0;
}
