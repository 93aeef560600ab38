import { DistinctElements } from '../../../shared/scim/input/distinct-elements';
import type { Json } from '../../../shared/scim/resource';

/** Returns an element that counts how often it is written as text. */
function counted(value: string | undefined, type: string) {
  const element = { ...(value !== undefined && { value }), type, writes: 0 };
  Object.defineProperty(element, 'writes', { enumerable: false, value: 0, writable: true });
  Object.defineProperty(element, 'toJSON', {
    value: () => {
      element.writes++;
      return { value, type };
    },
  });
  return element;
}

it('keeps each element once, in order', () => {
  const elements = new DistinctElements();
  const a: Json = { value: 'a', type: 'work' };
  const others: Json[] = [{ value: 'a', type: 'home' }, { type: 'work' }, 'text'];
  for (const element of [a, ...others]) expect(elements.add(element)).toBe(true);
  for (const element of [{ ...a }, ...others]) {
    expect(elements.has(element)).toBe(true);
    expect(elements.add(element)).toBe(false);
  }
  expect(elements.has({ value: 'a' })).toBe(false);
  expect(elements.list).toEqual([a, ...others]);
});

it('writes the first element as text once, whatever the number of others with its value', () => {
  const elements = new DistinctElements();
  const first = counted(undefined, 'first');
  elements.add(first);
  for (let at = 0; at < 50; at++) elements.add({ type: `t${at % 5}` });
  expect(elements.list).toHaveLength(6);
  expect(first.writes).toBe(1);
});

it('writes no element as text if all values differ', () => {
  const elements = new DistinctElements();
  const all = Array.from({ length: 20 }, (_, at) => counted(`v${at}`, 'work'));
  for (const element of all) elements.add(element);
  expect(all.every(({ writes }) => writes === 0)).toBe(true);
});
