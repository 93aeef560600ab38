import { comparedValues } from '../../scim/filter/compared-values';
import { decisiveTests } from '../../scim/filter/decisive-tests';
import { exactPlan } from '../../scim/filter/exact-plan';
import type { Filter } from '../../scim/filter/ast';
import { compileFilter } from '../../scim/filter/match';
import { countTerms } from '../../scim/filter/terms';
import { planFilter, usesAddress, type LookupPlan } from '../../scim/filter/plan';
import type { Resource } from '../../scim/resource';
import type { WorkBudget } from '../../scim/work';
import type { ResourceRecord } from '../../store/resources/resource-record';
import type { ResourceStore } from '../../store/resources/resource-store';
import { SCAN_BUDGET } from './list-limits';
import type { ListSource, NeededMemberships } from './list-source';
import { LookupScan, type Lookup } from './lookup-scan';
import {
  chosenScan,
  fromPositions,
  inIdOrder,
  inNameOrder,
  type OrderedScan,
  type ScanOrder,
} from './ordered-scan';

/** The way of a listing through one source: the scan, and the filter for its resources. */
export interface ListPlan {
  readonly source: ListSource;
  readonly scan: OrderedScan;
  /** Undefined if all resources of the scan match. */
  readonly matches?: (resource: Resource) => boolean;
  /** The number of conditions in the filter. */
  readonly conditions: number;
  /** Reads the resources as `matches` needs them. */
  readonly read: (records: readonly ResourceRecord[]) => AsyncIterable<Resource>;
}

interface ScanOptions {
  readonly order: ScanOrder;
  /** True if each page belongs to another request. */
  readonly byCursor: boolean;
}

export interface PlanOptions extends Partial<ScanOptions> {
  readonly order: ScanOrder;
  /** True if the caller sorts the resources by their memberships. */
  readonly sortsByMembership?: boolean;
}

/**
 * Returns undefined if the filter matches nothing in the source. The comparisons of the filter are counted in
 * `work`. Throws `invalidFilter`.
 */
export function planList(
  source: ListSource,
  filter: Filter | undefined,
  { order, byCursor = false, sortsByMembership = false }: PlanOptions,
  work: WorkBudget,
): ListPlan | undefined {
  const { type, store, total } = source;
  const exact = exactPlan(filter, type);
  const needed = neededMemberships(source, filter, work, sortsByMembership);
  const conditions = filter ? countTerms(filter) : 0;
  const read: ListPlan['read'] = (records) => source.read(records, needed);
  if (exact?.kind === 'all') {
    const scan =
      order === 'id' ? inIdOrder(store, total) : inNameOrder(store, order === 'nameDescending', { total });
    return { source, scan, conditions, read };
  }
  if (exact?.kind === 'group' && order === 'id' && source.scanMembers)
    return { source, scan: source.scanMembers(exact.groupId), conditions, read };

  const matches = filter && compileFilter(filter, type, work);
  const plan = planFilter(filter, type);
  const options = { order, byCursor };
  const scan = usesAddress(plan)
    ? candidatesByAddress(source, filter, plan, options)
    : candidates(source, plan, options);
  return scan && { source, scan, matches, conditions, read };
}

/** Returns the memberships that the filter compares, and that the order needs. */
function neededMemberships(
  { type, membershipAttribute }: ListSource,
  filter: Filter | undefined,
  work: WorkBudget,
  sorts: boolean,
): NeededMemberships {
  const values = filter ? comparedValues(filter, type, membershipAttribute) : new Set<string>();
  if (!sorts && values !== 'all') return values;
  return filter ? decisiveTests(filter, type, membershipAttribute, work) : [];
}

/**
 * Returns a scan of all records that a filter with email addresses may match. It looks the addresses up,
 * except if too many users have them, or if the domain has users of an earlier version, whose addresses are
 * not indexed. In such a domain, the first lookup requests the indexing.
 */
const candidatesByAddress = (
  source: ListSource,
  filter: Filter | undefined,
  plan: Lookups,
  { order, byCursor }: ScanOptions,
): OrderedScan =>
  chosenScan(async (after) => {
    const { store, type, addresses } = source;
    const withoutAddresses = (): OrderedScan =>
      candidates(source, planFilter(filter, type, false), { order, byCursor }) ??
      fromPositions(store, order, []);
    // A range of names has another order, so it is read to its end even if the indexing ends meanwhile.
    if (order === 'id' && after?.nameKey !== undefined) return withoutAddresses();
    const state = await addresses?.readState(SCAN_BUDGET + 1);
    if (!state?.isComplete) {
      await addresses?.requestIndexing(state);
      return withoutAddresses();
    }
    const lookups = [...lookupsOf(plan), { kind: 'ids', ids: state.unindexedIds } as const];
    const fallback = byCursor ? () => scanOfAll(store, order) : withoutAddresses;
    return new LookupScan({ source, lookups, order, byCursor, fallback });
  });

/** Returns a scan of all records that the filter may match. */
function candidates(
  source: ListSource,
  plan: LookupPlan,
  { order, byCursor }: ScanOptions,
): OrderedScan | undefined {
  const { store } = source;
  const descending = order === 'nameDescending';
  switch (plan.kind) {
    case 'nothing':
      return undefined;
    case 'scan':
      return scanOfAll(store, order);
    case 'group':
      return order === 'id' && source.scanMembers
        ? source.scanMembers(plan.groupId)
        : inNameOrder(store, descending);
    case 'nameRange':
      return inNameOrder(store, descending, { range: plan });
    default: {
      const fallback = () => scanOfAll(store, order);
      return new LookupScan({ source, lookups: lookupsOf(plan), order, byCursor, fallback });
    }
  }
}

const scanOfAll = (store: ResourceStore, order: ScanOrder): OrderedScan =>
  order === 'id' ? inIdOrder(store) : inNameOrder(store, order === 'nameDescending');

type Lookups = Exclude<LookupPlan, { kind: 'scan' }>;

function lookupsOf(plan: Lookups): readonly Lookup[] {
  if (plan.kind === 'nothing') return [];
  return plan.kind === 'union' ? plan.plans : [plan];
}
