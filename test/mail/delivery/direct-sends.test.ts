import { BUSY_MS, DIRECT_SENDS, DirectSends } from '../../../shared/mail/delivery/direct-sends';

const at = (ms: number): Date => new Date(Date.UTC(2026, 2, 1) + ms);

let sends: DirectSends;
beforeEach(() => (sends = new DirectSends()));

/** Returns which of `count` emails of a domain in one batch are sent at once. */
function batch(domainId: string, count: number, now: Date): boolean[] {
  const take = sends.startBatch();
  return Array.from({ length: count }, () => take(domainId, now));
}
const directOf = (taken: boolean[]): number => taken.filter(Boolean).length;

it('lets the first few emails of each domain in a batch be sent at once', () => {
  const take = sends.startBatch();
  const taken = Array.from({ length: 20 }, (_, each) => [take('a', at(0)), each < 3 && take('b', at(0))]);
  expect(taken.filter(([a]) => a)).toHaveLength(DIRECT_SENDS);
  expect(taken.filter(([, b]) => b)).toHaveLength(3);
});

it('lets the single emails of many batches be sent at once', () => {
  for (let each = 0; each < 30; each++) expect(batch('a', 1, at(each))).toEqual([true]);
  for (let each = 0; each < 100; each++) expect(batch('b', 1, at(each * 1_000))).toEqual([true]);
});

it('lets all emails of a domain wait for their turn for a while after it had too many, but not those of others', () => {
  expect(directOf(batch('a', 20, at(0)))).toBe(DIRECT_SENDS);
  expect(directOf(batch('a', 20, at(BUSY_MS - 1)))).toBe(0);
  expect(directOf(batch('b', 2, at(BUSY_MS - 1)))).toBe(2);
  expect(directOf(batch('a', 20, at(BUSY_MS)))).toBe(DIRECT_SENDS);
});

it('sends few emails at once if small batches follow each other without end', () => {
  let direct = 0;
  for (let ms = 0; ms < 60_000; ms += 100) direct += directOf(batch('a', 3, at(ms)));
  expect(direct).toBeLessThan(60 * 5);
});

it('does not depend on a clock that goes back', () => {
  batch('a', 20, at(BUSY_MS));
  expect(directOf(batch('a', 1, at(0)))).toBe(0);
});
