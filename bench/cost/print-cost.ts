import { type CostLine, totals } from './estimate';
import type { OperationPrice } from './operation-cost';
import type { PricedRegion } from './prices';
import type { Workload } from './workload';

/** The bill of one workload. */
export interface Bill {
  readonly workload: Workload;
  readonly lines: readonly CostLine[];
}

/** Returns the cost of each component as a table with a column for each bill. */
export function costTable(bills: readonly Bill[]): string {
  const summaries = bills.map(({ lines }) => totals(lines));
  const components = [...new Set(bills.flatMap(({ lines }) => lines.map(({ component }) => component)))];
  const heads = bills.map(({ workload: { name, users } }) =>
    users === 0 ? name : `${name}, ${users.toLocaleString('en')}`,
  );
  const rows = components.map((component) => [
    component,
    ...summaries.map(({ byComponent }) => dollars(byComponent.get(component) ?? 0)),
  ]);
  const total = ['**total**', ...summaries.map((summary) => dollars(summary.total))];
  return table(['component', ...heads], [...rows, total], heads.length);
}

/** Returns the lines of one bill with their quantities, prices, and the sources of both. */
export function detailTable({ lines }: Bill, region: PricedRegion): string {
  const rows = lines
    .filter(({ quantity }) => quantity > 0)
    .map(({ component, price, quantity, basis, note, cost }) => [
      component,
      `${amount(quantity)} ${price.unit}`,
      `${price.prices[region]}${price.per === 1 ? '' : ` per ${price.per.toLocaleString('en')}`}`,
      dollars(cost),
      basis,
      note,
    ]);
  return table(['component', 'quantity', 'price, USD', 'USD', 'quantity is', 'of'], rows, 0);
}

/**
 * Returns the cost of a million requests of each kind as a table. Components that cost less than a cent are
 * left out.
 */
export function operationTable(prices: readonly OperationPrice[]): string {
  const components = [...new Set(prices.flatMap(({ byComponent }) => [...byComponent.keys()]))].filter(
    (name) => prices.some(({ byComponent }) => (byComponent.get(name) ?? 0) >= 0.005),
  );
  const rows = prices.map(({ operation, byComponent, total }) => [
    operation,
    ...components.map((name) => dollars(byComponent.get(name) ?? 0)),
    dollars(total),
  ]);
  return table(['a million of', ...components, 'total'], rows, components.length + 1);
}

/** Returns an amount of US dollars with cents. */
export const dollars = (cost: number): string =>
  cost.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

const amount = (quantity: number): string =>
  quantity.toLocaleString('en', { maximumFractionDigits: quantity < 10 ? 3 : 0 });

/**
 * Returns a Markdown table whose columns are aligned in a terminal too. The last `right` columns are numbers.
 */
function table(heads: readonly string[], rows: readonly (readonly string[])[], right: number): string {
  const widths = heads.map((head, at) =>
    Math.max(head.length, 3, ...rows.map((row) => row[at]?.length ?? 0)),
  );
  const isRight = (at: number): boolean => at >= heads.length - right;
  const pad = (cell: string, at: number): string =>
    isRight(at) ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0);
  const rule = widths.map((width, at) => (isRight(at) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  return [heads.map(pad), rule, ...rows.map((row) => row.map(pad))]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}
