import { HourlyDeduplicator } from '../../../shared/http/diagnostics/hourly-deduplicator';

const HOUR = 3_600_000;

describe('HourlyDeduplicator', () => {
  it('reports a text as first once in each clock hour', () => {
    const deduplicator = new HourlyDeduplicator();
    const at = [HOUR, HOUR, 2 * HOUR - 1, 2 * HOUR, 2 * HOUR];
    expect(at.map((now) => deduplicator.isFirst('a', now))).toEqual([true, false, false, true, false]);
    expect(deduplicator.isFirst('b', 2 * HOUR)).toBe(true);
  });

  it('reports at most a thousand texts as first in an hour', () => {
    const deduplicator = new HourlyDeduplicator();
    const first = Array.from({ length: 2_000 }, (_, at) => deduplicator.isFirst(String(at), 0));
    expect(first.filter(Boolean)).toHaveLength(1_000);
    expect(deduplicator.isFirst('new', HOUR)).toBe(true);
  });
});
