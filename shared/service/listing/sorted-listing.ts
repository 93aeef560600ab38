import { compareSorted, type SortAttribute, type SortKey } from '../../scim/sort';
import type { ResourceRecord } from '../../store/resources/resource-record';
import { matches } from './filtered-listing';
import type { Course } from './list-plan';
import { BUDGET, READ_AT_ONCE } from './list-limits';
import type { ListPage } from './list-page';
import type { ListSource } from './list-source';

/** A course and what its resources are sorted by; undefined where they have no such attribute. */
export interface SortedCourse extends Course {
  readonly sortBy?: SortAttribute;
}

interface Sorted {
  readonly source: ListSource;
  readonly id: string;
  readonly key: SortKey;
}

/**
 * Fills a page from number `startIndex` on with what matches, in order, and returns how many match. Keys alone are held
 * while all is looked at; the resources of the page are read again.
 */
export async function listSorted(
  courses: readonly SortedCourse[],
  { startIndex, descending }: { startIndex: number; descending: boolean },
  page: ListPage,
  isLate: () => boolean,
  tooMany: () => Error,
): Promise<number> {
  for (const { matches, sequence } of courses)
    if (!matches && sequence.total && (await sequence.total()) > BUDGET) throw tooMany();

  const sorted: Sorted[] = [];
  for await (const { course, found } of matches(courses, isLate, tooMany)) {
    const { source, sortBy } = course as SortedCourse;
    for (const { record, resource } of found)
      sorted.push({ source, id: record.id, key: sortBy?.keyOf(resource) });
  }
  sorted.sort((a, b) => compareSorted(a, b, descending));
  for (let at = startIndex - 1; at < sorted.length && page.left > 0; at += READ_AT_ONCE)
    await takeInOrder(sorted.slice(at, at + Math.min(page.left, READ_AT_ONCE)), page);
  return sorted.length;
}

/** Neighbours of one source are shown together, as names of groups are read once for all of them. */
async function takeInOrder(sorted: readonly Sorted[], page: ListPage): Promise<void> {
  const records = new Map<string, ResourceRecord>();
  for (const source of new Set(sorted.map(({ source }) => source))) {
    const ids = sorted.filter((each) => each.source === source).map(({ id }) => id);
    for (const record of await source.store.getMany(ids)) records.set(record.id, record);
  }
  for (let from = 0; from < sorted.length && page.left > 0;) {
    const { source } = sorted[from] as Sorted;
    const other = sorted.findIndex((each, at) => at > from && each.source !== source);
    const end = other < 0 ? sorted.length : other;
    await page.take(
      source,
      sorted.slice(from, end).flatMap(({ id }) => records.get(id) ?? []),
    );
    from = end;
  }
}
