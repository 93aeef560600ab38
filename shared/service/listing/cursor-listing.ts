import { isOverBudget } from '../../scim/work';
import type { Position } from '../../store/listing/position';
import type { ResourceKind } from '../../store/table/keys';
import type { ResourceRecord } from '../../store/resources/resource-record';
import { evaluate } from './filtered-listing';
import type { ListPlan } from './list-plan';
import { READ_BATCH_SIZE } from './list-limits';
import type { ListPage } from './list-page';
import { positionOf } from './index-listing';
import type { ScanPage, ScanPosition } from './ordered-scan';

/**
 * The place at which a listing continues: a kind of resources, and the position after which. It has no
 * position at the start.
 */
export interface CursorPosition {
  readonly kind: ResourceKind;
  readonly position?: ScanPosition;
}

/**
 * The number of candidates that one page examines if there is a filter. The next page continues with the
 * others.
 */
const MAX_EXAMINED = 5_000;

/**
 * Fills a page with the resources after `from`, and returns the place of the next page, undefined at the end.
 * With a filter, a page may have fewer resources than requested, or none, and others may still follow (RFC
 * 9865 §2).
 */
export async function listByCursor(
  plans: readonly ListPlan[],
  from: CursorPosition | undefined,
  page: ListPage,
  mustStop: () => boolean,
): Promise<CursorPosition | undefined> {
  const start = from ? plans.findIndex((plan) => kindOf(plan) === from.kind) : 0;
  let examined = 0;
  for (const plan of start < 0 ? [] : plans.slice(start)) {
    const kind = kindOf(plan);
    let position = from?.kind === kind ? from.position : undefined;
    for (;;) {
      if (page.remaining === 0 || examined >= MAX_EXAMINED || (examined > 0 && mustStop()))
        return { kind, position: position && withRest(plan, position) };
      const size = stepSize(plan, page, examined);
      const step = await advance(plan, position, size, page, { mustStop, mayFail: examined === 0 });
      position = step.position;
      examined += step.examined;
      if (step.isEnd) break;
    }
  }
  return undefined;
}

/** Returns a position with what the scan has found after it. */
function withRest({ scan }: ListPlan, position: ScanPosition): ScanPosition {
  const rest = scan.restAfter?.(position);
  return rest === undefined ? position : { ...position, rest };
}

const kindOf = ({ source }: ListPlan): ResourceKind => source.store.kind;

/**
 * Returns the number of resources that the next step takes. With a filter, steps grow as long as they find
 * too little, so that a page examines at most about twice as many candidates as it needs.
 */
function stepSize({ scan, matches }: ListPlan, page: ListPage, examined: number): number {
  if (!matches) return Math.min(page.remaining, scan.maxPageSize);
  const found = page.resources.length;
  const expected = found === 0 ? Infinity : Math.ceil((page.remaining * examined) / found);
  const size = Math.max(READ_BATCH_SIZE, Math.min(examined, expected));
  return Math.min(size, scan.maxPageSize, MAX_EXAMINED - examined);
}

interface Step {
  readonly position?: Position;
  /** True if the plan has no further resources. */
  readonly isEnd: boolean;
  readonly examined: number;
}

interface StepLimits {
  readonly mustStop: () => boolean;
  /** True if the page has examined nothing yet. Otherwise, it ends before a resource that needs too much. */
  readonly mayFail: boolean;
}

/** Adds the matches among the next `count` resources of the plan's scan to the page. */
async function advance(
  plan: ListPlan,
  from: ScanPosition | undefined,
  count: number,
  page: ListPage,
  limits: StepLimits,
): Promise<Step> {
  const { source, scan, matches } = plan;
  // One more position shows whether anything follows, so that the last page has no cursor.
  const scanPage = await scan.page(count + 1, from);
  const { found, position, isCut } = await examine(plan, scanPage, count, limits);
  // A query also ends at 1 MB.
  const examined = matches ? Math.min(count, scanPage.positions.length) : 0;
  const taken = await page.add(source, found);
  if (taken < found.length) {
    const last = positionOf(scanPage.positions, found[taken - 1]) ?? from;
    return { position: last, isEnd: false, examined };
  }
  const isEnd = !isCut && !scanPage.more && scanPage.positions.length <= count;
  return { position: position ?? from, isEnd, examined };
}

/**
 * Returns the matches among the first `count` records, and the last examined position. `isCut` is true if
 * it must stop.
 */
async function examine(
  plan: ListPlan,
  scanPage: ScanPage,
  count: number,
  { mustStop, mayFail }: StepLimits,
): Promise<{ found: readonly ResourceRecord[]; position?: Position; isCut: boolean }> {
  const records = await scanPage.records(count);
  const end = scanPage.positions[Math.min(count, scanPage.positions.length) - 1];
  if (!plan.matches) return { found: records, position: end, isCut: false };
  const found: ResourceRecord[] = [];
  let examined = 0;
  const cut = () => ({ found, position: positionOf(scanPage.positions, records[examined - 1]), isCut: true });
  try {
    for await (const { record, isMatch } of evaluate(plan, records)) {
      examined++;
      if (isMatch) found.push(record);
      if (examined < records.length && mustStop()) return cut();
    }
  } catch (error) {
    // The memberships of the next resource are too many for what is left of the limits.
    if (isOverBudget(error) && !(mayFail && examined === 0)) return cut();
    throw error;
  }
  return { found, position: end, isCut: false };
}
