import type { ResourceType } from '../resource-type';
import type { Filter } from './ast';
import { planFilter } from './plan';

/** What a filter finds, where a store knows it without a look at each resource. */
export type ExactPlan =
  | { readonly kind: 'all' }
  /** Users that are members of the group. */
  | { readonly kind: 'group'; readonly groupId: string };

const ALL: ExactPlan = { kind: 'all' };

/** Undefined where the filter asks for more than that; no filter asks for all. */
export function exactPlan(filter: Filter | undefined, type: ResourceType): ExactPlan | undefined {
  switch (filter?.kind) {
    case undefined:
      return ALL;
    case 'and': {
      const plans = filter.operands.map((operand) => exactPlan(operand, type));
      const narrow = plans.filter((plan) => plan?.kind !== 'all');
      return narrow.length > 1 ? undefined : narrow.length === 1 ? narrow[0] : ALL;
    }
    case 'comparison':
      return isTypeComparison(filter, type) ? ALL : groupPlan(filter, type);
    case 'valuePath':
      return filter.filter.kind === 'comparison' ? groupPlan(filter, type) : undefined;
    default:
      return undefined;
  }
}

const isTypeComparison = ({ path, operator, value }: Comparison, { name }: ResourceType): boolean =>
  path.toLowerCase() === 'meta.resourcetype' && operator === 'eq' && value === name;

function groupPlan(filter: Filter, type: ResourceType): ExactPlan | undefined {
  const plan = planFilter(filter, type);
  return plan.kind === 'group' ? plan : undefined;
}

type Comparison = Extract<Filter, { kind: 'comparison' }>;
