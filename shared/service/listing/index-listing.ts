import type { PageMarks } from '../../store/listing/page-marks';
import type { Position } from '../../store/listing/position';
import { tooFarToSkip } from './list-limits';
import type { ListPlan } from './list-plan';
import type { ListPage } from './list-page';
import type { OrderedScan } from './ordered-scan';

/** A scan whose total is known, and whose pages have marks. */
type CountedScan = OrderedScan & Required<Pick<OrderedScan, 'listing' | 'total'>>;
export type CountedListPlan = ListPlan & { readonly scan: CountedScan };

export const isCounted = (plan: ListPlan): plan is CountedListPlan =>
  !plan.matches && plan.scan.total !== undefined && plan.scan.listing !== undefined;

const SKIP_PAGE_SIZE = 1_000;

interface Timing {
  readonly now: () => Date;
  readonly isLate: () => boolean;
}

/**
 * Fills a page from `startIndex` on, one plan after the other, and returns the total. Skips to `startIndex`
 * from the nearest page mark, and writes a mark at the start of the next page. So a client that reads the
 * pages in order reads each resource once. If there is no time left before `startIndex`, writes a mark there
 * and throws a 503: the next request continues from it.
 */
export async function listByIndex(
  plans: readonly CountedListPlan[],
  startIndex: number,
  page: ListPage,
  marksOf: (listing: string) => PageMarks,
  { now, isLate }: Timing,
): Promise<number> {
  let before = 0;
  for (const { source, scan } of plans) {
    const total = await scan.total();
    const from = Math.max(1, startIndex - before);
    before += total;
    if (page.remaining === 0 || from > total) continue;

    const marks = marksOf(scan.listing);
    const mark = from > 1 ? await marks.nearest(from, now()) : undefined;
    const skipped = await skip(scan, from - (mark?.startIndex ?? 1), mark?.after, isLate);
    if (skipped.isPastEnd) continue;
    if (skipped.left > 0) {
      if (skipped.after) await marks.put({ startIndex: from - skipped.left, after: skipped.after }, now());
      throw tooFarToSkip(startIndex);
    }
    let after = skipped.after;
    let next = from;
    let more: boolean;
    do {
      const scanPage = await scan.page(Math.min(page.remaining, scan.maxPageSize), after);
      const records = await scanPage.records(scanPage.positions.length);
      const taken = await page.add(source, records);
      next += taken;
      const isCut = taken < records.length;
      more = scanPage.more || isCut;
      after = isCut
        ? (positionOf(scanPage.positions, records[taken - 1]) ?? after)
        : scanPage.positions.at(-1);
    } while (more && page.remaining > 0);
    if (more && after) await marks.put({ startIndex: next, after }, now());
  }
  return before;
}

/** Skips `count` resources. `left` is the number of those that remain because no time is left. */
async function skip(
  scan: OrderedScan,
  count: number,
  from: Position | undefined,
  isLate: () => boolean,
): Promise<{ after?: Position; left: number; isPastEnd: boolean }> {
  let after = from;
  let left = count;
  while (left > 0 && !isLate()) {
    const { positions, more } = await scan.page(Math.min(left, SKIP_PAGE_SIZE), after);
    left -= positions.length;
    after = positions.at(-1);
    if (!more) return { left, isPastEnd: true };
  }
  return { after, left, isPastEnd: false };
}

/** Returns the position of a record, after which a listing continues. */
export const positionOf = (
  positions: readonly Position[],
  record: { readonly id: string } | undefined,
): Position | undefined => record && positions.find(({ id }) => id === record.id);
