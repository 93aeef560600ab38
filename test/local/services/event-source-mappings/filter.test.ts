import { compileFilters } from '../../../../local/services/event-source-mappings/filter';

const passes = (pattern: object, event: unknown) => compileFilters([JSON.stringify(pattern)])(event);

describe('compileFilters', () => {
  it('passes everything without a filter, and what matches any of several filters', () => {
    expect(compileFilters([])({})).toBe(true);
    const either = compileFilters(['{"a":[1]}', '{"a":[2]}']);
    expect([either({ a: 1 }), either({ a: 2 }), either({ a: 3 })]).toEqual([true, true, false]);
  });

  it('supports the filter of the license emails', () => {
    const pattern = {
      eventName: ['INSERT', 'MODIFY'],
      dynamodb: { Keys: { pk: { S: [{ suffix: '#LICENSE' }] } } },
    };
    const record = (eventName: string, pk: string) => ({ eventName, dynamodb: { Keys: { pk: { S: pk } } } });
    expect(passes(pattern, record('INSERT', 'd#LICENSE'))).toBe(true);
    expect(passes(pattern, record('REMOVE', 'd#LICENSE'))).toBe(false);
    expect(passes(pattern, record('INSERT', 'd#USER'))).toBe(false);
    expect(passes(pattern, { eventName: 'INSERT' })).toBe(false);
  });

  it.each([
    ['exact text', ['x'], 'x', 'X'],
    ['exact numbers', [1], 1, '1'],
    ['null', [null], null, ''],
    ['booleans', [true], true, 'true'],
    ['prefix', [{ prefix: 'ab' }], 'abc', 'cab'],
    ['suffix', [{ suffix: 'bc' }], 'abc', 'bca'],
    ['equals-ignore-case', [{ 'equals-ignore-case': 'AbC' }], 'aBc', 'abcd'],
    ['anything-but a value', [{ 'anything-but': 'a' }], 'b', 'a'],
    ['anything-but several values', [{ 'anything-but': ['a', 'b'] }], 'c', 'b'],
    ['anything-but a prefix', [{ 'anything-but': { prefix: 'a' } }], 'b', 'ab'],
    ['a range', [{ numeric: ['>', 0, '<=', 5] }], 5, 0],
    ['equality of numbers', [{ numeric: ['=', 1.5] }], 1.5, 1],
    ['several rules', ['x', { prefix: 'y' }], 'yes', 'no'],
  ])('supports %s', (_, rules, good, bad) => {
    expect(passes({ a: rules }, { a: good })).toBe(true);
    expect(passes({ a: rules }, { a: bad })).toBe(false);
    expect(passes({ a: rules }, {})).toBe(false);
  });

  it('supports the existence of leaves', () => {
    expect(passes({ a: [{ exists: true }] }, { a: '' })).toBe(true);
    expect(passes({ a: [{ exists: true }] }, { a: { b: 1 } })).toBe(false);
    expect(passes({ a: [{ exists: false }] }, {})).toBe(true);
    expect(passes({ a: { b: [{ exists: false }] } }, { x: 1 })).toBe(true);
    expect(passes({ a: [{ exists: false }] }, { a: 1 })).toBe(false);
  });

  it('does not compare numbers of DynamoDB, which are strings', () => {
    expect(passes({ n: { N: [{ numeric: ['>', 0] }] } }, { n: { N: '5' } })).toBe(false);
  });

  it('matches elements of lists, all keys of a pattern, and any choice of $or', () => {
    expect(passes({ a: ['x'] }, { a: ['y', 'x'] })).toBe(true);
    expect(passes({ a: ['x'], b: ['y'] }, { a: 'x' })).toBe(false);
    const pattern = { $or: [{ a: ['x'] }, { b: { c: ['y'] } }] };
    expect([passes(pattern, { a: 'x' }), passes(pattern, { b: { c: 'y' } }), passes(pattern, {})]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it.each([
    ['an unknown operator', { a: [{ cidr: '10.0.0.0/8' }] }],
    ['two operators in one rule', { a: [{ prefix: 'a', suffix: 'b' }] }],
    ['a value that is not a list', { a: 'x' }],
    ['a malformed range', { a: [{ numeric: ['>', 'x'] }] }],
  ])('refuses %s', (_, pattern) => {
    expect(() => compileFilters([JSON.stringify(pattern)])).toThrow();
  });
});
