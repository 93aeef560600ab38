import { compareCodePoints } from '../text';
import { nameKeyOf, nameKeysOf } from '../text/name-key';

/** One end of a range of names. */
interface NameBound {
  /** Folded. */
  readonly value: string;
  readonly inclusive: boolean;
}

/** A range of folded userNames or displayNames: either all with a prefix, or all between two bounds. */
export interface NameRange {
  readonly kind: 'nameRange';
  readonly prefix?: string;
  /** The bound is at most `upper`. */
  readonly lower?: NameBound;
  readonly upper?: NameBound;
}

/**
 * A lookup of candidates by a key. Every value is valid as a key: neither empty nor longer than a sort key
 * may be.
 */
type Lookup =
  | { readonly kind: 'ids'; readonly ids: readonly string[] }
  /** One of the keys of `name`, which is not folded, is a possible key. */
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'externalId'; readonly externalId: string }
  /** Users who have the email address, which is folded. */
  | { readonly kind: 'address'; readonly address: string }
  /** Groups of which the user is a member. */
  | { readonly kind: 'member'; readonly userId: string }
  /** Users who are members of the group. */
  | { readonly kind: 'group'; readonly groupId: string }
  | NameRange;

/**
 * The way in which a store finds candidates for a filter. Candidates are a superset of the matches; the
 * matcher decides on each.
 */
export type LookupPlan =
  | Lookup
  | { readonly kind: 'nothing' }
  /** The results of two or more lookups together. */
  | { readonly kind: 'union'; readonly plans: readonly Lookup[] }
  /** All resources of the type. */
  | { readonly kind: 'scan' };

export const NOTHING: LookupPlan = { kind: 'nothing' };
export const SCAN: LookupPlan = { kind: 'scan' };

/**
 * Maximum number of lookups in a union; with more, a scan is cheaper. All IDs together count as one lookup.
 */
export const MAX_UNION = 20;

/**
 * Estimates the reads of a plan, to choose the cheapest one of an `and`. An ID is one read. A name is its
 * claim and the item. An externalId is an index query and the item. An address is the claim, the users who
 * have it beside their names, the state of these lookups, and the item. A user is in some groups, a group has
 * many users, and a range grows with the domain.
 */
function cost(plan: LookupPlan): number {
  switch (plan.kind) {
    case 'nothing':
      return 0;
    case 'ids':
      return plan.ids.length;
    case 'name':
      return 2;
    case 'externalId':
      return 3;
    case 'address':
      return 5;
    case 'member':
      return 20;
    case 'group':
      return 1_000;
    case 'nameRange':
      return plan.prefix !== undefined || (plan.lower && plan.upper) ? 2_000 : 4_000;
    case 'union':
      return plan.plans.reduce((sum, each) => sum + cost(each), 0);
    case 'scan':
      return Infinity;
  }
}

/** Returns the plan for `a and b`: the cheaper one, or their intersection if both look up the same key. */
export function intersectPlans(a: LookupPlan, b: LookupPlan): LookupPlan {
  if (a.kind === 'ids' && b.kind === 'ids') {
    const ids = a.ids.filter((id) => b.ids.includes(id));
    return ids.length > 0 ? { kind: 'ids', ids } : NOTHING;
  }
  if (a.kind === 'name' && b.kind === 'name') return nameKeyOf(a.name) === nameKeyOf(b.name) ? a : NOTHING;
  if (a.kind === 'externalId' && b.kind === 'externalId') {
    return a.externalId === b.externalId ? a : NOTHING;
  }
  if (a.kind === 'nameRange' && b.kind === 'nameRange') return overlap(a, b);
  return cost(a) <= cost(b) ? a : b;
}

/** Returns the plan for `a or b or …`. */
export function unionPlans(alternatives: readonly LookupPlan[]): LookupPlan {
  const ids = new Set<string>();
  const others = new Map<string, Lookup>();
  for (const plan of alternatives.flatMap(flattenUnion)) {
    if (plan.kind === 'scan') return SCAN;
    if (plan.kind === 'ids') plan.ids.forEach((id) => ids.add(id));
    else if (plan.kind !== 'nothing') others.set(identityOf(plan), plan);
  }
  const plans = [...(ids.size > 0 ? [{ kind: 'ids' as const, ids: [...ids] }] : []), ...others.values()];
  if (plans.length > MAX_UNION) return SCAN;
  const [first = NOTHING, second] = plans;
  return second ? { kind: 'union', plans } : first;
}

/**
 * Returns a text that is the same for the same lookup. Spellings of a name are one lookup if all keys are the
 * same.
 */
const identityOf = (plan: Lookup): string =>
  JSON.stringify(plan.kind === 'name' ? [plan.kind, ...nameKeysOf(plan.name)] : plan);

/** Returns whether a plan looks up an email address, alone or in a union. */
export const usesAddress = (plan: LookupPlan): plan is Exclude<LookupPlan, { kind: 'scan' }> =>
  flattenUnion(plan).some(({ kind }) => kind === 'address');

const flattenUnion = (plan: LookupPlan): readonly Exclude<LookupPlan, { kind: 'union' }>[] =>
  plan.kind === 'union' ? plan.plans : [plan];

/**
 * Intersects two ranges. DynamoDB accepts a prefix or bounds, not both, and rejects a lower bound above the
 * upper one.
 */
function overlap(a: NameRange, b: NameRange): LookupPlan {
  if (a.prefix !== undefined && b.prefix !== undefined) {
    const [short, long] = a.prefix.length < b.prefix.length ? [a, b] : [b, a];
    return long.prefix?.startsWith(short.prefix ?? '') ? long : NOTHING;
  }
  if (a.prefix !== undefined) return a;
  if (b.prefix !== undefined) return b;
  const lower = tighterBound(a.lower, b.lower, 1);
  const upper = tighterBound(a.upper, b.upper, -1);
  if (lower && upper && isEmpty(lower, upper)) return NOTHING;
  return { kind: 'nameRange', ...(lower && { lower }), ...(upper && { upper }) };
}

/**
 * Returns the tighter bound. `direction` is 1 for lower bounds, where the greater one is tighter, and -1 for
 * upper bounds.
 */
function tighterBound(
  a: NameBound | undefined,
  b: NameBound | undefined,
  direction: 1 | -1,
): NameBound | undefined {
  if (!a || !b) return a ?? b;
  const order = compareCodePoints(a.value, b.value) * direction;
  if (order === 0) return a.inclusive ? b : a;
  return order > 0 ? a : b;
}

function isEmpty(lower: NameBound, upper: NameBound): boolean {
  const order = compareCodePoints(lower.value, upper.value);
  return order > 0 || (order === 0 && !(lower.inclusive && upper.inclusive));
}
