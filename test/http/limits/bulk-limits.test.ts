import fc from 'fast-check';
import { maxBulkOperations, requestsOfBulk } from '../../../shared/http/limits/bulk-limits';

const limit = (perMinute: number, perTenSeconds: number, bulkOperationsPerRequest: number) => ({
  perMinute,
  perTenSeconds,
  bulkOperationsPerRequest,
});

describe('the limits of a bulk', () => {
  it.each([
    ['no limit', null, 500],
    ['a burst of 20, ten operations each', limit(100, 20, 10), 200],
    ['a burst larger than the minute', limit(5, 20, 10), 50],
    ['a large burst', limit(6_000, 1_000, 10), 500],
  ])('combine the limits of the service and of the plan: %s', (_, plan, operations) =>
    expect(maxBulkOperations(plan)).toBe(operations),
  );

  it.each([
    [0, 1],
    [1, 1],
    [10, 1],
    [11, 2],
    [200, 20],
  ])('count %i operations as %i requests', (operations, requests) =>
    expect(requestsOfBulk(operations, limit(100, 20, 10))).toBe(requests),
  );

  it('never allow a bulk that exceeds a window', () => {
    const number = fc.integer({ min: 1, max: 2_000 });
    fc.assert(
      fc.property(number, number, number, (perMinute, perTenSeconds, operations) => {
        const plan = limit(perMinute, perTenSeconds, operations);
        const requests = requestsOfBulk(maxBulkOperations(plan), plan);
        expect(requests).toBeLessThanOrEqual(Math.min(perMinute, perTenSeconds));
      }),
    );
  });
});
