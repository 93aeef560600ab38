import { backoff } from '../../shared/retry/backoff';

/** The delays of `attempts` in milliseconds if `Math.random` returns `random`. */
async function delays(random: number, attempts: readonly number[]): Promise<number[]> {
  const requested: number[] = [];
  jest.spyOn(Math, 'random').mockReturnValue(random);
  jest.spyOn(global, 'setTimeout').mockImplementation(((act: () => void, ms: number) => {
    requested.push(ms);
    act();
  }) as never);
  for (const attempt of attempts) await backoff(attempt);
  jest.restoreAllMocks();
  return requested;
}

describe('backoff', () => {
  it('doubles the longest delay with each attempt, up to a second', async () => {
    expect(await delays(1, [1, 2, 3, 5, 6, 11, 2000])).toEqual([40, 80, 160, 640, 1000, 1000, 1000]);
  });

  it('can have no delay', async () => {
    expect(await delays(0, [1, 11])).toEqual([0, 0]);
  });
});
