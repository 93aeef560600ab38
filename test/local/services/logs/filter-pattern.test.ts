import { parseFilterPattern } from '../../../../local/services/logs/filter-pattern';
import { MetricFilters } from '../../../../local/services/logs/metric-filters';
import { resource } from '../../resources';

const LINE = JSON.stringify({ status: '503', size: 12, nested: { ok: true, none: null }, path: '/a b' });

describe('Filter patterns', () => {
  test.each([
    ['', true],
    ['{ $.status = "503" }', true],
    ['{ $.status = "5*" }', true],
    ['{ $.status = "4*" }', false],
    ['{ $.status != "4*" }', true],
    ['{ $.missing != "4*" }', false],
    ['{ $.status = 503 }', true],
    ['{ $.status >= 500 }', true],
    ['{ $.size < 12 }', false],
    ['{ $.size > 11 && $.size <= 12 }', true],
    ['{ ($.size > 12) || ($.path = "/a b") }', true],
    ['{ ($.size > 12 || $.size = 12) && $.status = "4*" }', false],
    ['{ $.nested.ok IS TRUE }', true],
    ['{ $.nested.none IS NULL }', true],
    ['{ $.error NOT EXISTS }', true],
    ['{ $.status NOT EXISTS }', false],
  ])('%s', (pattern, expected) => {
    expect(parseFilterPattern(pattern)(LINE)).toBe(expected);
  });

  test('a line that is no JSON does not match', () => {
    expect(parseFilterPattern('{ $.status = "*" }')('{ status')).toBe(false);
  });

  test.each(['ERROR', '{ status = 1 }', '{ $.a ~ 1 }', '{ $.a = 1 && }', '{ ($.a = 1 }', '{ $.a IS MAYBE }'])(
    '%s is refused',
    (pattern) => {
      expect(() => parseFilterPattern(pattern)).toThrow('filter pattern');
    },
  );
});

describe('Metric filters', () => {
  const filters = new MetricFilters([
    resource('AWS::Logs::MetricFilter', 'filter', {
      LogGroupName: 'access',
      FilterPattern: '{ $.status = "5*" }',
      MetricTransformations: [
        { MetricNamespace: 'Scim', MetricName: 'Failed', MetricValue: '1', DefaultValue: 0 },
        { MetricNamespace: 'Scim', MetricName: 'Size', MetricValue: '$.size' },
      ],
    }),
  ]);
  const values = (group: string, line: string) =>
    filters.dataOf(group, line, 1).map(({ name, value }) => [name, value]);

  test('count matching lines, and publish the members of them', () => {
    expect(values('access', LINE)).toEqual([
      ['Failed', 1],
      ['Size', 12],
    ]);
  });

  test('publish the default value of other lines', () => {
    expect(values('access', '{"status":"200","size":4}')).toEqual([['Failed', 0]]);
  });

  test('ignore other log groups', () => {
    expect(values('other', LINE)).toEqual([]);
  });
});
