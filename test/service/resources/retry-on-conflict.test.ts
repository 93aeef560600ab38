import { retryOnConflict } from '../../../shared/service/resources/retry-on-conflict';
import { VersionConflict } from '../../../shared/store/table/operations/transaction';
import { userRecord } from '../../support/store/records';

const at = (version: number) => ({ ...userRecord('ada'), version });

/** Runs a change that conflicts `conflicts` times, with time for `maxAttempts` attempts. */
async function runWithConflicts(
  conflicts: number,
  expected?: readonly string[] | '*',
  maxAttempts = Infinity,
) {
  let version = 1;
  let attempts = 0;
  const result = await retryOnConflict(
    () => Promise.resolve(at(version)),
    expected,
    () => attempts >= maxAttempts,
    (before) => {
      attempts++;
      if (attempts > conflicts) return Promise.resolve(before.version);
      version++;
      return Promise.reject(new VersionConflict());
    },
  ).catch((error: unknown) => error);
  return { result, attempts };
}

afterEach(() => jest.restoreAllMocks());
beforeEach(() => void jest.spyOn(Math, 'random').mockReturnValue(0));

describe('retryOnConflict', () => {
  it('writes the resource that it read', async () =>
    expect(await runWithConflicts(0)).toEqual({ result: 1, attempts: 1 }));

  it('repeats the write on the fresh resource after a conflict', async () =>
    expect(await runWithConflicts(3)).toEqual({ result: 4, attempts: 4 }));

  it('retries until the deadline, and then throws a 503', async () => {
    expect(await runWithConflicts(50)).toEqual({ result: 51, attempts: 51 });
    const { result, attempts } = await runWithConflicts(1000, undefined, 30);
    expect(result).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
    expect(attempts).toBe(30);
  });

  it('throws 412 without a write if If-Match names another version', async () => {
    const { result, attempts } = await runWithConflicts(0, ['7']);
    expect(result).toMatchObject({ status: 412 });
    expect((result as Error).message).toContain('W/"1"');
    expect(attempts).toBe(0);
  });

  it('throws 412 if the named version changes during the write', async () => {
    const { result, attempts } = await runWithConflicts(1, ['1']);
    expect(result).toMatchObject({ status: 412 });
    expect(attempts).toBe(1);
  });

  it('accepts any version for *', async () => expect((await runWithConflicts(2, '*')).result).toBe(3));

  it('rethrows other errors', async () => {
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
