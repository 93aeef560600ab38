import { comparedValues } from '../../scim/filter/compared-values';
import { exactPlan } from '../../scim/filter/exact-plan';
import type { Filter } from '../../scim/filter/ast';
import { compileFilter } from '../../scim/filter/match';
import { planFilter, type LookupPlan } from '../../scim/filter/plan';
import type { Resource } from '../../scim/resource';
import type { ResourceRecord } from '../../store/resources/resource-record';
import { SCAN_BUDGET, tooManyCandidates } from './list-limits';
import type { ListSource, WantedMemberships } from './list-source';
import { inIdOrder, inNameOrder, fromIds, fromIdsByName, type OrderedScan } from './ordered-scan';

/** How a listing goes through one source: in which sequence, and what of it counts. */
export interface ListPlan {
  readonly source: ListSource;
  readonly scan: OrderedScan;
  /** Undefined where all of the sequence counts. */
  readonly matches?: (resource: Resource) => boolean;
  /** What `matches` looks at. */
  readonly read: (records: readonly ResourceRecord[]) => AsyncIterable<Resource>;
}

/** The orders in which a sequence can be had. That of a range of names is by name either way. */
export type ScanOrder = 'id' | 'name' | 'nameDescending';

/**
 * Undefined where the filter finds nothing in the source. `wanted` are memberships that the caller looks at besides. Throws
 * `invalidFilter`.
 */
export function planList(
  source: ListSource,
  filter: Filter | undefined,
  order: ScanOrder,
  wanted: WantedMemberships = new Set(),
): ListPlan | undefined {
  const { type, store, total, membershipAttribute } = source;
  const exact = exactPlan(filter, type);
  const asked = filter && wanted !== 'all' ? comparedValues(filter, type, membershipAttribute) : wanted;
  const read: ListPlan['read'] = (records) => source.read(records, asked);
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

/** Records among which are all that the plan's filter can match. */
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

/** Each look-up stops one past the budget. */
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
