import { HourlyDeduplicator } from '../../../shared/http/diagnostics/hourly-deduplicator';

const HOUR = 3_600_000;
const texts = (count: number): string[] => Array.from({ length: count }, (_, at) => String(at));

describe('HourlyDeduplicator', () => {
  it('reports a text as first once in each clock hour', () => {
    const deduplicator = new HourlyDeduplicator();
    const at = [HOUR, HOUR, 2 * HOUR - 1, 2 * HOUR, 2 * HOUR];
    expect(at.map((now) => deduplicator.isFirst('one', 'a', now))).toEqual([true, false, false, true, false]);
    expect(deduplicator.isFirst('one', 'b', 2 * HOUR)).toBe(true);
  });

  it('reports a text as first for each domain', () => {
    const deduplicator = new HourlyDeduplicator();
    const domains = ['one', 'other', 'one', 'other'];
    expect(domains.map((domain) => deduplicator.isFirst(domain, 'a', 0))).toEqual([true, true, false, false]);
  });

  it('reports at most a hundred texts of a domain as first in an hour', () => {
    const deduplicator = new HourlyDeduplicator();
    const first = texts(2_000).filter((text) => deduplicator.isFirst('one', text, 0));
    expect(first).toHaveLength(100);
    expect(deduplicator.isFirst('one', 'new', 0)).toBe(false);
    expect(deduplicator.isFirst('one', 'new', HOUR)).toBe(true);
  });

  it('neither silences nor evicts the texts of other domains after too many texts of one', () => {
    const deduplicator = new HourlyDeduplicator();
    deduplicator.isFirst('other', 'a', 0);
    for (const text of texts(2_000)) deduplicator.isFirst('one', text, 0);
    expect(deduplicator.isFirst('other', 'a', 0)).toBe(false);
    expect(
      texts(100)
        .slice(1)
        .every((text) => deduplicator.isFirst('other', text, 0)),
    ).toBe(true);
  });
});
