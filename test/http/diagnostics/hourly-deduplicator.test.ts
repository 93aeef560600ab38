import { HourlyDeduplicator } from '../../../shared/http/diagnostics/hourly-deduplicator';

const HOUR = 3_600_000;

describe('OncePerHour', () => {
  it('takes a text for the first time once in each hour of the clock', () => {
    const once = new HourlyDeduplicator();
    const at = [HOUR, HOUR, 2 * HOUR - 1, 2 * HOUR, 2 * HOUR];
    expect(at.map((now) => once.isFirst('a', now))).toEqual([true, false, false, true, false]);
    expect(once.isFirst('b', 2 * HOUR)).toBe(true);
  });

  it('takes no more than a thousand in an hour, whatever clients send', () => {
    const once = new HourlyDeduplicator();
    const first = Array.from({ length: 2_000 }, (_, at) => once.isFirst(String(at), 0));
    expect(first.filter(Boolean)).toHaveLength(1_000);
    expect(once.isFirst('new', HOUR)).toBe(true);
  });
});
