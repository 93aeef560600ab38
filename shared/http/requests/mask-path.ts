import { decodeSegment } from '../../scim/text/path-segment';
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
