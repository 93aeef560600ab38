import { estimate } from '../../../bench/cost/estimate';
import { costTable, detailTable } from '../../../bench/cost/print-cost';
import { pricedRegion, PRICES } from '../../../bench/cost/prices';
import { IDLE, okta } from '../../../bench/cost/workload';
import { COUNTS } from './counts';

const billOf = (workload = okta(1_000, 20)) => ({
  workload,
  lines: estimate({ counts: COUNTS, workload, auditRetentionDays: 365 }, 'us-east-1'),
});

test('the table has a row for each component and the total, and a column for each bill', () => {
  const rows = costTable([billOf(IDLE), billOf()]).split('\n');
  expect(rows[0]).toMatch(/^\| component +\| +idle \| +Okta, 1,000 \|$/);
  for (const component of new Set([...PRICES.values()].map((price) => price.component)))
    expect(rows.filter((row) => row.startsWith(`| ${component} `))).toHaveLength(1);
  const cents = (row: string, column: number) => Number(row.split('|')[column]?.replace(/[,.* ]/g, ''));
  const total = rows.findIndex((row) => row.includes('**total**'));
  const sum = rows.slice(2, total).reduce((all, row) => all + cents(row, 3), 0);
  // Each of the rows is rounded to a cent.
  expect(Math.abs(sum - cents(rows[total] ?? '', 3))).toBeLessThan(rows.length);
});

test('the details state the quantity, the price, and where the quantity comes from', () => {
  const details = detailTable(billOf(), 'us-east-1');
  expect(details).toMatch(/\| SES +\| 50 emails +\| 0.1 per 1,000 +\| 0.01 +\| assumed +\|/);
  expect(details).toMatch(/\| Secrets Manager +\| 5 secrets and replicas +\| 0.4 +\| 2.00 +\| counted +\|/);
  expect(details).toMatch(
    /\| DynamoDB .* write request units +\| 0.625 per 1,000,000 +\| [\d.]+ +\| measured +\|/,
  );
});

test('every price has a date in the past, a page, and a use', () => {
  const used = new Set(billOf().lines.map(({ priceId }) => priceId));
  for (const { id, date, source, prices } of PRICES.values()) {
    expect(Date.parse(date)).toBeLessThan(Date.now());
    expect(source).toMatch(/^(Amazon|AWS) .*pricing/);
    expect(used).toContain(id);
    expect(prices['eu-central-1']).toBeGreaterThanOrEqual(prices['us-east-1']);
  }
});

test.each([
  ['us-east-1', 'us-east-1'],
  ['eu-central-1', 'eu-central-1'],
  ['eu-west-1', 'eu-central-1'],
  ['ap-southeast-2', 'us-east-1'],
])('a stage in %s is billed at the prices of %s', (region, priced) => {
  expect(pricedRegion(region)).toBe(priced);
});
