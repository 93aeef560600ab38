import { escapeControls } from '../../shared/scim/text';

/** A column of a table: its title and the value of a row, or undefined if the row has none. */
export type Column<T> = readonly [title: string, cell: (row: T) => string | number | undefined];

const NONE = '-';
const GAP = '  ';

/**
 * Returns the lines of a table. If the table is wider than the screen (`width` characters), each row becomes
 * a block of lines, because a truncated ID is useless.
 */
export function tableLines<T>(columns: readonly Column<T>[], rows: readonly T[], width?: number): string[] {
  const titles = columns.map(([title]) => title);
  const cells = rows.map((row) => columns.map((column) => textOf(column, row) ?? NONE));
  const widths = titles.map((title, at) => maxLength([title, ...cells.map((line) => line[at] ?? '')]));
  const lines = [titles, ...cells].map((line) => pad(line, widths).join(GAP).trimEnd());
  if (width === undefined || maxLength(lines) <= width) return lines;
  return rows.flatMap((row, at) => [...(at > 0 ? [''] : []), ...recordLines(columns, row)]);
}

/** Returns a line for each column that has a value. */
export function recordLines<T>(columns: readonly Column<T>[], row: T): string[] {
  const titleWidth = maxLength(columns.map(([title]) => title));
  return columns.flatMap((column) => {
    const text = textOf(column, row);
    return text === undefined ? [] : [`${column[0].padEnd(titleWidth)}${GAP}${text}`];
  });
}

/** Formats a time as RFC 3339 in UTC without fractions of a second, as `--from` and `--to` accept it. */
export const formatTime = (at: string | undefined): string | undefined => at?.replace(/\.\d+(?=Z$)/, '');

function textOf<T>([, cell]: Column<T>, row: T): string | undefined {
  const value = cell(row);
  return value === undefined || value === '' ? undefined : escapeControls(String(value));
}

const pad = (line: readonly string[], widths: readonly number[]): string[] =>
  line.map((cell, at) => cell + ' '.repeat(Math.max(0, (widths[at] ?? 0) - lengthOf(cell))));

const maxLength = (texts: readonly string[]): number =>
  texts.reduce((most, text) => Math.max(most, lengthOf(text)), 0);

const lengthOf = (text: string): number => [...text].length;
