import { WriteShare } from '../../../shared/http/diagnostics/write-share';

const NOW = Date.parse('2026-03-01T12:00:00.000Z');

describe('the share of a domain', () => {
  it('ends after 60 writes in a minute, and begins again in the next one', () => {
    const share = new WriteShare();
    const taken = Array.from({ length: 100 }, () => share.take('noisy', NOW));
    expect(taken.filter(Boolean)).toHaveLength(60);
    expect(share.take('noisy', NOW + 59_999)).toBe(false);
    expect(share.take('noisy', NOW + 60_000)).toBe(true);
  });

  it('can have another size and period', () => {
    const share = new WriteShare(2, 3_600_000);
    expect([1, 2, 3].map(() => share.take('noisy', NOW))).toEqual([true, true, false]);
    expect(share.take('noisy', NOW + 3_600_000)).toBe(true);
  });

  it('leaves the shares of other domains alone', () => {
    const share = new WriteShare();
    for (let write = 0; write < 1_000; write++) share.take('noisy', NOW);
    expect(share.take('quiet', NOW)).toBe(true);
  });
});
