import { computeLines } from './lines/compute';
import { dataLines } from './lines/data';
import { operationLines } from './lines/operation';
import type { Situation, UsageLine } from './lines/usage-line';
import { type Price, priceOf, type PricedRegion } from './prices';

/** One line of a bill. */
export interface CostLine extends UsageLine {
  readonly component: string;
  readonly price: Price;
  /** US dollars a month. */
  readonly cost: number;
}

/**
 * Returns the lines of a month's bill. With `allowances`, what AWS gives every account for free is left out.
 */
export function estimate(
  situation: Situation,
  region: PricedRegion,
  options: { readonly allowances: boolean } = { allowances: false },
): CostLine[] {
  return [...dataLines(situation), ...computeLines(situation), ...operationLines(situation)].map((line) => {
    const price = priceOf(line.priceId);
    const free = options.allowances ? (price.freePerMonth ?? 0) : 0;
    const billed = Math.max(0, line.quantity - free);
    return { ...line, component: price.component, price, cost: (billed / price.per) * price.prices[region] };
  });
}

/** Returns the cost of each component, and the total. */
export function totals(lines: readonly CostLine[]): { byComponent: Map<string, number>; total: number } {
  const byComponent = new Map<string, number>();
  for (const { component, cost } of lines)
    byComponent.set(component, (byComponent.get(component) ?? 0) + cost);
  return { byComponent, total: lines.reduce((sum, { cost }) => sum + cost, 0) };
}
