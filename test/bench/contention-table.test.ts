import type { LoadFigures, RowFigures } from '../../bench/contention/measure';
import type { Row } from '../../bench/contention/row';
import { passes, TABLE_HEAD, tableRow } from '../../bench/contention/table';

const load = (figures: Partial<LoadFigures> = {}): LoadFigures => ({
  ...{ triesPerCommit: 1.05, p50: 30, p95: 60, slowest: 90 },
  ...{ serverErrors: 0, clientErrors: 0, busiestShare: 0.04, statuses: { 201: 100 } },
  ...figures,
});

const measured = (withConflicts: Partial<LoadFigures>, row: Partial<Row> = {}): RowFigures => ({
  row: { name: 'creations', maxTries: 1.1, maxSlowdown: 1.5, ...row } as Row,
  holdMs: 20,
  withoutConflicts: load(),
  withConflicts: load(withConflicts),
});

it('shows a load next to the same load without conflicts, with its targets', () => {
  expect(tableRow(measured({ p50: 33, p95: 75 }))).toBe(
    '| creations | 20 | 1.05 | ≤ 1.1 | 33 | 75 | 30 | 60 | 1.25 | ≤ 1.5 | 0 | 0 | pass |',
  );
  const columns = (line: string) => line.split('|').length;
  const lines = TABLE_HEAD.split('\n').slice(-2);
  expect(lines.map(columns)).toEqual([columns(tableRow(measured({}))), columns(tableRow(measured({})))]);
});

it.each<[string, Partial<LoadFigures>]>([
  ['too many tries', { triesPerCommit: 1.11 }],
  ['times that are too long', { p95: 91 }],
  ['a server error', { serverErrors: 1 }],
  ['a refused request', { clientErrors: 1 }],
])('a row with %s fails', (_, figures) => {
  expect(passes(measured(figures))).toBe(false);
  expect(tableRow(measured(figures))).toMatch(/FAIL \|$/);
});

it('a row whose times are not compared passes however long they are', () => {
  expect(passes(measured({ p95: 900 }, { maxSlowdown: undefined }))).toBe(true);
  expect(tableRow(measured({ p95: 900 }, { maxSlowdown: undefined }))).toContain('| 15.00 | – |');
});
