import { counted, listed } from '../../../shared/service/diagnostics/wording';

it.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c'], 'a, b and c'],
  [['a', 'b', 'c', 'd'], 'a, b, c and 1 more'],
])('%j is written as %j', (names, text) => {
  expect(listed(names)).toBe(text);
});

it('one is one, and everything else is many', () => {
  expect([counted(1, 'user'), counted(0, 'user'), counted(2, 'key has', 'keys have')]).toEqual([
    '1 user',
    '0 users',
    '2 keys have',
  ]);
});
