import { backoff } from '../../../shared/store/table/backoff';

/** The pauses of `attempts`, in milliseconds, with `random` as the chance. */
async function pauses(random: number, attempts: readonly number[]): Promise<number[]> {
  const asked: number[] = [];
  jest.spyOn(Math, 'random').mockReturnValue(random);
  jest.spyOn(global, 'setTimeout').mockImplementation(((act: () => void, ms: number) => {
    asked.push(ms);
    act();
  }) as never);
  for (const attempt of attempts) await backoff(attempt);
  jest.restoreAllMocks();
  return asked;
}

describe('backoff', () => {
  it('doubles its bound with each attempt, up to a second', async () => {
    expect(await pauses(1, [1, 2, 3, 5, 6, 11, 2000])).toEqual([40, 80, 160, 640, 1000, 1000, 1000]);
  });

  it('may be as short as nothing', async () => {
    expect(await pauses(0, [1, 11])).toEqual([0, 0]);
  });
});
