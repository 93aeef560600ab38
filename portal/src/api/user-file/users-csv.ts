import Papa from 'papaparse';
import type { UserImportResult } from '../schema';
import { FORMULA_CHARACTERS } from './formula';

/** The largest file, in bytes of UTF-8. */
const MAX_FILE_BYTES = 10_000_000;
/** The largest number of rows of a file. */
export const MAX_FILE_ROWS = 20_000;

/** A row of a file. The header is row 1, as in a spreadsheet. */
export interface UserRow {
  readonly row: number;
  readonly values: Readonly<Record<string, string>>;
}

/** The rows of a file. */
export interface UserFile {
  readonly rows: readonly UserRow[];
  /** The rows that cannot be sent, with the reasons. */
  readonly refused: readonly UserImportResult[];
}

/** Thrown for a file that cannot be read at all. The message says what to change. */
export class UserFileError extends Error {
  override readonly name = 'UserFileError';
}

const BYTE_ORDER_MARK = /^\ufeff/;
/** The character in place of bytes that are not UTF-8. */
const REPLACEMENT = '\ufffd';
/** A cell that a spreadsheet would run as a formula, and the quotes that keep it from that. */
const FORMULA = new RegExp(`^'*[${FORMULA_CHARACTERS}]`);

/**
 * Reads the text of a CSV file. The delimiter is a comma, a semicolon, or a tab. `columns` are the names that
 * the header may have, in any order and any case.
 */
export function readUsersCsv(text: string, columns: readonly string[]): UserFile {
  if (new TextEncoder().encode(text).length > MAX_FILE_BYTES)
    throw new UserFileError(
      `The file has more than ${MAX_FILE_BYTES / 1_000_000} MB. Split it into several files.`,
    );
  if (text.includes(REPLACEMENT))
    throw new UserFileError('The file is not UTF-8. In Excel, save it as "CSV UTF-8 (Comma delimited)".');
  const content = text.replace(BYTE_ORDER_MARK, '');
  const { data, errors } = Papa.parse<string[]>(content, { delimiter: delimiterOf(content) });
  const unclosed = errors.find(({ type }) => type === 'Quotes');
  if (unclosed)
    throw new UserFileError(
      `Row ${(unclosed.row ?? 0) + 1} has a quotation mark that is not closed. Write a quotation mark within a value twice.`,
    );
  const [header, ...lines] = data;
  const names = readHeader(header ?? [], columns);
  const filled = lines
    .map((cells, at) => ({ row: at + 2, cells }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  if (filled.length === 0) throw new UserFileError('The file has no users. Add a row for each user.');
  if (filled.length > MAX_FILE_ROWS)
    throw new UserFileError(
      `The file has ${filled.length} rows, and the limit is ${MAX_FILE_ROWS}. Split it into several files.`,
    );
  return withoutDuplicates(filled, names);
}

/** Returns the text of a CSV file. A spreadsheet runs no value of it as a formula. */
export const usersCsv = (
  columns: readonly string[],
  rows: readonly Readonly<Record<string, string>>[],
): string =>
  Papa.unparse(
    { fields: [...columns], data: rows.map((values) => columns.map((name) => guarded(values[name] ?? ''))) },
    { newline: '\n' },
  ) + '\n';

/** Returns the delimiter of the first row. No name of a column contains one. */
function delimiterOf(text: string): string {
  const [header = ''] = text.split(/[\r\n]/, 1);
  return [';', '\t'].find((delimiter) => header.includes(delimiter)) ?? ',';
}

const guarded = (value: string): string => (FORMULA.test(value) ? `'${value}` : value);

const unguarded = (cell: string): string =>
  cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;

function readHeader(header: readonly string[], columns: readonly string[]): string[] {
  const byKey = new Map(columns.map((name) => [name.toLowerCase(), name]));
  const names = header.map((cell) => {
    const name = byKey.get(cell.trim().toLowerCase());
    if (name === undefined)
      throw new UserFileError(
        `The first row has a column "${cell.slice(0, 100)}", which does not exist. There are ${columns.join(', ')}.`,
      );
    return name;
  });
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined)
    throw new UserFileError(`The first row has the column "${twice}" twice. Remove one of them.`);
  if (!names.includes('userName'))
    throw new UserFileError('The first row has no column "userName", which identifies the users. Add it.');
  return names;
}

interface Line {
  readonly row: number;
  readonly cells: readonly string[];
}

function withoutDuplicates(lines: readonly Line[], names: readonly string[]): UserFile {
  const rows: UserRow[] = [];
  const refused: UserImportResult[] = [];
  const seen = new Map<string, number>();
  for (const { row, cells } of lines) {
    const values = Object.fromEntries(names.map((name, at) => [name, unguarded(cells[at] ?? '')]));
    const userName = values.userName?.trim() ?? '';
    const refuse = (detail: string, field?: string) =>
      refused.push({ row, userName, outcome: 'error', detail, ...(field !== undefined && { field }) });
    const first = seen.get(userName.toLowerCase());
    if (cells.slice(names.length).some((cell) => cell.trim() !== ''))
      refuse(
        `The row has ${cells.length} cells, and the first row has ${names.length}. Check its delimiters.`,
      );
    else if (userName !== '' && first !== undefined)
      refuse(`Row ${first} has the same userName. Keep one of the two rows.`, 'userName');
    else rows.push({ row, values });
    if (first === undefined) seen.set(userName.toLowerCase(), row);
  }
  return { rows, refused };
}
