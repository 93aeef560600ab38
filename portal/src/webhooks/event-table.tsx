import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { LoadMore } from '../components/controls/load-more';
import { type Column, DataTable } from '../components/display/data-table';
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
  readonly columns: readonly Column<Row>[];
  readonly keyOf: (row: Row) => string;
  /** The text of the button that loads the next page. */
  readonly more: string;
  /** Shown if there are no rows. */
  readonly none: string;
}

/** Shows rows about events, page by page. */
export function EventTable<Row extends EventRow>(props: EventTableProps<Row>) {
  const { query, caption, columns, keyOf, more, none } = props;
  const rows = rowsOf(query);
  return (
    <>
      {query.error && <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && rows.length === 0 && <p>{none}</p>}
      {rows.length > 0 && <DataTable caption={caption} columns={columns} rows={rows} keyOf={keyOf} />}
      <LoadMore query={query}>{more}</LoadMore>
    </>
  );
}

/** Returns the rows of all pages so far. */
export const rowsOf = <Row,>({
  data,
}: UseInfiniteQueryResult<InfiniteData<{ readonly items: readonly Row[] }>>): readonly Row[] =>
  data?.pages.flatMap(({ items }) => items) ?? [];

/** The column with the type of the event and its subject. */
export const EVENT_COLUMN: Column<EventRow> = {
  title: t('event'),
  cell: ({ type, subject }) => (
    <span className="two-lines">
      <span>{type}</span>
      <span className="subtle">{subject}</span>
    </span>
  ),
};
