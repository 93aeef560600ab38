import type { Position } from '../../store/listing/position';
import type { ResourceKind } from '../../store/table/keys';
import type { ResourceRecord } from '../../store/resources/resource-record';
import { evaluate } from './filtered-listing';
import type { ListPlan } from './list-plan';
import { READ_BATCH_SIZE } from './list-limits';
import type { ListPage } from './list-page';
import { positionOf } from './index-listing';
import type { ScanPage } from './ordered-scan';

/** Where a listing goes on: in which kind of resources, and behind which of them; without a position at the first. */
export interface CursorPosition {
  readonly kind: ResourceKind;
  readonly position?: Position;
}

/** Candidates that are looked at for one page under a filter; the next page goes on with the others. */
const MAX_EXAMINED = 5_000;

/**
 * Fills a page with what follows `from`, and returns where the next one begins, undefined at the end. Under a filter a page may
 * have less than was asked for, or nothing, and others follow all the same (RFC 9865 §2).
 */
export async function listByCursor(
  plans: readonly ListPlan[],
  from: CursorPosition | undefined,
  page: ListPage,
  isLate: () => boolean,
): Promise<CursorPosition | undefined> {
  const start = from ? plans.findIndex((course) => kindOf(course) === from.kind) : 0;
  let examined = 0;
  for (const course of start < 0 ? [] : plans.slice(start)) {
    const kind = kindOf(course);
    let position = from?.kind === kind ? from.position : undefined;
    for (;;) {
      if (page.remaining === 0 || examined >= MAX_EXAMINED || (examined > 0 && isLate()))
        return { kind, position };
      const step = await advance(course, position, page, isLate);
      position = step.position;
      examined += step.examined;
      if (step.isEnd) break;
    }
  }
  return undefined;
}

const kindOf = ({ source }: ListPlan): ResourceKind => source.store.kind;

interface Step {
  readonly position?: Position;
  /** Nothing of the course is left. */
  readonly isEnd: boolean;
  readonly examined: number;
}

/** Takes what belongs into the page from one stretch of a course. */
async function advance(
  plan: ListPlan,
  from: Position | undefined,
  page: ListPage,
  isLate: () => boolean,
): Promise<Step> {
  const { source, scan, matches } = plan;
  const count = matches ? READ_BATCH_SIZE : Math.min(page.remaining, scan.maxPageSize);
  // One more tells whether anything follows, so that the last page is known as such.
  const stretch = await scan.page(count + 1, from);
  const { found, position, isCut } = await examine(plan, stretch, count, isLate);
  const taken = await page.add(source, found);
  if (taken < found.length) {
    const last = positionOf(stretch.positions, found[taken - 1]) ?? from;
    return { position: last, isEnd: false, examined: count };
  }
  const isEnd = !isCut && !stretch.more && stretch.positions.length <= count;
  return { position: position ?? from, isEnd, examined: matches ? count : 0 };
}

/** The matches among the first `count` of a stretch, and the last position that was looked at. */
async function examine(
  plan: ListPlan,
  scanPage: ScanPage,
  count: number,
  isLate: () => boolean,
): Promise<{ found: readonly ResourceRecord[]; position?: Position; isCut: boolean }> {
  const records = await scanPage.records(count);
  const end = scanPage.positions[Math.min(count, scanPage.positions.length) - 1];
  if (!plan.matches) return { found: records, position: end, isCut: false };
  const found: ResourceRecord[] = [];
  let at = 0;
  for await (const { record, isMatch } of evaluate(plan, records)) {
    at++;
    if (isMatch) found.push(record);
    if (at < records.length && isLate())
      return { found, position: positionOf(scanPage.positions, record), isCut: true };
  }
  return { found, position: end, isCut: false };
}
