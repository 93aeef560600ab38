import Papa from 'papaparse';
import { FORMULA_CHARACTERS } from '../api/user-file/formula';

/** A value of a cell. Undefined is an empty cell. */
export type CsvValue = string | number | undefined;

const FORMULA = new RegExp(`^[${FORMULA_CHARACTERS}]`);

/**
 * Returns a CSV file (RFC 4180) with a title for each column. A text that a spreadsheet would run as a
 * formula gets an apostrophe, because names and addresses come from identity providers. The byte order mark
 * lets Excel read UTF-8.
 */
export function csvFile(titles: readonly string[], rows: readonly (readonly CsvValue[])[]): string {
  const lines = [titles, ...rows].map((values) => values.map(withoutFormula));
  return `\ufeff${Papa.unparse(lines, { newline: '\r\n' })}\r\n`;
}

const withoutFormula = (value: CsvValue): CsvValue =>
  typeof value === 'string' && FORMULA.test(value) ? `'${value}` : value;

/** Returns the name of a file, such as `example-inc-users-2026-03-01.csv`. */
export function csvFileName(name: string, now: Date): string {
  const words = name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return `${words || 'export'}-${now.toISOString().slice(0, 10)}.csv`;
}
