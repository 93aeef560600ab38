import type { CurrentSecret } from '../../credentials/secret-versions';
import { printFilter } from '../../scim/filter/print';
import { PageMarks } from '../../store/listing/page-marks';
import { unknownAttributes } from '../../scim/filter/unknown-attributes';
import type { Table } from '../../store/table/table';
import { isLate, type Caller } from '../resources/caller';
import { listByCursor } from './cursor-listing';
import { listMatching, type ListLimits } from './filtered-listing';
import { planList, type ListPlan, type ScanOrder } from './list-plan';
import { CursorSeal } from './cursor-seal';
import { cannotSortByCursor, tooManyToSort } from './list-limits';
import { listOrder, type ListOrder } from './list-order';
import { ListPage } from './list-page';
import type { CursorPaging, IndexPaging, ListCriteria, ListQuery } from './list-query';
import type { ListSource } from './list-source';
import { isCounted, listByIndex } from './index-listing';
import type { Listing } from '../resources/resource-service';
import { listSorted, type SortedListPlan } from './sorted-listing';

export interface ListerOptions {
  readonly table: Table;
  readonly caller: Caller;
  /** The resource types to list, one after the other. */
  readonly sources: readonly ListSource[];
  readonly now: () => Date;
  /** Reads the secrets from which the keys of cursors are derived. Only listings by cursor call it. */
  readonly cursorSecret: () => Promise<CurrentSecret>;
}

/** Lists resources. Chooses for each query the plan that examines the fewest of them. */
export class Lister {
  private readonly limits: ListLimits;

  constructor(private readonly options: ListerOptions) {
    const { caller, now } = options;
    this.limits = { isLate: () => isLate(caller, now), work: caller.work };
  }

  /**
   * Throws `invalidPath` for an unknown sort attribute, `tooMany` past the budget, and the errors of cursors
   * and filters.
   */
  async list(query: ListQuery): Promise<Listing> {
    const order = listOrder(this.options.sources, query.sort);
    this.reportUnknownAttributes(query);
    return query.cursor === undefined ? this.byIndex(query, order) : this.byCursor(query, order);
  }

  /**
   * Reports the attributes of the filter that no type has: such a filter matches nothing, without an error.
   */
  private reportUnknownAttributes({ filter }: ListCriteria): void {
    const { sources, caller } = this.options;
    if (!filter || !caller.diagnostics) return;
    const types = sources.map(({ type }) => type);
    const names = types.map(({ name }) => name);
    for (const attribute of unknownAttributes(filter, types))
      caller.diagnostics.unknownFilterAttribute(names, attribute);
  }

  private async byIndex(query: ListCriteria & IndexPaging, order: ListOrder): Promise<Listing> {
    const { startIndex, count } = query;
    const page = new ListPage(count);
    const total = await this.fillPage(page, query, order);
    const { resources } = page;
    // The total is older than the page, and a page mark keeps its number after a deletion before it.
    const last = resources.length > 0 ? startIndex - 1 + resources.length : 0;
    return { resources, totalResults: Math.max(total, last), startIndex };
  }

  private async fillPage(
    page: ListPage,
    { filter, startIndex, count }: ListCriteria & IndexPaging,
    { scanOrder, descending, attributes, names }: ListOrder,
  ): Promise<number> {
    // A request for only the total can use any order.
    const plans = this.plans(filter, count === 0 ? 'id' : scanOrder);
    if (plans?.every(isCounted)) {
      const { table, caller, now } = this.options;
      const marksOf = (listing: string) => new PageMarks(table, caller.domainId, listing);
      return listByIndex(plans, startIndex, page, marksOf, { now, isLate: this.limits.isLate });
    }
    if (count === 0 || scanOrder === 'id')
      return listMatching(this.plans(filter, 'id') ?? [], startIndex, page, this.limits);
    const sorted = this.options.sources.flatMap((source, index): SortedListPlan[] => {
      const sortBy = attributes[index];
      const readsMemberships = sortBy?.isCore === true && sortBy.name === source.membershipAttribute;
      const plan = planList(source, filter, 'id', this.limits.work, readsMemberships ? 'all' : undefined);
      return plan ? [{ ...plan, sortBy }] : [];
    });
    return listSorted(sorted, { startIndex, descending }, page, this.limits, () => tooManyToSort(names));
  }

  private async byCursor(query: ListCriteria & CursorPaging, order: ListOrder): Promise<Listing> {
    const { filter, cursor, count } = query;
    const plans = this.plans(filter, order.scanOrder);
    if (!plans) throw cannotSortByCursor(order.names);
    const seal = new CursorSeal(await this.options.cursorSecret(), this.identity(query));
    const now = this.options.now().getTime();
    const page = new ListPage(count);
    const from = cursor === '' ? undefined : seal.open(cursor, now);
    const { isLate, work } = this.limits;
    const next = await listByCursor(plans, from, page, () => isLate() || work.isExhausted);
    const totalResults = await knownTotal(plans);
    return {
      resources: page.resources,
      ...(totalResults !== undefined && { totalResults }),
      ...(next && { nextCursor: seal.seal(next, now) }),
    };
  }

  /** Returns undefined if no scan has the order. */
  private plans(filter: ListCriteria['filter'], order: ScanOrder | undefined): ListPlan[] | undefined {
    const { work } = this.limits;
    return order && this.options.sources.flatMap((source) => planList(source, filter, order, work) ?? []);
  }

  /** Returns everything that must be the same on all pages of a listing by cursor. */
  private identity({ filter, sort }: ListCriteria): string {
    const { sources, caller } = this.options;
    return JSON.stringify([
      caller.domainId,
      sources.map(({ type }) => type.name),
      filter ? printFilter(filter) : '',
      sort ? [sort.path.toLowerCase(), sort.descending] : [],
    ]);
  }
}

/** Returns undefined if the total would need a read of each resource. RFC 9865 §2 makes it optional. */
async function knownTotal(plans: readonly ListPlan[]): Promise<number | undefined> {
  if (!plans.every(isCounted)) return undefined;
  const totals = await Promise.all(plans.map(({ scan }) => scan.total()));
  return totals.reduce((sum, total) => sum + total, 0);
}
