import { AcceptableCount } from './acceptable-count';
import { Register } from './register';

const write = (value: string, startedAt: number, endedAt: number, isCertain = true) => ({
  ...{ value, startedAt, endedAt, isCertain },
});

function allowedAfter(...writes: ReturnType<typeof write>[]): string[] {
  const register = new Register('initial');
  for (const each of writes) register.record(each);
  return [...register.allowed()].map(String);
}

it('only the last of acknowledged writes is allowed', () => {
  expect(allowedAfter()).toEqual(['initial']);
  expect(allowedAfter(write('a', 1, 2), write('b', 3, 4))).toEqual(['b']);
});

it('writes at the same time are both allowed', () => {
  expect(allowedAfter(write('a', 1, 4), write('b', 2, 3))).toEqual(['a', 'b']);
  expect(allowedAfter(write('b', 2, 3), write('a', 1, 4))).toEqual(['b', 'a']);
});

it('a write without an acknowledgment may have happened, until an acknowledged one follows', () => {
  expect(allowedAfter(write('a', 1, 2, false))).toEqual(['initial', 'a']);
  expect(allowedAfter(write('a', 1, 2, false), write('b', 3, 4))).toEqual(['b']);
});

it('a count includes what may have happened', () => {
  const count = new AcceptableCount();
  count.add(true);
  expect(count.toString()).toBe('1');
  count.add(false, 2);
  expect(count.toString()).toBe('1 to 3');
  expect([0, 1, 3, 4].map((each) => count.includes(each))).toEqual([false, true, true, false]);
});
