import { retryOnConflict } from '../../../shared/service/resources/retry-on-conflict';
import { VersionConflict } from '../../../shared/store/table/transaction';
import { userRecord } from '../../support/store/records';

const at = (version: number) => ({ ...userRecord('ada'), version });

/** Runs a race that somebody else wins `losses` times; there is time for `time` tries. */
async function runWithConflicts(losses: number, expected?: readonly string[] | '*', time = Infinity) {
  let version = 1;
  let tries = 0;
  const result = await retryOnConflict(
    () => Promise.resolve(at(version)),
    expected,
    () => tries >= time,
    (before) => {
      tries++;
      if (tries > losses) return Promise.resolve(before.version);
      version++;
      return Promise.reject(new VersionConflict());
    },
  ).catch((error: unknown) => error);
  return { result, tries };
}

afterEach(() => jest.restoreAllMocks());
beforeEach(() => void jest.spyOn(Math, 'random').mockReturnValue(0));

describe('race', () => {
  it('writes to what was read', async () =>
    expect(await runWithConflicts(0)).toEqual({ result: 1, tries: 1 }));

  it('writes to the fresh resource where somebody else was first', async () =>
    expect(await runWithConflicts(3)).toEqual({ result: 4, tries: 4 }));

  it('goes on for as long as there is time, and is a 503 then', async () => {
    expect(await runWithConflicts(50)).toEqual({ result: 51, tries: 51 });
    const { result, tries } = await runWithConflicts(1000, undefined, 30);
    expect(result).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
    expect(tries).toBe(30);
  });

  it('is 412 for another version than the client named, without a write', async () => {
    const { result, tries } = await runWithConflicts(0, ['7']);
    expect(result).toMatchObject({ status: 412 });
    expect((result as Error).message).toContain('W/"1"');
    expect(tries).toBe(0);
  });

  it('is 412 where the version that the client named is lost on the way', async () => {
    const { result, tries } = await runWithConflicts(1, ['1']);
    expect(result).toMatchObject({ status: 412 });
    expect(tries).toBe(1);
  });

  it('takes any version for *', async () => expect((await runWithConflicts(2, '*')).result).toBe(3));

  it('lets other errors through', async () => {
    const broken = new Error('broken');
    await expect(
      retryOnConflict(
        () => Promise.resolve(at(1)),
        undefined,
        () => false,
        () => Promise.reject(broken),
      ),
    ).rejects.toBe(broken);
  });
});
