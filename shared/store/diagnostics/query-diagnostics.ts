import { diagnosticPartition } from '../table/keys';
import type { PageKey } from '../table/operations/query';
import type { Item } from '../table/read-item';
import type { Table } from '../table/table';
import type { DiagnosticsPage } from './diagnostic';

/** The largest number of items of one kind that are read. */
const MAX_ITEMS_READ = 100;
/** The largest number of queries for the diagnostics of one connection. */
const MAX_QUERIES = 10;

interface DiagnosticRange {
  readonly kind: string;
  /** The beginning of the lowest id, without its kind. */
  readonly from?: string;
  readonly limit?: number;
  readonly after?: PageKey;
}

/** Reads the newest diagnostics of a kind. */
export async function readDiagnostics<T>(
  table: Table,
  domainId: string,
  { kind, from = '', limit = MAX_ITEMS_READ, after }: DiagnosticRange,
  readEntry: (item: Item) => T,
): Promise<DiagnosticsPage<T>> {
  const { items, next } = await table.query({
    pk: diagnosticPartition(domainId),
    // `$` is the next character after `#`.
    sortKey: { between: [`${kind}#${from}`, `${kind}$`] },
    descending: true,
    limit,
    after,
  });
  return { entries: items.map(readEntry), more: next !== undefined, next };
}

interface Sender {
  readonly domainId: string;
  /** @default all connections of the domain */
  readonly connectionId?: string;
}

interface Sent {
  readonly connectionId?: string;
  readonly lastAt: string;
}

/**
 * Reads the newest diagnostics of a kind that requests caused since a time. Those without a connection are of
 * an earlier version, and may be of any connection. Older entries are left out, because DynamoDB deletes
 * expired items up to two days later.
 */
export async function readSent<T extends Sent>(
  table: Table,
  { domainId, connectionId }: Sender,
  range: DiagnosticRange,
  readEntry: (item: Item) => T,
  since: Date,
): Promise<DiagnosticsPage<T>> {
  const isSent = (entry: T): boolean =>
    entry.lastAt >= since.toISOString() &&
    (connectionId === undefined || (entry.connectionId ?? connectionId) === connectionId);
  const entries: T[] = [];
  let after: PageKey | undefined;
  // The items of other connections could fill a page.
  const maxQueries = connectionId === undefined ? 1 : MAX_QUERIES;
  for (let query = 0; query < maxQueries && entries.length < MAX_ITEMS_READ; query++) {
    const page = await readDiagnostics(table, domainId, { ...range, after }, readEntry);
    entries.push(...page.entries.filter(isSent));
    after = page.next;
    if (!after) break;
  }
  return { entries, more: after !== undefined };
}
