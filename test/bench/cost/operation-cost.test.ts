import { operationPrices, pricePerThousandUsers } from '../../../bench/cost/operation-cost';
import { operationTable } from '../../../bench/cost/print-cost';
import { entra, okta } from '../../../bench/cost/workload';
import { COUNTS } from './counts';

/** Audit events are kept for a day, so that their storage hardly counts. */
const STAGE = { counts: COUNTS, auditRetentionDays: 1 };
const prices = operationPrices(STAGE, 'us-east-1');
const priceOf = (operation: string) => prices.find((each) => each.operation === operation)!;

test('a million requests cost their capacity, the request, and the time of the function', () => {
  const [created, read] = ['create a user', 'get it by id'].map(
    (operation) => priceOf(operation).byComponent,
  );
  // 12 units of the user, one of the rate counter, and those of the recorded requests.
  expect(created!.get('DynamoDB')).toBeGreaterThan(13 * 0.625);
  expect(created!.get('DynamoDB')).toBeLessThan(14 * 0.625);
  expect(created!.get('API Gateway')).toBeCloseTo(3.5 + 1_500 * 1e-3 * 0.09, 2);
  // The invocation itself, the batches of two stream records for two functions, and their compute.
  expect(created!.get('Lambda')).toBeGreaterThan(0.2 + 2 * 0.5 * 0.2);
  expect(created!.get('SES')).toBe(0);
  expect(read!.get('DynamoDB')).toBeLessThan(created!.get('DynamoDB')!);
});

test('emails are no requests, and every other measured operation has a price', () => {
  expect(prices.map(({ operation }) => operation)).not.toContain('send an email at once');
  expect(prices.length).toBeGreaterThan(30);
  for (const { total } of prices) expect(total).toBeGreaterThan(3.5);
});

test('1,000 users of a full cycle every 40 minutes cost more than those whose changes are sent', () => {
  const [full, changes] = [1, 0].map((share) =>
    pricePerThousandUsers(STAGE, entra(100_000, share, 20), 'us-east-1'),
  );
  expect(full).toBeGreaterThan(10 * changes!);
  expect(changes).toBeGreaterThan(pricePerThousandUsers(STAGE, okta(100_000, 0), 'us-east-1') / 2);
});

test('the table leaves out what costs less than a cent', () => {
  const [head, , first] = operationTable(prices).split('\n');
  expect(head).toMatch(/^\| a million of +\| DynamoDB \|.*API Gateway \|.*total \|$/);
  expect(head).not.toContain('Cognito');
  expect(first).toMatch(/^\| create a user +\| +[\d.]+ \|/);
});
