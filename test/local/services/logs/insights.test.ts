import { runInsights } from '../../../../local/services/logs/insights/insights';

const AT = Date.parse('2026-11-29T12:00:00Z');

const LINES = [
  { status: '200', domainId: 'a', ms: 10, capacity: { write: 2.5 } },
  { status: '404', domainId: 'a', ms: 30, capacity: { write: 0 } },
  { status: '200', domainId: 'b', ms: 20, capacity: { write: 10 } },
  { status: '500', domainId: 'b', ms: 400, error: 'INTEGRATION_FAILURE' },
  { status: '429', ms: 5, error: 'THROTTLED' },
].map((fields, index) => ({ timestamp: AT + index * 60_000, message: JSON.stringify(fields) }));

const rows = (query: string) => runInsights([...LINES, { timestamp: AT, message: 'no JSON' }], query).rows;
const column = (query: string, name: string) => rows(query).map((row) => row[name]);

it.each([
  ['filter status >= 400', ['404', '500', '429']],
  ['filter status = 429 or status = 500', ['500', '429']],
  ['filter not (status >= 400) and ispresent(status)', ['200', '200']],
  ['filter error like /^INTEGRATION/', ['500']],
  ['filter error like "THROTT"', ['429']],
  ['filter error not like /INTEGRATION|none/ and ispresent(error)', ['429']],
  ['filter status in ["404", "500"]', ['404', '500']],
  ['filter status not in [200, 404] and ispresent(status)', ['500', '429']],
  ['filter ms / 10 = 3 or ms * 2 - 10 > 100', ['404', '500']],
  ["SOURCE 'x' | filter domainId != 'a'", ['200', '500']],
  ['filter capacity.write > 2', ['200', '200']],
])('%s', (query, statuses) => {
  expect(column(`${query} | fields status`, 'status')).toEqual(statuses);
});

it('groups, sorts, and limits as the queries of the runbook do', () => {
  const query =
    'filter ispresent(status)\n| stats count(*) as requests, pct(ms, 95) as p95, avg(ms), sum(capacity.write) as units by domainId\n| sort requests desc, p95 desc | limit 2';
  const result = runInsights(LINES, query);
  expect(result.columns).toEqual(['domainId', 'requests', 'p95', 'avg(ms)', 'units']);
  expect(result.rows).toEqual([
    { domainId: 'b', requests: 2, p95: 400, 'avg(ms)': 210, units: 10 },
    { domainId: 'a', requests: 2, p95: 30, 'avg(ms)': 20, units: 2.5 },
  ]);
});

it('keeps a group of lines without the field', () => {
  expect(
    rows('filter ispresent(ms) | stats count_distinct(error) as kinds by domainId | sort domainId asc'),
  ).toEqual([
    { domainId: undefined, kinds: 1 },
    { domainId: 'a', kinds: 0 },
    { domainId: 'b', kinds: 1 },
  ]);
});

it('groups by time', () => {
  expect(rows('filter ispresent(ms) | stats count(*) as n, max(ms) as slowest by bin(2m)')).toEqual([
    { 'bin(2m)': '2026-11-29 12:00:00.000', n: 2, slowest: 30 },
    { 'bin(2m)': '2026-11-29 12:02:00.000', n: 2, slowest: 400 },
    { 'bin(2m)': '2026-11-29 12:04:00.000', n: 1, slowest: 5 },
  ]);
});

it('parses texts, removes duplicates, and computes fields', () => {
  expect(
    column('parse @message "\\"ms\\":*," as ms2 | filter ispresent(ms2) | limit 1', '@message'),
  ).toHaveLength(1);
  expect(
    column(
      'parse @message /"status":"(?<code>\\d)/ | dedup code | filter ispresent(code) | display code',
      'code',
    ),
  ).toEqual(['2', '4', '5']);
  expect(column('filter ms = 10 | fields ms * 2 as double, concat(domainId, "!") as text', 'double')).toEqual(
    [20],
  );
});

it('shows the newest lines without a command for columns', () => {
  expect(rows('sort @timestamp desc | limit 1')).toEqual([
    { '@timestamp': AT + 240_000, '@message': LINES[4]?.message },
  ]);
});

it.each([
  'filter',
  'stats',
  'nothing',
  'filter a = ',
  'stats total(x)',
  'filter f(x)',
  'limit many',
  'filter a ~ b',
  'filter a = 1 b',
])('refuses %s', (query) => {
  expect(() => runInsights([], query)).toThrow(/query of logs|Logs Insights/);
});
