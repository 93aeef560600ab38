/** What is shown of something under a title; undefined: there is none. */
export type Column<T> = readonly [title: string, cell: (row: T) => string | number | undefined];

const NONE = '-';
const GAP = '  ';

/**
 * The lines of a table. Where it is wider than the screen (`width` columns), each row becomes a block of lines, as the portal's
 * tables do on a phone: an id that is cut off is of no use.
 */
export function tableLines<T>(columns: readonly Column<T>[], rows: readonly T[], width?: number): string[] {
  const titles = columns.map(([title]) => title);
  const cells = rows.map((row) => columns.map((column) => textOf(column, row) ?? NONE));
  const widths = titles.map((title, at) => widest([title, ...cells.map((line) => line[at] ?? '')]));
  const lines = [titles, ...cells].map((line) => padded(line, widths).join(GAP).trimEnd());
  if (width === undefined || widest(lines) <= width) return lines;
  return rows.flatMap((row, at) => [...(at > 0 ? [''] : []), ...recordLines(columns, row)]);
}

/** A line for each thing that there is. */
export function recordLines<T>(columns: readonly Column<T>[], row: T): string[] {
  const titleWidth = widest(columns.map(([title]) => title));
  return columns.flatMap((column) => {
    const text = textOf(column, row);
    return text === undefined ? [] : [`${column[0].padEnd(titleWidth)}${GAP}${text}`];
  });
}

/** RFC 3339 to the second, in UTC, as `--from` and `--to` take it. */
export const instant = (at: string | undefined): string | undefined => at?.replace(/\.\d+(?=Z$)/, '');

function textOf<T>([, cell]: Column<T>, row: T): string | undefined {
  const value = cell(row);
  return value === undefined || value === '' ? undefined : harmless(String(value));
}

/** An identity provider may send characters in a name by which a terminal clears lines or writes backwards. */
const harmless = (text: string): string =>
  text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u${code.toString(16).padStart(4, '0')}`;
  });

const padded = (line: readonly string[], widths: readonly number[]): string[] =>
  line.map((cell, at) => cell + ' '.repeat(Math.max(0, (widths[at] ?? 0) - lengthOf(cell))));

const widest = (texts: readonly string[]): number =>
  texts.reduce((most, text) => Math.max(most, lengthOf(text)), 0);

const lengthOf = (text: string): number => [...text].length;
