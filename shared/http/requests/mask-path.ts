import { isKnownWord } from './known-words';

/** Takes the place of text that may be personal. */
export const MASK = '…';

/**
 * Returns a path below the base URL with its ids, and with a mask in place of all other segments that are
 * unknown.
 */
export const maskPath = (path: string): string =>
  path
    .split('/')
    .map((segment) => (segment === '' || isKnownWord(decodeSegment(segment)) ? segment : MASK))
    .join('/');

/** Decodes a segment of a path, unless it is malformed. */
export function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
