import type { ReactNode } from 'react';

export interface Column<T> {
  readonly title: string;
  /** Of the cell; the first column heads its row. */
  readonly cell: (row: T) => ReactNode;
  /** Title for those who hear the page only. */
  readonly isTitleHidden?: boolean;
  readonly align?: 'end';
  /** Left out on a phone, where it says little. */
  readonly isDesktopOnly?: boolean;
}

interface DataTableProps<T> {
  readonly caption: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  /** While newer rows are on their way. */
  readonly isStale?: boolean;
}

/** A table, which on a phone becomes a list of cards; the roles keep it a table for those who hear the page. */
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

function cellClass(align: 'end' | undefined, isDeskOnly: boolean | undefined): string | undefined {
  return [align && `align-${align}`, isDeskOnly && 'desk-only'].filter(Boolean).join(' ') || undefined;
}
