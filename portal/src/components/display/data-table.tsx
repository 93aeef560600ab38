import type { ReactNode } from 'react';

export interface Column<T> {
  readonly title: string;
  /** Renders the cell. The cell of the first column is the header of its row. */
  readonly cell: (row: T) => ReactNode;
  /** If true, only screen readers get the title. */
  readonly isTitleHidden?: boolean;
  readonly align?: 'end';
  /** If true, a phone does not show the column. */
  readonly isDesktopOnly?: boolean;
}

interface DataTableProps<T> {
  readonly caption: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  /** If true, newer rows are loading. */
  readonly isStale?: boolean;
}

/** A table that becomes a list of cards on a phone. The roles keep it a table for screen readers. */
export function DataTable<T>({ caption, columns, rows, keyOf, isStale }: DataTableProps<T>) {
  const [first, ...others] = columns;
  return (
    <div className={isStale ? 'table-frame table-stale' : 'table-frame'}>
      <table className="table" role="table">
        <caption className="visually-hidden">{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map(({ title, isTitleHidden, align, isDesktopOnly }) => (
              <th key={title} role="columnheader" scope="col" className={cellClass(align, isDesktopOnly)}>
                <span className={isTitleHidden ? 'visually-hidden' : undefined}>{title}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr role="row" key={keyOf(row)}>
              <th role="rowheader" scope="row">
                {first?.cell(row)}
              </th>
              {others.map(({ title, cell, isTitleHidden, align, isDesktopOnly }) => (
                <td
                  key={title}
                  role="cell"
                  data-label={isTitleHidden ? undefined : title}
                  className={cellClass(align, isDesktopOnly)}
                >
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function cellClass(align: 'end' | undefined, isDesktopOnly: boolean | undefined): string | undefined {
  return [align && `align-${align}`, isDesktopOnly && 'desktop-only'].filter(Boolean).join(' ') || undefined;
}
