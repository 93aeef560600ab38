import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { fromAttributeValues, toAttributeValues } from '../../../shared/store/table/attribute-value';

const { tree: VALUE } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'grapheme' }),
    fc.boolean(),
    fc.constant(null),
    fc.constant(undefined),
    fc.integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }),
    fc.double({ noDefaultInfinity: true, noNaN: true, min: -1e15, max: 1e15 }),
    fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 5 }).map((texts) => new Set(texts)),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie('tree'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

const ITEM = fc.dictionary(fc.string(), VALUE, { maxKeys: 6, noNullPrototype: true }) as fc.Arbitrary<
  Record<string, unknown>
>;

it('converts as the package of the AWS SDK does', () => {
  fc.assert(
    fc.property(ITEM, (item) => {
      const values = toAttributeValues(item);
      expect(values).toEqual(marshall(item, { removeUndefinedValues: true }));
      expect(fromAttributeValues(values)).toEqual(unmarshall(values));
    }),
  );
});

it.each<[string, unknown]>([
  ['a number that is none', NaN],
  ['a number without end', Infinity],
  ['a number that is not exact', 2 ** 53],
  ['an empty set', new Set()],
  ['a set of numbers', new Set([1])],
  ['a date', new Date()],
  ['a map', new Map()],
  ['bytes', Buffer.from('a')],
  ['a function', () => undefined],
  ['a symbol', Symbol('a')],
  ['a large integer', 1n],
])('refuses %s, wherever it is', (_, value) => {
  expect(() => toAttributeValues({ value })).toThrow(TypeError);
  expect(() => toAttributeValues({ value: [{ value }] })).toThrow(TypeError);
});

it('refuses to read types that are never written', () => {
  expect(() => fromAttributeValues({ value: { B: new Uint8Array() } })).toThrow('never written: B');
});
