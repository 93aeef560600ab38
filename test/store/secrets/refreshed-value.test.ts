import { RefreshedValue } from '../../../shared/store/secrets/refreshed-value';

const at = (seconds: number) => new Date(Date.UTC(2026, 2, 1) + 1_000 * seconds);

/** A value that the test replaces. */
function source(refreshMs?: number) {
  const state = { value: 'a', reads: 0, isDown: false, failures: [] as unknown[] };
  const refreshed = new RefreshedValue({
    read: () => {
      state.reads++;
      return state.isDown ? Promise.reject(new Error('down')) : Promise.resolve(state.value);
    },
    refreshMs,
    onFailed: (error) => state.failures.push(error),
  });
  return { state, refreshed };
}

it('is read every five minutes if it is used, and once for concurrent uses', async () => {
  const { state, refreshed } = source();
  await Promise.all([0, 0, 30, 299.9].map((seconds) => refreshed.at(at(seconds))));
  expect(state.reads).toBe(1);
  state.value = 'b';
  expect(await refreshed.at(at(299.9))).toBe('a');
  expect(await Promise.all([300, 300].map((seconds) => refreshed.at(at(seconds))))).toEqual(['b', 'b']);
  expect(state.reads).toBe(2);
});

it('is read after another time, if one is given', async () => {
  const { state, refreshed } = source(1_000);
  for (const seconds of [0, 0.9, 1]) await refreshed.at(at(seconds));
  expect(state.reads).toBe(2);
});

it('keeps what was read while it cannot be read, reports it, and tries again after ten seconds', async () => {
  const { state, refreshed } = source();
  state.isDown = true;
  await expect(refreshed.at(at(0))).rejects.toThrow('down');
  expect(state.failures).toEqual([]);
  state.isDown = false;
  expect(await refreshed.at(at(1))).toBe('a');
  state.isDown = true;
  for (const seconds of [301, 305, 310.9, 311]) expect(await refreshed.at(at(seconds))).toBe('a');
  expect(state.failures).toHaveLength(2);
  Object.assign(state, { isDown: false, value: 'b' });
  expect(await refreshed.at(at(320))).toBe('a');
  expect(await refreshed.at(at(321))).toBe('b');
});
