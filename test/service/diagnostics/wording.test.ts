import { pluralize } from '../../../shared/pluralize';
import { joinNames } from '../../../shared/service/diagnostics/wording';

it.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c'], 'a, b and c'],
  [['a', 'b', 'c', 'd'], 'a, b, c and 1 more'],
])('joinNames: %j is written as %j', (names, text) => {
  expect(joinNames(names)).toBe(text);
});

it('pluralize uses the singular only for one', () => {
  expect([pluralize(1, 'user'), pluralize(0, 'user'), pluralize(2, 'key has', 'keys have')]).toEqual([
    '1 user',
    '0 users',
    '2 keys have',
  ]);
});
