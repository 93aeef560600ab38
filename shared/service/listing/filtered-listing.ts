import type { ResourceRecord } from '../../store/resources/resource-record';
import type { Resource } from '../../scim/resource';
import type { Position } from '../../store/resources/resource-store';
import type { Course } from './list-plan';
import { BUDGET, READ_AT_ONCE, tooManyCandidates } from './list-limits';
import type { ListPage } from './list-page';

/** Fills a page from number `startIndex` on with what matches, and returns how many match: all candidates are looked at. */
export async function listMatching(
  courses: readonly Course[],
  startIndex: number,
  page: ListPage,
  isLate: () => boolean,
): Promise<number> {
  let total = 0;
  for await (const { course, found } of matches(courses, isLate, tooManyCandidates)) {
    const records = found.slice(Math.max(0, startIndex - 1 - total)).map(({ record }) => record);
    total += found.length;
    if (page.left > 0) await page.take(course.source, records);
  }
  return total;
}

/** A record with the resource that it was judged by. */
export interface Judged {
  readonly record: ResourceRecord;
  readonly resource: Resource;
  readonly isMatch: boolean;
}

/** All matches of the courses, stretch by stretch; throws `tooMany()` where the budget or the time is used up. */
export async function* matches(
  courses: readonly Course[],
  isLate: () => boolean,
  tooMany: () => Error,
): AsyncGenerator<{ course: Course; found: readonly Judged[] }> {
  let examined = 0;
  for (const course of courses) {
    let after: Position | undefined;
    let more: boolean;
    do {
      const stretch = await course.sequence.stretch(READ_AT_ONCE, after);
      examined += stretch.positions.length;
      if (examined > BUDGET) throw tooMany();
      const found: Judged[] = [];
      for await (const judged of judge(course, await stretch.records(READ_AT_ONCE))) {
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
export async function* judge(
  { matches, read }: Course,
  records: readonly ResourceRecord[],
): AsyncGenerator<Judged> {
  let at = 0;
  for await (const resource of read(records)) {
    const record = records[at++] as ResourceRecord;
    yield { record, resource, isMatch: !matches || matches(resource) };
  }
}
