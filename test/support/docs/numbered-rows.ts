import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const DOCS = path.join(__dirname, '../../../docs');

/** A row of a document's tables: its number, such as T12, and its other cells. */
export interface NumberedRow {
  readonly number: string;
  readonly cells: readonly string[];
}

/**
 * A document in `docs/` whose tables have numbered rows that name tests, as `[name]` with a link at the end
 * of the document.
 */
export class NumberedRows {
  readonly rows: readonly NumberedRow[];
  private readonly targets: ReadonlyMap<string, string>;

  constructor(document: string) {
    const text = readFileSync(path.join(DOCS, document), 'utf8');
    this.rows = [...text.matchAll(/^\| ([A-Z]\d+) *\|(.*)\|$/gm)].map(([, number = '', rest = '']) => ({
      number,
      cells: rest.split('|').map((cell) => cell.trim()),
    }));
    this.targets = new Map(
      [...text.matchAll(/^\[([\w-]+)\]: (\S+)$/gm)].map(([, name = '', target = '']) => [name, target]),
    );
  }

  /** Asserts that the rows with this letter are numbered from 1 without a gap. */
  expectNumbers(letter: string): void {
    const numbers = this.rows.map(({ number }) => number).filter((number) => number.startsWith(letter));
    expect(numbers).toEqual(numbers.map((_, index) => `${letter}${index + 1}`));
    expect(numbers.length).toBeGreaterThan(30);
  }

  /** Returns the names of the tests in a cell. */
  namesIn(cell: string): string[] {
    return [...cell.matchAll(/\[([\w-]+)\](?!\()/g)].map(([, name = '']) => name);
  }

  /** Asserts that each named test exists, and that a row names each test in the list at the end. */
  expectTests(): void {
    const named = new Set(this.rows.flatMap(({ cells }) => this.namesIn(cells.at(-1) ?? '')));
    expect([...named].sort()).toEqual([...this.targets.keys()].sort());
    const missing = [...this.targets.values()].filter((target) => !existsSync(path.join(DOCS, target)));
    expect(missing).toEqual([]);
  }
}
