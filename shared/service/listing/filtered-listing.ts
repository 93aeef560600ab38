import type { ResourceRecord } from '../../store/resources/resource-record';
import type { Resource } from '../../scim/resource';
import type { Position } from '../../store/listing/position';
import type { ListPlan } from './list-plan';
import { SCAN_BUDGET, READ_BATCH_SIZE, tooManyCandidates } from './list-limits';
import type { ListPage } from './list-page';

/** Fills a page from number `startIndex` on with what matches, and returns how many match: all candidates are looked at. */
export async function listMatching(
  plans: readonly ListPlan[],
  startIndex: number,
  page: ListPage,
  isLate: () => boolean,
): Promise<number> {
  let total = 0;
  for await (const { course, found } of findMatches(plans, isLate, tooManyCandidates)) {
    const records = found.slice(Math.max(0, startIndex - 1 - total)).map(({ record }) => record);
    total += found.length;
    if (page.remaining > 0) await page.add(course.source, records);
  }
  return total;
}

/** A record with the resource that it was judged by. */
export interface MatchResult {
  readonly record: ResourceRecord;
  readonly resource: Resource;
  readonly isMatch: boolean;
}

/** All matches of the courses, stretch by stretch; throws `tooMany()` where the budget or the time is used up. */
export async function* findMatches(
  plans: readonly ListPlan[],
  isLate: () => boolean,
  tooMany: () => Error,
): AsyncGenerator<{ course: ListPlan; found: readonly MatchResult[] }> {
  let examined = 0;
  for (const course of plans) {
    let after: Position | undefined;
    let more: boolean;
    do {
      const stretch = await course.scan.page(READ_BATCH_SIZE, after);
      examined += stretch.positions.length;
      if (examined > SCAN_BUDGET) throw tooMany();
      const found: MatchResult[] = [];
      for await (const judged of evaluate(course, await stretch.records(READ_BATCH_SIZE))) {
        if (isLate()) throw tooMany();
        if (judged.isMatch) found.push(judged);
      }
      yield { course, found };
      ({ more } = stretch);
      after = stretch.positions.at(-1);
    } while (more);
  }
}

/** One record after the other, as what a filter looks at may have to be read for each. */
export async function* evaluate(
  { matches, read }: ListPlan,
  records: readonly ResourceRecord[],
): AsyncGenerator<MatchResult> {
  let at = 0;
  for await (const resource of read(records)) {
    const record = records[at++] as ResourceRecord;
    yield { record, resource, isMatch: !matches || matches(resource) };
  }
}
