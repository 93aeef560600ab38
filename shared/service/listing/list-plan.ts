import { comparedValues } from '../../scim/filter/compared-values';
import { exactPlan } from '../../scim/filter/exact-plan';
import type { Filter } from '../../scim/filter/ast';
import { compileFilter } from '../../scim/filter/match';
import { planFilter, type LookupPlan } from '../../scim/filter/plan';
import type { Resource } from '../../scim/resource';
import type { ResourceRecord } from '../../store/resources/resource-record';
import { SCAN_BUDGET, tooManyCandidates } from './list-limits';
import type { ListSource, NeededMemberships } from './list-source';
import { inIdOrder, inNameOrder, fromIds, fromIdsByName, type OrderedScan } from './ordered-scan';

/** The way of a listing through one source: the scan, and the filter for its resources. */
export interface ListPlan {
  readonly source: ListSource;
  readonly scan: OrderedScan;
  /** Undefined if all resources of the scan match. */
  readonly matches?: (resource: Resource) => boolean;
  /** Reads the resources as `matches` needs them. */
  readonly read: (records: readonly ResourceRecord[]) => AsyncIterable<Resource>;
}

/** The orders of scans. A scan of a range of names is always in the order of names. */
export type ScanOrder = 'id' | 'name' | 'nameDescending';

/**
 * Returns undefined if the filter matches nothing in the source. `needed` are memberships that the caller
 * needs in addition to those of the filter. Throws `invalidFilter`.
 */
export function planList(
  source: ListSource,
  filter: Filter | undefined,
  order: ScanOrder,
  needed: NeededMemberships = new Set(),
): ListPlan | undefined {
  const { type, store, total, membershipAttribute } = source;
  const exact = exactPlan(filter, type);
  const memberships = filter && needed !== 'all' ? comparedValues(filter, type, membershipAttribute) : needed;
  const read: ListPlan['read'] = (records) => source.read(records, memberships);
  if (exact?.kind === 'all') {
    const scan =
      order === 'id' ? inIdOrder(store, total) : inNameOrder(store, order === 'nameDescending', { total });
    return { source, scan, read };
  }
  if (exact?.kind === 'group' && order === 'id' && source.scanMembers)
    return { source, scan: source.scanMembers(exact.groupId), read };

  const matches = filter && compileFilter(filter, type);
  const scan = candidates(source, planFilter(filter, type), order);
  return scan && { source, scan, matches, read };
}

/** Returns a scan of all records that the filter may match. */
function candidates(source: ListSource, plan: LookupPlan, order: ScanOrder): OrderedScan | undefined {
  const { store } = source;
  const descending = order === 'nameDescending';
  switch (plan.kind) {
    case 'nothing':
      return undefined;
    case 'scan':
      return order === 'id' ? inIdOrder(store) : inNameOrder(store, descending);
    case 'group':
      return order === 'id' && source.scanMembers
        ? source.scanMembers(plan.groupId)
        : inNameOrder(store, descending);
    case 'nameRange':
      return inNameOrder(store, descending, { range: plan });
    default: {
      const find = () => allIds(source, plan);
      return order === 'id' ? fromIds(store, find) : fromIdsByName(store, find, descending);
    }
  }
}

type Lookups = Exclude<LookupPlan, { kind: 'scan' }>;

async function allIds(source: ListSource, plan: Lookups): Promise<readonly string[]> {
  const ids = await lookUp(source, plan);
  if (ids.length > SCAN_BUDGET) throw tooManyCandidates();
  return ids;
}

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
    case 'member':
    case 'group':
      return source.idsByMembership(plan.kind === 'member' ? plan.userId : plan.groupId, SCAN_BUDGET + 1);
    case 'nameRange':
      return store.idsOfNames(plan, SCAN_BUDGET + 1);
    case 'union':
      return (await Promise.all(plan.plans.map((part) => lookUp(source, part)))).flat();
  }
}
