import { estimate, totals } from './estimate';
import type { Situation } from './lines/usage-line';
import { MEASURED_CAPACITY, type MeasuredOperation } from './measured-capacity';
import type { PricedRegion } from './prices';
import { ASSUMPTIONS } from './assumptions';
import { IDLE, type Workload } from './workload';

const MILLION = 1_000_000;
/** The cost of an email is part of that of the user's change in a bill, and no request sends one. */
const isRequest = (operation: MeasuredOperation): boolean => !/ email|from the outbox/.test(operation);

/** The cost of a million requests of one kind, in US dollars. */
export interface OperationPrice {
  readonly operation: MeasuredOperation;
  readonly byComponent: ReadonlyMap<string, number>;
  readonly total: number;
}

/**
 * Returns the cost of a million requests of each measured kind: their bill, minus that of a domain without
 * requests.
 */
export function operationPrices(stage: Omit<Situation, 'workload'>, region: PricedRegion): OperationPrice[] {
  const billOf = (workload: Workload) => totals(estimate({ ...stage, workload }, region));
  const domain: Workload = { ...IDLE, users: ASSUMPTIONS.usersPerDomain };
  const idle = billOf(domain);
  return (Object.keys(MEASURED_CAPACITY) as MeasuredOperation[]).filter(isRequest).map((operation) => {
    const bill = billOf({ ...domain, requests: [{ operation, count: MILLION }] });
    return {
      operation,
      byComponent: new Map(
        [...bill.byComponent].map(([name, cost]) => [name, cost - (idle.byComponent.get(name) ?? 0)]),
      ),
      total: bill.total - idle.total,
    };
  });
}

/** Returns what a workload costs for 1,000 users a month, above an idle stage, in US dollars. */
export function pricePerThousandUsers(
  stage: Omit<Situation, 'workload'>,
  workload: Workload,
  region: PricedRegion,
): number {
  const totalOf = (load: Workload) => totals(estimate({ ...stage, workload: load }, region)).total;
  return ((totalOf(workload) - totalOf(IDLE)) * 1_000) / workload.users;
}
