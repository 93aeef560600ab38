import { BATCH_RULES, simulateBatches } from '../../bench/rate-batches/simulate';
import { seededRandom } from '../support/random';

const figuresOf = (name: string, perSecond: number) => {
  const rule = BATCH_RULES.find((each) => each.name === name)!;
  const draw = seededRandom(7);
  const load = { perSecond, perTenSeconds: 250, windows: 60, milliseconds: 100 };
  return simulateBatches(rule, load, () => draw(1_000_000) / 1_000_000);
};

it.each(BATCH_RULES.map(({ name }) => name))('"%s" never serves more than the limit', (name) => {
  for (const perSecond of [5, 25, 60]) {
    const { served, requests } = figuresOf(name, perSecond);
    expect(served).toBeLessThanOrEqual(250 * 60);
    expect(served).toBeLessThanOrEqual(requests);
  }
});

it('a write for each request refuses none below the limit, and uses the limit up', () => {
  const { requests, served, writes, refusedEarly } = figuresOf('one (today)', 60);
  expect({ writes, refusedEarly, served }).toEqual({ writes: requests, refusedEarly: 0, served: 250 * 60 });
});

it('a batch saves writes, and refuses requests below the limit at the rate of the limit', () => {
  expect(figuresOf('10', 5).writes).toBeLessThan(figuresOf('10', 5).requests / 4);
  expect(figuresOf('10', 25).refusedEarly).toBeGreaterThan(0);
});
