import type { ResourceRecord } from '../../store/resources/resource-record';
import type { Resource } from '../../scim/resource';
import type { WorkBudget } from '../../scim/work';
import type { Position } from '../../store/listing/position';
import type { ListPlan } from './list-plan';
import { SCAN_BUDGET, tooManyCandidates, tooManyComparisons } from './list-limits';
import type { ListPage } from './list-page';

/**
 * Fills a page with matches from `startIndex` on, and returns the total number of matches. Examines all
 * candidates.
 */
export async function listMatching(
  plans: readonly ListPlan[],
  startIndex: number,
  page: ListPage,
  limits: ListLimits,
): Promise<number> {
  let total = 0;
  for await (const { plan, found } of findMatches(plans, limits, tooManyCandidates)) {
    const records = found.slice(Math.max(0, startIndex - 1 - total)).map(({ record }) => record);
    total += found.length;
    if (page.remaining > 0) await page.add(plan.source, records);
  }
  return total;
}

/** The limits of a listing that examines resources one by one. */
export interface ListLimits {
  readonly isLate: () => boolean;
  readonly work: WorkBudget;
}

/** A record, the resource that the filter examined, and the result. */
export interface MatchResult {
  readonly record: ResourceRecord;
  readonly resource: Resource;
  readonly isMatch: boolean;
}

/**
 * Yields all matches of the plans, one scan page at a time. Throws `tooMany()` if the number of resources or
 * the time is used up, and 400 `tooMany` if the comparisons are.
 */
export async function* findMatches(
  plans: readonly ListPlan[],
  { isLate, work }: ListLimits,
  tooMany: () => Error,
): AsyncGenerator<{ plan: ListPlan; found: readonly MatchResult[] }> {
  let read = 0;
  let examined = 0;
  for (const plan of plans) {
    let after: Position | undefined;
    let more: boolean;
    do {
      // One more position than the budget shows whether anything follows.
      const limit = Math.max(1, Math.min(plan.scan.maxPageSize, SCAN_BUDGET - read));
      const scanPage = await plan.scan.page(limit, after);
      read += scanPage.positions.length;
      if (read > SCAN_BUDGET) throw tooMany();
      const found: MatchResult[] = [];
      for await (const result of evaluate(plan, await scanPage.records(limit))) {
        examined++;
        if (isLate()) throw tooMany();
        if (work.isExhausted) throw tooManyComparisons(work, plan.conditions, examined);
        if (result.isMatch) found.push(result);
      }
      yield { plan, found };
      ({ more } = scanPage);
      after = scanPage.positions.at(-1);
    } while (more);
  }
}

/** Evaluates the filter on one record at a time, because the memberships of each may have to be read. */
export async function* evaluate(
  { matches, read }: ListPlan,
  records: readonly ResourceRecord[],
): AsyncGenerator<MatchResult> {
  let index = 0;
  for await (const resource of read(records)) {
    const record = records[index++] as ResourceRecord;
    yield { record, resource, isMatch: !matches || matches(resource) };
  }
}
