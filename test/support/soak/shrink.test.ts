import { shrink } from './shrink';

const numbers = Array.from({ length: 200 }, (_, at) => at);
const never = () => false;

it('shrink finds the elements that matter together', async () => {
  const fails = (elements: readonly number[]) =>
    Promise.resolve([7, 130, 131].every((each) => elements.includes(each)));
  const { elements, attempts, isMinimal } = await shrink(numbers, fails, never);
  expect(elements).toEqual([7, 130, 131]);
  expect(isMinimal).toBe(true);
  expect(attempts).toBeLessThan(numbers.length);
});

it('shrink keeps the order, and one element of a list that always fails', async () => {
  expect((await shrink(numbers, () => Promise.resolve(true), never)).elements).toHaveLength(1);
});

it('shrink returns the shortest list that it knows when the time is over', async () => {
  let left = 3;
  const fails = (elements: readonly number[]) => Promise.resolve(elements.includes(7));
  const { elements, isMinimal } = await shrink(numbers, fails, () => left-- <= 0);
  expect(elements).toContain(7);
  expect(elements.length).toBeLessThan(numbers.length);
  expect(isMinimal).toBe(false);
});
