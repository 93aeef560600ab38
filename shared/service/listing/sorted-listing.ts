import { compareSorted, type SortAttribute, type SortKey } from '../../scim/sort';
import { weightOf, type WorkBudget } from '../../scim/work';
import type { ResourceRecord } from '../../store/resources/resource-record';
import { findMatches, type ListLimits } from './filtered-listing';
import type { ListPlan } from './list-plan';
import { SCAN_BUDGET, READ_BATCH_SIZE, tooMuchToSort } from './list-limits';
import type { ListPage } from './list-page';
import type { ListSource } from './list-source';

/** A plan with its sort attribute, which is undefined if the resources lack it. */
export interface SortedListPlan extends ListPlan {
  readonly sortBy?: SortAttribute;
}

interface Sorted {
  readonly source: ListSource;
  readonly id: string;
  readonly key: SortKey;
}

/**
 * Fills a page with sorted matches from `startIndex` on, and returns the total number of matches. Holds only
 * the sort keys of all matches, and reads the resources of the page again.
 */
export async function listSorted(
  plans: readonly SortedListPlan[],
  { startIndex, descending }: { startIndex: number; descending: boolean },
  page: ListPage,
  limits: ListLimits,
  tooMany: () => Error,
): Promise<number> {
  for (const { matches, scan } of plans)
    if (!matches && scan.total && (await scan.total()) > SCAN_BUDGET) throw tooMany();

  const sorted: Sorted[] = [];
  for await (const { plan, found } of findMatches(plans, limits, tooMany)) {
    const { source, sortBy } = plan as SortedListPlan;
    for (const { record, resource } of found)
      sorted.push({ source, id: record.id, key: sortBy?.keyOf(resource) });
  }
  assertSortable(sorted, limits.work);
  sorted.sort((a, b) => compareSorted(a, b, descending));
  for (let at = startIndex - 1; at < sorted.length && page.remaining > 0; at += READ_BATCH_SIZE)
    await addInOrder(sorted.slice(at, at + Math.min(page.remaining, READ_BATCH_SIZE)), page);
  return sorted.length;
}

/** Counts the comparisons of sorting. Long values take longer to compare. */
function assertSortable(sorted: readonly Sorted[], work: WorkBudget): void {
  const weight = sorted.reduce((sum, { key }) => sum + weightOf(key), 0);
  work.spend(weight * Math.ceil(Math.log2(sorted.length + 1)));
  if (work.isExhausted) throw tooMuchToSort(sorted.length, work);
}

/** Adds consecutive resources of one source together, so that the names of their groups are read once. */
async function addInOrder(sorted: readonly Sorted[], page: ListPage): Promise<void> {
  const records = new Map<string, ResourceRecord>();
  for (const source of new Set(sorted.map(({ source }) => source))) {
    const ids = sorted.filter((each) => each.source === source).map(({ id }) => id);
    for (const record of await source.store.getMany(ids)) records.set(record.id, record);
  }
  for (let from = 0; from < sorted.length && page.remaining > 0;) {
    const { source } = sorted[from] as Sorted;
    const next = sorted.findIndex((each, index) => index > from && each.source !== source);
    const end = next < 0 ? sorted.length : next;
    await page.add(
      source,
      sorted.slice(from, end).flatMap(({ id }) => records.get(id) ?? []),
    );
    from = end;
  }
}
