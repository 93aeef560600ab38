import { DistinctElements } from '../../../shared/scim/input/distinct-elements';
import { string } from '../../../shared/scim/attribute';
import type { Json } from '../../../shared/scim/resource';
import { certificates, emails } from './attributes';

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

function distinct(elements: readonly Json[], attribute = emails): Json[] {
  const result = new DistinctElements(attribute);
  for (const element of elements) result.add(element);
  return result.list;
}

it('keeps each element once, in order', () => {
  const all: Json[] = [
    { value: 'a', type: 'work' },
    { value: 'a', type: 'home' },
    { value: 'a' },
    { display: 'A', type: 'work' },
    { display: 'A', type: 'home' },
  ];
  expect(distinct([...all, ...all.map((element) => ({ ...(element as object) }))])).toEqual(all);
  const tags = { ...string('tags', ''), multiValued: true };
  expect(distinct(['a', 'b', 'a', 'A'], tags)).toEqual(['a', 'b', 'A']);
});

it('merges elements with the same value and type into the first, in the order of the schema', () => {
  const [merged, ...others] = distinct([
    { value: 'a', type: 'work', primary: true },
    { value: 'b' },
    { value: 'a', display: 'A', type: 'work' },
    { value: 'a', display: 'B', type: 'work', primary: false },
    { value: 'a', type: 'work' },
  ]);
  expect(merged).toEqual({ value: 'a', display: 'B', type: 'work', primary: true });
  expect(Object.keys(merged as object)).toEqual(['value', 'display', 'type', 'primary']);
  expect(others).toEqual([{ value: 'b' }]);
});

it('makes the first element primary if a later one with its value and type is', () => {
  expect(distinct([{ value: 'a' }, { value: 'b' }, { value: 'a', primary: true }])).toEqual([
    { value: 'a', primary: true },
    { value: 'b' },
  ]);
});

it('compares values and types without case, unless the value is caseExact', () => {
  const spellings = [
    { value: 'Ada@example.com', type: 'Work' },
    { value: 'ada@EXAMPLE.com', type: 'work' },
  ];
  expect(distinct(spellings)).toEqual([spellings[1]]);
  expect(distinct([{ value: 'MIID' }, { value: 'MIIE' }, { value: 'miid' }], certificates)).toHaveLength(3);
});

it('merges elements without a value if they differ only in primary', () => {
  expect(
    distinct([{ display: 'A' }, { display: 'B' }, { display: 'A', primary: true }, { display: 'a' }]),
  ).toEqual([{ display: 'A', primary: true }, { display: 'B' }, { display: 'a' }]);
});

it('writes the first element as text once, whatever the number of others with its value', () => {
  const first = counted(undefined, 'first');
  const others = Array.from({ length: 50 }, (_, at) => ({ type: `t${at % 5}` }));
  expect(distinct([first, ...others])).toHaveLength(6);
  expect(first.writes).toBe(1);
});

it('writes no element as text if all values differ', () => {
  const all = Array.from({ length: 20 }, (_, at) => counted(`v${at}`, 'work'));
  expect(distinct(all)).toHaveLength(20);
  expect(all.every(({ writes }) => writes === 0)).toBe(true);
});
