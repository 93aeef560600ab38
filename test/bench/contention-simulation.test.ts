import { simulateCreations } from '../../bench/contention/simulation';
import { COUNT_SHARDS } from '../../shared/store/domains/counts';

const simulate = (perSecond: number, holdMs: number, shards = COUNT_SHARDS) =>
  simulateCreations({ perSecond, seconds: 20, shards, holdMs });

it.each([
  [100, 20, 1.3],
  [100, 30, 1.3],
  [300, 20, 1.6],
  [300, 30, 1.6],
])('%d creations a second, held for %d ms, take at most %d tries each', async (rate, hold, maxTries) => {
  const { triesPerCommit, slowest, failures, writeUnits } = await simulate(rate, hold);
  expect(triesPerCommit).toBeLessThanOrEqual(maxTries);
  expect(slowest).toBeLessThan(5_000);
  expect(failures).toBe(0);
  // The limit of a partition key.
  expect(writeUnits).toBeLessThan(1_000);
});

it('with fewer shards, the same load takes more tries', async () => {
  expect((await simulate(300, 30, 16)).triesPerCommit).toBeGreaterThan(1.6);
});

it('has the same result each time', async () => {
  expect(await simulate(100, 20)).toEqual(await simulate(100, 20));
});
