import type { PageMarks } from '../../store/listing/page-marks';
import type { Position } from '../../store/resources/resource-store';
import type { Course } from './list-plan';
import type { ListPage } from './list-page';
import type { Sequence } from './ordered-scan';

/** A sequence that is counted and can be walked by numbers. */
type Counted = Sequence & Required<Pick<Sequence, 'listing' | 'total'>>;
export type CountedCourse = Course & { readonly sequence: Counted };

export const isCounted = (course: Course): course is CountedCourse =>
  !course.matches && course.sequence.total !== undefined && course.sequence.listing !== undefined;

const SKIP_AT_ONCE = 1_000;

/**
 * Fills a page by numbers, one course after the other, and returns the total. It goes to `startIndex` from the nearest page
 * mark, and leaves one where the next page begins: so a client that walks the pages in their order reads each resource once.
 */
export async function listByNumber(
  courses: readonly CountedCourse[],
  startIndex: number,
  page: ListPage,
  marksOf: (listing: string) => PageMarks,
  now: () => number,
): Promise<number> {
  let before = 0;
  for (const { source, sequence } of courses) {
    const total = await sequence.total();
    const from = Math.max(1, startIndex - before);
    before += total;
    if (page.left === 0 || from > total) continue;

    const marks = marksOf(sequence.listing);
    const mark = from > 1 ? await marks.nearest(from, now()) : undefined;
    const skipped = await skip(sequence, from - (mark?.startIndex ?? 1), mark?.after);
    if (skipped.isPastEnd) continue;
    let after = skipped.after;
    let next = from;
    let more: boolean;
    do {
      const stretch = await sequence.stretch(Math.min(page.left, sequence.atOnce), after);
      const records = await stretch.records(stretch.positions.length);
      const taken = await page.take(source, records);
      next += taken;
      const cut = taken < records.length;
      more = stretch.more || cut;
      after = cut ? (positionOf(stretch.positions, records[taken - 1]) ?? after) : stretch.positions.at(-1);
    } while (more && page.left > 0);
    if (more && after) await marks.put({ startIndex: next, after }, now());
  }
  return before;
}

async function skip(
  sequence: Sequence,
  count: number,
  from: Position | undefined,
): Promise<{ after?: Position; isPastEnd: boolean }> {
  let after = from;
  for (let left = count; left > 0;) {
    const { positions, more } = await sequence.stretch(Math.min(left, SKIP_AT_ONCE), after);
    left -= positions.length;
    after = positions.at(-1);
    if (!more) return { isPastEnd: true };
  }
  return { after, isPastEnd: false };
}

/** Where a listing goes on behind a record of a stretch. */
export const positionOf = (
  positions: readonly Position[],
  record: { readonly id: string } | undefined,
): Position | undefined => record && positions.find(({ id }) => id === record.id);
