import { type Column, formatTime, recordLines, tableLines } from '../../../bin/cli/columns';

interface Row {
  readonly name: string;
  readonly size?: number;
}

const COLUMNS: readonly Column<Row>[] = [
  ['Name', ({ name }) => name],
  ['Size', ({ size }) => size],
];
const ROWS = [{ name: 'a long name', size: 1 }, { name: 'b' }];

describe('tableLines', () => {
  it('gives each column the width of its widest value', () => {
    expect(tableLines(COLUMNS, ROWS)).toEqual(['Name         Size', 'a long name  1', 'b            -']);
  });

  it('prints a block for each row if the screen is too narrow, and truncates nothing', () => {
    expect(tableLines(COLUMNS, ROWS, 17)).toHaveLength(3);
    expect(tableLines(COLUMNS, ROWS, 16)).toEqual(['Name  a long name', 'Size  1', '', 'Name  b']);
  });

  it('escapes control characters of the terminal', () => {
    const name = '\u001b[2Jx\nfoo\u202eoof';
    expect(tableLines(COLUMNS, [{ name }])[1]).toBe('\\u001b[2Jx\\u000afoo\\u202eoof  -');
  });

  it('supports 200,000 rows', () => {
    const rows = Array.from({ length: 200_000 }, () => ({ name: 'x' }));
    expect(tableLines(COLUMNS, rows)).toHaveLength(200_001);
  });
});

it('recordLines omits missing values', () => {
  expect(recordLines(COLUMNS, { name: 'b' })).toEqual(['Name  b']);
});

it('formatTime shows a time to the second', () => {
  expect(formatTime('2026-01-31T12:00:00.123Z')).toBe('2026-01-31T12:00:00Z');
  expect(formatTime(undefined)).toBeUndefined();
});
