import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LineTimes } from '../../../../local/services/logs/line-times';
import { logEvents } from '../../../../local/services/logs/insights/log-events';
import { parseInsights } from '../../../../local/services/logs/insights/query';

const EVENTS = logEvents(
  [
    { timestamp: '2026-01-01T00:00:00.000Z', message: 'request', status: '200', ms: 5, domainId: 'a' },
    { timestamp: '2026-01-01T00:01:00.000Z', message: 'request', status: '503', ms: 50, domainId: 'b' },
    { timestamp: '2026-01-01T00:06:00.000Z', message: 'request', status: '500', ms: 20, domainId: 'b' },
    { timestamp: '2026-01-01T00:07:00.000Z', message: 'failed', level: 'ERROR', error: { name: 'Timeout' } },
  ]
    .map((event) => JSON.stringify(event))
    .concat('2026 Task timed out after 29.00 seconds')
    .join('\n'),
  'group',
);

const run = (query: string) => parseInsights(query).run(EVENTS);
const column = (query: string, name: string) => run(query).map((row) => row[name]);

describe('the time of a line', () => {
  const times = (lines: readonly string[], ...rest: (((line: number) => number | undefined) | undefined)[]) =>
    logEvents(lines.join('\n'), 'group', ...rest).map((event) => event['@timestamp']);
  const json = '{"timestamp":"2026-01-01T00:00:00.000Z"}';
  const at = Date.parse('2026-01-01T00:00:00.000Z');

  it('is in the line, or is that of its arrival', () => {
    const lines = [json, 'Task timed out', '', 'Task timed out again'];
    expect(times(lines, (line) => ({ 0: 5, 1: at + 1, 3: at + 9 })[line])).toEqual([at, at + 1, at + 9]);
  });

  it('is that of the line before it if its arrival is not known', () => {
    expect(times([json, 'Task timed out', json.replace('01-01', '01-02'), 'again'])).toEqual([
      at,
      at,
      at + 86_400_000,
      at + 86_400_000,
    ]);
  });
});

describe('LineTimes', () => {
  it('knows when lines without a time arrived, after those that a file already has', () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'log-')), 'function.log');
    const fresh = LineTimes.after(file);
    writeFileSync(file, 'text\n{}\n');
    const later = LineTimes.after(file);
    for (const times of [fresh, later]) {
      times.add('{"a":1}', 1);
      times.add('text', 2);
    }
    expect([0, 1, 2, 3].map((line) => fresh.of(line))).toEqual([undefined, 2, undefined, undefined]);
    expect([0, 1, 2, 3].map((line) => later.of(line))).toEqual([undefined, undefined, undefined, 2]);
  });
});

describe('Queries of Logs Insights', () => {
  test.each([
    ['status >= 500', [50, 20]],
    ['status = 503 or ms < 10', [5, 50]],
    ['message = "request" and status != 200', [50, 20]],
    ['message = "request" and not (status = 200)', [50, 20]],
    ['domainId in ["a", "c"]', [5]],
    ['domainId not in ["a"] and ispresent(domainId)', [50, 20]],
    ['message like /^req/ and ms > 10', [50, 20]],
    ['message like "que" and ms / 10 = 2', [20]],
    ['message not like /request/ and ispresent(ms)', []],
    ['error.name = "Timeout"', [undefined]],
    ['@message like /Task timed out/', [undefined]],
    ['coalesce(error.name, domainId) = "a"', [5]],
  ])('filter %s', (filter, expected) => {
    expect(column(`filter ${filter}`, 'ms')).toEqual(expected);
  });

  test('stats groups and aggregates', () => {
    const query =
      'filter message = "request" | stats count(*) as n, sum(ms), pct(ms, 50) as median, max(ms) as slowest by domainId ' +
      '| sort n desc | limit 1';
    expect(run(query)).toEqual([{ domainId: 'b', n: 2, 'sum(ms)': 70, median: 20, slowest: 50 }]);
  });

  test('stats groups by time', () => {
    const start = Date.parse('2026-01-01T00:00:00Z');
    expect(run('filter ispresent(ms) | stats count(*) as n by bin(5m) as at')).toEqual([
      { at: start, n: 2 },
      { at: start + 300_000, n: 1 },
    ]);
  });

  test('stats without a group has one row, and earliest and latest follow the time', () => {
    expect(
      run(
        'filter ispresent(ms) | stats earliest(ms) as first, latest(ms) as last, count_distinct(domainId) as domains',
      ),
    ).toEqual([{ first: 5, last: 20, domains: 2 }]);
  });

  test('fields defines columns, and sort orders by several', () => {
    const query = 'fields ms * 2 as twice | filter ispresent(ms) | sort domainId asc, ms desc';
    expect(column(query, 'twice')).toEqual([10, 100, 40]);
  });

  test('the fields of a query are those of the events', () => {
    const query =
      'fields a + b as sum | filter sum > 1 and c like /x/ | stats count(*) as n by d, error.name | sort n desc, d';
    expect([...parseInsights(query).fields].sort()).toEqual(['a', 'b', 'c', 'd', 'error.name']);
  });

  test.each([
    '',
    'filter',
    'filter a =',
    'filter a = 1 |',
    'stats median(a)',
    'parse @message "x"',
    'filter foo(a)',
    'filter a ~ 1',
    'stats count(*) by bin(5x)',
    'filter (a = 1',
  ])('%j is refused', (query) => {
    expect(() => parseInsights(query)).toThrow('query cannot be read');
  });
});
