import { compareCodePoints } from '../text';

export interface NameBound {
  /** In lower case. */
  readonly value: string;
  readonly inclusive: boolean;
}

/** By name (userName or displayName, in lower case): either all that begin with `prefix`, or those between the bounds. */
export interface NameRange {
  readonly kind: 'nameRange';
  readonly prefix?: string;
  /** Never above `upper`. */
  readonly lower?: NameBound;
  readonly upper?: NameBound;
}

/** Where candidates are found by a key. Every value is fit for one: not empty, and not longer than a sort key may be. */
export type Lookup =
  | { readonly kind: 'ids'; readonly ids: readonly string[] }
  /** In lower case. */
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'externalId'; readonly externalId: string }
  /** Groups that the user is a member of. */
  | { readonly kind: 'member'; readonly userId: string }
  /** Users that are members of the group. */
  | { readonly kind: 'group'; readonly groupId: string }
  | NameRange;

/** How to find candidates for a filter. They are a superset: the matcher has the last word on each. */
export type LookupPlan =
  | Lookup
  | { readonly kind: 'nothing' }
  /** What any of two or more look-ups finds. */
  | { readonly kind: 'union'; readonly plans: readonly Lookup[] }
  /** All resources of the type. */
  | { readonly kind: 'scan' };

export const NOTHING: LookupPlan = { kind: 'nothing' };
export const SCAN: LookupPlan = { kind: 'scan' };

/** A union of more look-ups than this is a scan. Ids are one look-up, whatever their number. */
export const MAX_UNION = 20;

/**
 * Order of preference within an `and`, roughly the reads that a look-up costs: an id is one read, a name is a claim and
 * the item, an externalId an index query and the item, a user is in some groups, a group has many users, a range is as
 * long as the domain is large.
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

/** Candidates for `a and b`: what the cheaper one finds, or less where both speak of the same key. */
export function intersectPlans(a: LookupPlan, b: LookupPlan): LookupPlan {
  if (a.kind === 'ids' && b.kind === 'ids') {
    const ids = a.ids.filter((id) => b.ids.includes(id));
    return ids.length > 0 ? { kind: 'ids', ids } : NOTHING;
  }
  if (a.kind === 'name' && b.kind === 'name') return a.name === b.name ? a : NOTHING;
  if (a.kind === 'externalId' && b.kind === 'externalId') {
    return a.externalId === b.externalId ? a : NOTHING;
  }
  if (a.kind === 'nameRange' && b.kind === 'nameRange') return overlap(a, b);
  return cost(a) <= cost(b) ? a : b;
}

/** Candidates for `a or b or …`. */
export function unionPlans(alternatives: readonly LookupPlan[]): LookupPlan {
  const ids = new Set<string>();
  const others = new Map<string, Lookup>();
  for (const plan of alternatives.flatMap(flattenUnion)) {
    if (plan.kind === 'scan') return SCAN;
    if (plan.kind === 'ids') plan.ids.forEach((id) => ids.add(id));
    else if (plan.kind !== 'nothing') others.set(JSON.stringify(plan), plan);
  }
  const plans = [...(ids.size > 0 ? [{ kind: 'ids' as const, ids: [...ids] }] : []), ...others.values()];
  if (plans.length > MAX_UNION) return SCAN;
  const [first = NOTHING, second] = plans;
  return second ? { kind: 'union', plans } : first;
}

const flattenUnion = (plan: LookupPlan): readonly Exclude<LookupPlan, { kind: 'union' }>[] =>
  plan.kind === 'union' ? plan.plans : [plan];

/** DynamoDB takes a prefix or bounds, not both, and refuses bounds that are the wrong way round. */
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

/** `direction` is 1 for lower bounds, of which the greater is tighter, and -1 for upper ones. */
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
