import type { ResourceType } from '../resource-type';
import type { Filter } from './ast';
import { planFilter } from './plan';

/** The result of a filter that a store can determine without reading each resource. */
export type ExactPlan =
  | { readonly kind: 'all' }
  /** Users who are members of the group. */
  | { readonly kind: 'group'; readonly groupId: string };

const ALL: ExactPlan = { kind: 'all' };

/**
 * Returns the exact plan of a filter, or undefined if each candidate must be matched. No filter means all
 * resources.
 */
export function exactPlan(filter: Filter | undefined, type: ResourceType): ExactPlan | undefined {
  switch (filter?.kind) {
    case undefined:
      return ALL;
    case 'and': {
      const plans = filter.operands.map((operand) => exactPlan(operand, type));
      const narrowing = plans.filter((plan) => plan?.kind !== 'all');
      if (narrowing.length > 1) return undefined;
      return narrowing.length === 1 ? narrowing[0] : ALL;
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
