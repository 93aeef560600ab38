import type { LookupPlan } from '../../scim/filter/plan';
import type { Position } from '../../store/listing/position';
import { READ_BATCH_SIZE, SCAN_BUDGET } from './list-limits';
import type { ListSource } from './list-source';
import {
  addressInIdOrder,
  comparisonOf,
  fromPositions,
  mergedInIdOrder,
  positionsInOrder,
  type FoundRest,
  type OrderedScan,
  type ScanOrder,
  type ScanPage,
} from './ordered-scan';

/** One lookup of candidates by a key. */
export type Lookup = Exclude<LookupPlan, { kind: 'scan' | 'nothing' | 'union' }>;

/** The number of found ids that a cursor carries, so that it stays short enough for a URL. */
const MAX_CARRIED_IDS = 40;

/**
 * A lookup that is read completely, or one that is read page by page. The results that the cursor carries are
 * a part without a number.
 */
type Part =
  | { readonly number?: number; readonly ids: readonly string[] }
  | { readonly number: number; readonly scan: OrderedScan; last?: ScanPage };

export interface LookupScanOptions {
  readonly source: ListSource;
  readonly lookups: readonly Lookup[];
  readonly order: ScanOrder;
  /** Returns the scan that takes over if the lookups find too many resources. It has the same order. */
  readonly fallback: () => OrderedScan;
  /** True if each page belongs to another request. */
  readonly byCursor: boolean;
}

/**
 * Scans the resources that any of the lookups finds. By cursor, a lookup whose index has the order of the
 * scan is read page by page. The others are read for the first page. For the next pages, the cursor carries
 * what they have found, unless it is too much. So the lookups are not repeated for each page.
 *
 * A cursor stays valid if the lookups find more than the limit between two pages, because the fallback has
 * the same order.
 */
export class LookupScan implements OrderedScan {
  readonly maxPageSize = READ_BATCH_SIZE;
  private chosen: Promise<OrderedScan> | undefined;
  private parts: readonly Part[] = [];
  private usesFallback = false;
  /** The positions of the ids that were found. */
  private readonly positions = new Map<string, Position>();

  constructor(private readonly options: LookupScanOptions) {}

  readonly page: OrderedScan['page'] = async (limit, after) =>
    (await (this.chosen ??= this.choose(after?.rest))).page(limit, after);

  readonly restAfter = (position: Position): FoundRest | undefined => {
    if (this.usesFallback) return 'tooMany';
    const carried = new Set<string>();
    const open: number[] = [];
    for (const { number, ids } of this.remaining(position)) {
      const all = ids && new Set([...carried, ...ids]);
      // The parts without a number come first, so the limit never drops them.
      if (all && (number === undefined || all.size <= MAX_CARRIED_IDS)) ids.forEach((id) => carried.add(id));
      else if (number !== undefined) open.push(number);
    }
    return this.chosen && { ids: [...carried], open };
  };

  private async choose(rest: FoundRest | undefined): Promise<OrderedScan> {
    const { source, lookups, order } = this.options;
    if (rest === 'tooMany') return this.fallBack();
    const opened = lookups.flatMap((lookup, number) =>
      !rest || rest.open.includes(number) ? [this.read(lookup, number)] : [],
    );
    this.parts = [...(rest ? [{ ids: rest.ids }] : []), ...(await Promise.all(opened))];
    const ids = [...new Set(this.parts.flatMap((part) => ('ids' in part ? part.ids : [])))];
    if (ids.length > SCAN_BUDGET) return this.fallBack();
    const positions = await positionsInOrder(source.store, ids, order);
    for (const position of positions) this.positions.set(position.id, position);
    const found = fromPositions(source.store, order, positions);
    const scans = this.parts.flatMap((part) => ('scan' in part ? [remembering(part)] : []));
    return scans.length === 0 ? found : mergedInIdOrder(source.store, [found, ...scans]);
  }

  private fallBack(): OrderedScan {
    this.usesFallback = true;
    return this.options.fallback();
  }

  private async read(lookup: Lookup, number: number): Promise<Part> {
    const { source, order, byCursor } = this.options;
    const scan = byCursor && order === 'id' ? scanInIdOrder(source, lookup) : undefined;
    return scan ? { number, scan } : { number, ids: await lookUp(source, lookup) };
  }

  /**
   * Returns each part with its ids after the position, undefined if they are not known. Those that the cursor
   * carried come first, and then the smallest.
   */
  private remaining(position: Position): { readonly number?: number; readonly ids?: readonly string[] }[] {
    const { lookups, order } = this.options;
    const compare = comparisonOf(order);
    const isAfter = (id: string): boolean => compare(this.positions.get(id) ?? { id }, position) > 0;
    const size = ({ number, ids }: { number?: number; ids?: readonly string[] }): number =>
      number === undefined ? -1 : (ids?.length ?? Infinity);
    return this.parts
      .map((part) => {
        // The filter itself contains the ids of such a lookup.
        const isFree = part.number !== undefined && lookups[part.number]?.kind === 'ids';
        return { number: part.number, ids: isFree ? undefined : knownIds(part)?.filter(isAfter) };
      })
      .sort((a, b) => size(a) - size(b));
  }
}

/** Returns the ids of a part, at least those after its last page; undefined if there may be others. */
function knownIds(part: Part): readonly string[] | undefined {
  if ('ids' in part) return part.ids;
  return part.last?.more === false ? part.last.positions.map(({ id }) => id) : undefined;
}

/** Returns the scan of a part, whose last page the part keeps. */
const remembering = (part: Extract<Part, { scan: OrderedScan }>): OrderedScan => ({
  ...part.scan,
  page: async (limit, after) => (part.last = await part.scan.page(limit, after)),
});

/** Returns a scan of what a lookup finds in the order of ids, if an index has this order. */
function scanInIdOrder(source: ListSource, lookup: Lookup): OrderedScan | undefined {
  if (lookup.kind === 'group') return source.scanMembers?.(lookup.groupId);
  return lookup.kind === 'address' && source.addresses
    ? addressInIdOrder(source.store, source.addresses, lookup.address)
    : undefined;
}

/** Each lookup stops one past the budget. */
async function lookUp(source: ListSource, lookup: Lookup): Promise<readonly string[]> {
  const { store } = source;
  switch (lookup.kind) {
    case 'ids':
      return lookup.ids;
    case 'name': {
      const id = await store.idOfName(lookup.name);
      return id === undefined ? [] : [id];
    }
    case 'externalId':
      return store.idsOfExternalId(lookup.externalId, SCAN_BUDGET + 1);
    case 'address':
      return (await source.addresses?.idsOf(lookup.address, SCAN_BUDGET + 1)) ?? [];
    case 'member':
    case 'group':
      return source.idsByMembership(
        lookup.kind === 'member' ? lookup.userId : lookup.groupId,
        SCAN_BUDGET + 1,
      );
    case 'nameRange':
      return store.idsOfNames(lookup, SCAN_BUDGET + 1);
  }
}
