import { Concurrency } from '../../../../local/services/lambda/concurrency';

const enterMany = (concurrency: Concurrency, name: string, count: number) =>
  Array.from({ length: count }, () => concurrency.enter(name));

const throttled = (reason: string) => ({ name: 'TooManyRequestsException', reason });
const ACCOUNT = throttled('ConcurrentInvocationLimitExceeded');
const RESERVED = throttled('ReservedFunctionConcurrentInvocationLimitExceeded');
const thrownBy = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
};

it('allows the concurrency of the account to all functions together', () => {
  const concurrency = new Concurrency(3);
  const [leave] = enterMany(concurrency, 'a', 2);
  enterMany(concurrency, 'b', 1);
  expect(thrownBy(() => concurrency.enter('b'))).toMatchObject(ACCOUNT);
  leave?.();
  concurrency.enter('c');
  expect(thrownBy(() => concurrency.enter('a'))).toMatchObject(ACCOUNT);
});

it('keeps reserved concurrency for its function, which cannot use more', () => {
  const concurrency = new Concurrency(110);
  concurrency.reserve('reserved', 10);
  enterMany(concurrency, 'other', 100);
  expect(thrownBy(() => concurrency.enter('other'))).toMatchObject(ACCOUNT);
  enterMany(concurrency, 'reserved', 10);
  expect(thrownBy(() => concurrency.enter('reserved'))).toMatchObject(RESERVED);
});

it('switches a function off that reserves nothing', () => {
  const concurrency = new Concurrency(1_000);
  concurrency.reserve('off', 0);
  expect(thrownBy(() => concurrency.enter('off'))).toMatchObject(RESERVED);
});

it.each([
  ['leaves 100', 1_000, [500, 400], true],
  ['leaves 99', 1_000, [500, 401], false],
  ['reserves in an account without enough concurrency', 50, [1], false],
  ['only switches a function off', 50, [0], true],
])('checks like AWS that 100 stay unreserved: the template %s', (_, limit, reserved, isAllowed) => {
  const concurrency = new Concurrency(limit);
  const reserve = () => reserved.forEach((count, at) => concurrency.reserve(`fn${at}`, count));
  if (isAllowed) expect(reserve).not.toThrow();
  else
    expect(reserve).toThrow(
      `fn${reserved.length - 1}: Specified ReservedConcurrentExecutions for function decreases account's ` +
        'UnreservedConcurrentExecution below its minimum value of [100].',
    );
});
