import Papa from 'papaparse';
import type { Translate } from '../../i18n/catalog-types';
import type { UserImportResult } from '../schema';
import { FORMULA_CHARACTERS } from './formula';
import type { en } from './messages/en';

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

/** Returns what is wrong with a file, in the language of the reader. */
export type FileTexts = Translate<typeof en>;

/** Thrown for a file that cannot be read at all. The message says what to change. */
export class UserFileError extends Error {
  override readonly name = 'UserFileError';
}

const BYTE_ORDER_MARK = /^\ufeff/;
/** The character in place of bytes that are not UTF-8. */
const REPLACEMENT = '\ufffd';
/** A cell that a spreadsheet would run as a formula, and the quotes that keep it from that. */
const FORMULA = new RegExp(`^'*[${FORMULA_CHARACTERS}]`);

/** Throws `UserFileError` for a file that is too large. */
export function assertFileSize(bytes: number, t: FileTexts): void {
  if (bytes > MAX_FILE_BYTES)
    throw new UserFileError(t('fileTooLarge', { megabytes: MAX_FILE_BYTES / 1_000_000 }));
}

/**
 * Reads the text of a CSV file. The delimiter is a comma, a semicolon, or a tab. `columns` are the names that
 * the header may have, in any order and any case.
 */
export function readUsersCsv(text: string, columns: readonly string[], t: FileTexts): UserFile {
  assertFileSize(new TextEncoder().encode(text).length, t);
  if (text.includes(REPLACEMENT)) throw new UserFileError(t('fileNotUtf8'));
  const { data, errors } = parseCells(text.replace(BYTE_ORDER_MARK, ''));
  const unclosed = errors.find(({ type }) => type === 'Quotes');
  if (unclosed) throw new UserFileError(t('quotationMarkNotClosed', { row: (unclosed.row ?? 0) + 1 }));
  const [header, ...lines] = data;
  const names = readHeader(header ?? [], columns, t);
  const filled = lines
    .map((cells, at) => ({ row: at + 2, cells }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  if (filled.length === 0) throw new UserFileError(t('fileWithoutUsers'));
  if (filled.length > MAX_FILE_ROWS)
    throw new UserFileError(t('tooManyRows', { rows: filled.length, limit: MAX_FILE_ROWS }));
  return readRows(filled, names, t);
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

/** Parses the cells of all rows. Rows may end in different ways, because editors mix line ends. */
function parseCells(text: string): Papa.ParseResult<string[]> {
  const delimiter = delimiterOf(text);
  // Line ends within quoted values are part of the values.
  const lineEnds = new RegExp(`(?<=^|[${delimiter}\\r\\n])"[^"]*(?:""[^"]*)*"|\\r\\n?`, 'g');
  const unified = text.replace(lineEnds, (found) => (found.startsWith('"') ? found : '\n'));
  return Papa.parse<string[]>(unified, { delimiter, newline: '\n' });
}

/** Returns the delimiter of the first row. No name of a column contains one. */
function delimiterOf(text: string): string {
  const [header = ''] = text.split(/[\r\n]/, 1);
  return [';', '\t'].find((delimiter) => header.includes(delimiter)) ?? ',';
}

const guarded = (value: string): string => (FORMULA.test(value) ? `'${value}` : value);

const unguarded = (cell: string): string =>
  cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;

function readHeader(header: readonly string[], columns: readonly string[], t: FileTexts): string[] {
  const byKey = new Map(columns.map((name) => [name.toLowerCase(), name]));
  const names = header.map((cell) => {
    const name = byKey.get(cell.trim().toLowerCase());
    if (name !== undefined) return name;
    throw new UserFileError(t('unknownColumn', { column: cell.slice(0, 100), columns: columns.join(', ') }));
  });
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new UserFileError(t('columnTwice', { column: twice }));
  if (!names.includes('userName')) throw new UserFileError(t('userNameColumnMissing'));
  return names;
}

interface Line {
  readonly row: number;
  readonly cells: readonly string[];
}

/**
 * Reads rows. It refuses those with the userName of another row, and those with too few or too many cells,
 * because their values may belong to other columns.
 */
function readRows(lines: readonly Line[], names: readonly string[], t: FileTexts): UserFile {
  const rows: UserRow[] = [];
  const refused: UserImportResult[] = [];
  const seen = new Map<string, number>();
  for (const { row, cells } of lines) {
    const values = Object.fromEntries(names.map((name, at) => [name, unguarded(cells[at] ?? '')]));
    const userName = values.userName?.trim() ?? '';
    const refuse = (detail: string, field?: string) =>
      refused.push({ row, userName, outcome: 'error', detail, ...(field !== undefined && { field }) });
    const first = seen.get(userName.toLowerCase());
    const hasMore = cells.slice(names.length).some((cell) => cell.trim() !== '');
    if (hasMore || cells.length < names.length)
      refuse(t('otherNumberOfCells', { cells: cells.length, columns: names.length }));
    else if (userName !== '' && first !== undefined) refuse(t('sameUserName', { row: first }), 'userName');
    else rows.push({ row, values });
    if (first === undefined) seen.set(userName.toLowerCase(), row);
  }
  return { rows, refused };
}
