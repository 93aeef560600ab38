import { COUNT_SHARDS } from '../../../shared/store/domains/counts';
import { newCountsWrites, spread } from '../../../shared/store/domains/count-shards';
import { newId } from '../../../shared/id';

it.each([0, 1, 31, 32, 33, 5_000, -1, -33, -5_000])('%d is divided into about equal parts', (total) => {
  const parts = spread(total);
  expect(parts).toHaveLength(COUNT_SHARDS);
  expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total);
  expect(Math.max(...parts) - Math.min(...parts)).toBeLessThanOrEqual(1);
});

/** The size of an item: names and values. A number has a byte for two digits, and one or two more. */
function sizeOf(item: object): number {
  const valueSize = (value: unknown): number => {
    if (typeof value === 'number') return Math.ceil(String(Math.abs(value)).length / 2) + 2;
    return typeof value === 'boolean' ? 1 : Buffer.byteLength(String(value));
  };
  return Object.entries(item).reduce((size, [name, value]) => size + name.length + valueSize(value), 0);
}

it('the counts of a domain of millions of users fit into one read unit', () => {
  const domainId = newId();
  const puts = newCountsWrites(domainId, { seats: 0, seatPolicy: 'refuse' }, { activeLicenses: 9_000_000 });
  const full = puts.map((write) => ({
    ...('put' in write ? write.put : {}),
    ...('put' in write && write.put.sk !== 'SEATS'
      ? { users: 999_999, groups: 999_999, active: -999_999, pending: -999_999 }
      : { seats: 99_999_999, wokenAt: '2026-03-01T12:00:00.000Z' }),
  }));
  expect(full).toHaveLength(COUNT_SHARDS + 1);
  const size = full.reduce((sum, item) => sum + sizeOf(item), 0);
  expect(size).toBeLessThanOrEqual(4_096);
  // One more in eight would not fit.
  expect((size * 9) / 8).toBeGreaterThan(4_096);
});
