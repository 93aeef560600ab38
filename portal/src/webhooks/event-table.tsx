import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { LoadMore } from '../components/controls/load-more';
import type { Column } from '../components/display/column';
import { DataTable } from '../components/display/data-table';
import { ProblemNotice } from '../components/display/problem-notice';
import { t } from './messages';

/** A row about an event. */
interface EventRow {
  readonly type: string;
  readonly subject: string;
}

interface EventTableProps<Row extends EventRow> {
  readonly query: UseInfiniteQueryResult<InfiniteData<{ readonly items: readonly Row[] }>>;
  readonly caption: string;
  /** The subject of an exported file. */
  readonly exportName: string;
  readonly columns: readonly Column<Row>[];
  readonly keyOf: (row: Row) => string;
  /** The text of the button that loads the next page. */
  readonly more: string;
  /** Shown if there are no rows. */
  readonly none: string;
}

/** Shows rows about events, page by page. */
export function EventTable<Row extends EventRow>(props: EventTableProps<Row>) {
  const { query, caption, exportName, columns, keyOf, more, none } = props;
  const rows = rowsOf(query);
  return (
    <>
      {query.error && <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && rows.length === 0 && <p>{none}</p>}
      {rows.length > 0 && (
        <DataTable
          caption={caption}
          columns={columns}
          rows={rows}
          keyOf={keyOf}
          exportAs={{ name: exportName, load: (_, signal) => loadRest(query, signal) }}
        />
      )}
      <LoadMore query={query}>{more}</LoadMore>
    </>
  );
}

/** Loads the pages that the table does not show yet. There are few, because events are kept for 30 days. */
async function loadRest<Row>(
  query: UseInfiniteQueryResult<InfiniteData<{ readonly items: readonly Row[] }>>,
  signal: AbortSignal,
): Promise<{ readonly items: readonly Row[] }> {
  let result = query;
  while (result.hasNextPage) {
    signal.throwIfAborted();
    result = await result.fetchNextPage();
    if (result.error) throw result.error;
  }
  return { items: rowsOf(result) };
}

/** Returns the rows of all pages so far. */
export const rowsOf = <Row,>({
  data,
}: UseInfiniteQueryResult<InfiniteData<{ readonly items: readonly Row[] }>>): readonly Row[] =>
  data?.pages.flatMap(({ items }) => items) ?? [];

/** The column with the type of the event and its subject. */
export const EVENT_COLUMN: Column<EventRow> = {
  title: t('event'),
  text: ({ type, subject }) => `${type} ${subject}`,
  cell: ({ type, subject }) => (
    <span className="two-lines">
      <span>{type}</span>
      <span className="subtle">{subject}</span>
    </span>
  ),
};
