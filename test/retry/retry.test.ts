import { retry } from '../../shared/retry/retry';

let now = 0;
/** The number of calls, and the time that each takes in milliseconds. */
let calls = 0;

const busy = Object.assign(new Error('busy'), { name: 'ThrottlingException' });
const fails =
  (error: Error, milliseconds: number, times = Infinity) =>
  () => {
    calls += 1;
    now += milliseconds;
    return calls <= times ? Promise.reject(error) : Promise.resolve('done');
  };

beforeEach(() => {
  now = 1_000_000;
  calls = 0;
  jest.spyOn(Date, 'now').mockImplementation(() => now);
  jest.spyOn(Math, 'random').mockReturnValue(0.5);
  jest.spyOn(global, 'setTimeout').mockImplementation(((act: () => void, ms: number) => {
    now += ms;
    act();
  }) as never);
});
afterEach(() => jest.restoreAllMocks());

it('returns the result of the first attempt that succeeds', async () => {
  expect(await retry(fails(busy, 5, 4))).toBe('done');
  expect(calls).toBe(5);
});

it('throws an error that no repetition can mend at once', async () => {
  await expect(retry(fails(new Error('wrong'), 5))).rejects.toThrow('wrong');
  expect(calls).toBe(1);
});

it('throws the last error after about three seconds', async () => {
  await expect(retry(fails(busy, 5))).rejects.toBe(busy);
  expect(now - 1_000_000).toBeGreaterThan(3_000);
  expect(now - 1_000_000).toBeLessThan(4_000);
});

it('makes a second attempt after one that took longer than the window', async () => {
  expect(await retry(fails(busy, 5_000, 1))).toBe('done');
});

it('begins no attempt after the deadline', async () => {
  await expect(retry(fails(busy, 5_000), { deadline: 1_001_000 })).rejects.toBe(busy);
  expect(calls).toBe(1);
});

it('retries an error that outlasts the window until the deadline', async () => {
  const options = { deadline: now + 20_000, outlastsWindow: () => true };
  await expect(retry(fails(busy, 5), options)).rejects.toBe(busy);
  expect(now - 1_000_000).toBeGreaterThan(20_000);
});

it('counts the time of the window from the last error that outlasts it', async () => {
  const conflict = Object.assign(new Error('conflict'), { name: 'ThrottlingException' });
  const errors = [...Array.from({ length: 20 }, () => conflict), busy, busy];
  const send = () => {
    now += 500;
    const error = errors.shift();
    return error ? Promise.reject(error) : Promise.resolve('done');
  };
  expect(await retry(send, { outlastsWindow: (error) => error === conflict })).toBe('done');
});

it('retries only the errors that the caller names', async () => {
  const options = { isRetryable: (error: unknown) => error !== busy };
  await expect(retry(fails(busy, 5), options)).rejects.toBe(busy);
  expect(calls).toBe(1);
});

it('counts the time of the window from the end of the first failure, so that a timeout does not use it up', async () => {
  const timeout = Object.assign(new Error('timeout'), { name: 'TimeoutError' });
  const errors = [timeout, busy, busy, busy];
  const send = () => {
    const error = errors.shift();
    now += error === timeout ? 5_000 : 5;
    return error ? Promise.reject(error) : Promise.resolve('done');
  };
  expect(await retry(send)).toBe('done');
});
