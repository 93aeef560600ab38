import { printFilter } from '../../scim/filter/print';
import { PageMarks } from '../../store/listing/page-marks';
import type { Table } from '../../store/table/table';
import { isLate, type Caller } from '../resources/caller';
import { listByCursor } from './cursor-listing';
import { listMatching } from './filtered-listing';
import { planCourse, type Course, type CourseOrder } from './list-plan';
import { CursorSeal } from './list-cursor';
import { cannotSortByCursor, tooManyToSort } from './list-limits';
import { listOrder, type ListOrder } from './list-order';
import { ListPage } from './list-page';
import type { CursorPaging, IndexPaging, ListCriteria, ListQuery } from './list-query';
import type { ListSource } from './list-source';
import { isCounted, listByNumber } from './index-listing';
import type { Listing } from '../resources/resource-service';
import { listSorted, type SortedCourse } from './sorted-listing';

export interface ListerOptions {
  readonly table: Table;
  readonly caller: Caller;
  /** What is listed, one after the other. */
  readonly sources: readonly ListSource[];
  readonly now: () => Date;
  /** From which the key of cursors is derived; asked for only where there is a cursor. */
  readonly cursorSecret: () => Promise<string>;
}

/** Lists resources, each query in the way that looks at the fewest of them. */
export class Lister {
  constructor(private readonly options: ListerOptions) {}

  /** Throws `invalidPath` for a sort by what there is not, `tooMany` past the budget, and what cursors and filters throw. */
  async list(query: ListQuery): Promise<Listing> {
    const order = listOrder(this.options.sources, query.sort);
    return query.cursor === undefined ? this.byIndex(query, order) : this.byCursor(query, order);
  }

  private async byIndex(query: ListCriteria & IndexPaging, order: ListOrder): Promise<Listing> {
    const { startIndex, count } = query;
    const page = new ListPage(count);
    const totalResults = await this.fill(page, query, order);
    return { resources: page.resources, totalResults, startIndex };
  }

  private async fill(
    page: ListPage,
    { filter, startIndex, count }: ListCriteria & IndexPaging,
    { course, descending, attributes, names }: ListOrder,
  ): Promise<number> {
    // The total does not depend on the order.
    const courses = this.courses(filter, count === 0 ? 'id' : course);
    if (courses?.every(isCounted)) {
      const { table, caller } = this.options;
      const marksOf = (listing: string) => new PageMarks(table, caller.domainId, listing);
      return listByNumber(courses, startIndex, page, marksOf, () => this.options.now().getTime());
    }
    if (count === 0 || course === 'id')
      return listMatching(this.courses(filter, 'id') ?? [], startIndex, page, this.isLate);
    const sorted = this.options.sources.flatMap((source, at): SortedCourse[] => {
      const sortBy = attributes[at];
      const readsMemberships = sortBy?.isCore === true && sortBy.name === source.membership;
      const planned = planCourse(source, filter, 'id', readsMemberships ? 'more' : undefined);
      return planned ? [{ ...planned, sortBy }] : [];
    });
    return listSorted(sorted, { startIndex, descending }, page, this.isLate, () => tooManyToSort(names));
  }

  private async byCursor(query: ListCriteria & CursorPaging, order: ListOrder): Promise<Listing> {
    const { filter, cursor, count } = query;
    const courses = this.courses(filter, order.course);
    if (!courses) throw cannotSortByCursor(order.names);
    const seal = new CursorSeal(await this.options.cursorSecret(), this.identity(query));
    const now = this.options.now().getTime();
    const page = new ListPage(count);
    const from = cursor === '' ? undefined : seal.open(cursor, now);
    const next = await listByCursor(courses, from, page, this.isLate);
    const totalResults = await knownTotal(courses);
    return {
      resources: page.resources,
      ...(totalResults !== undefined && { totalResults }),
      ...(next && { nextCursor: seal.seal(next, now) }),
    };
  }

  /** Undefined where no sequence is in the order. */
  private courses(filter: ListCriteria['filter'], order: CourseOrder | undefined): Course[] | undefined {
    return order && this.options.sources.flatMap((source) => planCourse(source, filter, order) ?? []);
  }

  /** What must be the same on all pages of a listing by cursor. */
  private identity({ filter, sort }: ListCriteria): string {
    const { sources, caller } = this.options;
    return JSON.stringify([
      caller.domainId,
      sources.map(({ type }) => type.name),
      filter ? printFilter(filter) : '',
      sort ? [sort.path.toLowerCase(), sort.descending] : [],
    ]);
  }

  private readonly isLate = (): boolean => isLate(this.options.caller, this.options.now);
}

/** Where a look at each resource would be needed, a cursor comes without a total, as RFC 9865 §2 allows. */
async function knownTotal(courses: readonly Course[]): Promise<number | undefined> {
  if (!courses.every(isCounted)) return undefined;
  const totals = await Promise.all(courses.map(({ sequence }) => sequence.total()));
  return totals.reduce((sum, total) => sum + total, 0);
}
