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
import { chosenScan, inIdOrder, inNameOrder, fromIds, fromIdsByName, type OrderedScan } from './ordered-scan';

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

/** The orders of scans. A scan of a range of names is always in the order of names. */
export type ScanOrder = 'id' | 'name' | 'nameDescending';

/**
 * Returns undefined if the filter matches nothing in the source. The comparisons of the filter are counted in
 * `work`. With `sortsByMembership`, the first membership is read, too. Throws `invalidFilter`.
 */
export function planList(
  source: ListSource,
  filter: Filter | undefined,
  order: ScanOrder,
  work: WorkBudget,
  sortsByMembership = false,
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
  const scan = usesAddress(plan)
    ? candidatesByAddress(source, filter, plan, order)
    : candidates(source, plan, order);
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
  order: ScanOrder,
): OrderedScan =>
  chosenScan(async () => {
    const { store, addresses } = source;
    const state = await addresses?.readState(SCAN_BUDGET + 1);
    if (state?.isComplete) {
      const ids = [...(await lookUp(source, plan)), ...state.unindexedIds];
      if (ids.length <= SCAN_BUDGET) return scanOf(store, ids, order);
    } else await addresses?.requestIndexing(state);
    return candidates(source, planFilter(filter, source.type, false), order) ?? scanOf(store, [], order);
  });

/** Returns a scan of all records that the filter may match. */
function candidates(source: ListSource, plan: LookupPlan, order: ScanOrder): OrderedScan | undefined {
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
    default:
      return foundOrAll(source, plan, order);
  }
}

/**
 * Returns a scan of the records that the lookups find, or of all records if they find too many. Both have the
 * same order, so a cursor stays valid if the number passes the limit between two pages.
 */
const foundOrAll = (source: ListSource, plan: Lookups, order: ScanOrder): OrderedScan =>
  chosenScan(async () => {
    const { store } = source;
    const ids = [...new Set(await lookUp(source, plan))];
    return ids.length <= SCAN_BUDGET ? scanOf(store, ids, order) : scanOfAll(store, order);
  });

const scanOfAll = (store: ResourceStore, order: ScanOrder): OrderedScan =>
  order === 'id' ? inIdOrder(store) : inNameOrder(store, order === 'nameDescending');

function scanOf(store: ResourceStore, ids: readonly string[], order: ScanOrder): OrderedScan {
  const findIds = () => Promise.resolve(ids);
  return order === 'id' ? fromIds(store, findIds) : fromIdsByName(store, findIds, order === 'nameDescending');
}

type Lookups = Exclude<LookupPlan, { kind: 'scan' }>;

/** Each lookup stops one past the budget. */
async function lookUp(source: ListSource, plan: Lookups): Promise<readonly string[]> {
  const { store } = source;
  switch (plan.kind) {
    case 'nothing':
      return [];
    case 'ids':
      return plan.ids;
    case 'name': {
      const id = await store.idOfName(plan.name);
      return id === undefined ? [] : [id];
    }
    case 'externalId':
      return store.idsOfExternalId(plan.externalId, SCAN_BUDGET + 1);
    case 'address':
      return (await source.addresses?.idsOf(plan.address, SCAN_BUDGET + 1)) ?? [];
    case 'member':
    case 'group':
      return source.idsByMembership(plan.kind === 'member' ? plan.userId : plan.groupId, SCAN_BUDGET + 1);
    case 'nameRange':
      return store.idsOfNames(plan, SCAN_BUDGET + 1);
    case 'union':
      return (await Promise.all(plan.plans.map((part) => lookUp(source, part)))).flat();
  }
}
