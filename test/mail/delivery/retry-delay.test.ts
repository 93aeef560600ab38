import fc from 'fast-check';
import { retryDelay, SendPause, RETRY_WINDOW_MS } from '../../../shared/mail/delivery/retry-delay';

const MINUTE_MS = 60_000;

describe('retryDelay', () => {
  it('doubles from half a minute to an hour', () => {
    const pauses: number[] = [];
    for (let since = 0; since < 4 * 60 * MINUTE_MS; since += pauses.at(-1) ?? 0)
      pauses.push(retryDelay(since, 0.5));
    expect(pauses.map((pause) => pause / MINUTE_MS)).toEqual([0.5, 0.5, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
  });

  it('varies by up to 20 %', () => {
    fc.assert(
      fc.property(
        fc.nat(RETRY_WINDOW_MS),
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        (since, random) => {
          const pause = retryDelay(since, random);
          const middle = Math.min(60 * MINUTE_MS, Math.max(MINUTE_MS / 2, since));
          expect(Math.abs(pause - middle)).toBeLessThanOrEqual(middle / 5 + 1);
        },
      ),
    );
  });
});

describe('SendPause', () => {
  const at = (ms: number): Date => new Date(Date.UTC(2026, 2, 1) + ms);

  it('starts with the second failure in a row and ends after half a minute', () => {
    const pause = new SendPause();
    pause.recordFailure(at(0));
    pause.recordSuccess();
    pause.recordFailure(at(0));
    expect(pause.end(at(0))).toBeUndefined();
    pause.recordFailure(at(0));
    expect(pause.end(at(29_999))).toEqual(at(30_000));
    expect(pause.end(at(30_000))).toBeUndefined();
    pause.recordFailure(at(40_000));
    expect(pause.end(at(40_000))).toEqual(at(70_000));
  });
});
