import { FOLDS } from './unicode-table';

/** Every `stride`th code point of the range folds to the one that is `delta` away. */
export type FoldRange = readonly [first: number, last: number, stride: number, delta: number];

/**
 * The ranges of simple case folding, in order. They do not overlap. Each function contains the table, so it
 * is a text of numbers in base 36: for each range, the distance from the end of the one before, its length,
 * the delta, and the stride if it is not 1.
 */
export const CASE_FOLDING: readonly FoldRange[] = decode(FOLDS);

function decode(text: string): FoldRange[] {
  let end = 0;
  return text.split(' ').map((row) => {
    const [gap = 0, length = 0, delta = 0, stride = 1] = row.split('.').map((digits) => parseInt(digits, 36));
    const first = end + gap;
    end = first + length;
    return [first, end, stride, delta];
  });
}
