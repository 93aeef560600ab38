import {
  attributes,
  flag,
  keyOf,
  map,
  MalformedItem,
  nonEmptyText,
  number,
  oneOf,
  optionalJson,
  optionalList,
  optionalMap,
  optionalNumber,
  optionalOneOf,
  optionalText,
  optionalTexts,
  text,
  textSet,
  type Item,
} from '../../../shared/store/table/read-item';

const KEY = { pk: 'd#USER', sk: 'u' };
const item = (value: unknown): Item => ({ ...KEY, a: value });
const color = (read: Item): string => oneOf(read, 'a', ['red', 'blue']);

const READERS: [string, (item: Item) => unknown, unknown[], unknown[]][] = [
  ['text', (read) => text(read, 'a'), ['x', ''], [undefined, 1, null]],
  ['optionalText', (read) => optionalText(read, 'a'), ['x', undefined], [1, null]],
  ['nonEmptyText', (read) => nonEmptyText(read, 'a'), ['x'], ['', undefined]],
  ['number', (read) => number(read, 'a'), [0, 1.5], [undefined, '1']],
  ['optionalNumber', (read) => optionalNumber(read, 'a'), [0, undefined], ['1']],
  ['flag', (read) => flag(read, 'a'), [true, false], [undefined, 'true', 0]],
  ['oneOf', color, ['red'], [undefined, 'green', 1]],
  ['optionalOneOf', (read) => optionalOneOf(read, 'a', ['red']), ['red', undefined], ['green', null]],
  ['textSet', (read) => textSet(read, 'a'), [new Set(['x'])], [['x'], 'x']],
  ['attributes', (read) => attributes(read, 'a'), [{ b: [1] }], [undefined, [], 'x', null]],
  ['optionalJson', (read) => optionalJson(read, 'a'), ['x', 1, null, [], {}, undefined], [() => 1]],
  ['optionalTexts', (read) => optionalTexts(read, 'a'), [['x'], [], undefined], [['x', 1], 'x']],
  ['optionalMap', (read) => optionalMap(read, 'a', (part) => part), [{ b: 1 }, undefined], [[], null, 'x']],
];

it.each(READERS)('%s returns valid values', (_name, read, valid) => {
  for (const value of valid) expect(read(item(value))).toEqual(value);
});

it.each(READERS)(
  '%s names the item and the attribute of an invalid value',
  (_name, read, _valid, invalid) => {
    for (const value of invalid) expect(() => read(item(value))).toThrow(new MalformedItem(KEY, 'a'));
  },
);

it('an error names the key and the attribute, but not the value', () => {
  expect(new MalformedItem(item('secret'), 'a').message).toBe('The item d#USER / u has no valid "a".');
});

it('an absent set of texts is empty', () => {
  expect(textSet(KEY as unknown as Item, 'a')).toEqual(new Set());
});

it('keyOf returns the key alone', () => {
  expect(keyOf(item(1))).toEqual(KEY);
});

describe('an error inside', () => {
  it('a map names the path of the attribute', () => {
    expect(() => map(item({ a: 'green' }), 'a', color)).toThrow('The item d#USER / u has no valid "a.a".');
  });

  it('a list names the position', () => {
    const list = item([{ a: 'red' }, { a: 'green' }]);
    expect(() => optionalList(list, 'a', color)).toThrow('The item d#USER / u has no valid "a[1].a".');
  });

  it('a reader that is not a malformed item is thrown unchanged', () => {
    const failure = new Error('another');
    const fail = () => {
      throw failure;
    };
    expect(() => map(item({}), 'a', fail)).toThrow(failure);
  });
});

it('optionalList reads each map of a list', () => {
  expect(optionalList(item([{ a: 'red' }, { a: 'blue' }]), 'a', color)).toEqual(['red', 'blue']);
  expect(optionalList(item(undefined), 'a', color)).toBeUndefined();
});
