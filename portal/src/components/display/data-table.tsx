import { ExportButton } from '../../export/export-button';
import type { PageLoader } from '../../api/client/page-loader';
import type { Column } from './column';

interface DataTableProps<T> {
  readonly caption: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  /** If true, newer rows are loading. */
  readonly isStale?: boolean;
  /** If true, the link or button of the first cell covers its row. */
  readonly isRowLinked?: boolean;
  /**
   * The subject of an exported file, and a function that loads the pages if the table may not have all rows.
   * False for a table that is not data of the domain.
   * @default the caption, which must be short then, and the rows of the table
   */
  readonly exportAs?: { readonly name: string; readonly load?: PageLoader<T> } | false;
}

/** A table that becomes a list of cards on a phone. The roles keep it a table for screen readers. */
export function DataTable<T>(props: DataTableProps<T>) {
  const { caption, columns, rows, keyOf, isStale, isRowLinked, exportAs = { name: caption } } = props;
  const shown = columns.filter(({ isExportOnly }) => !isExportOnly);
  const [first, ...others] = shown;
  return (
    <>
      <div className={isStale ? 'table-frame table-stale' : 'table-frame'}>
        <table className={isRowLinked ? 'table table-linked' : 'table'} role="table">
          <caption className="visually-hidden">{caption}</caption>
          <thead role="rowgroup">
            <tr role="row">
              {shown.map(({ title, isTitleHidden, align, isDesktopOnly }) => (
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
      {exportAs && (
        <ExportButton
          name={exportAs.name}
          columns={columns}
          load={exportAs.load ?? (() => Promise.resolve({ items: rows }))}
        />
      )}
    </>
  );
}

function cellClass(align: 'end' | undefined, isDesktopOnly: boolean | undefined): string | undefined {
  return [align && `align-${align}`, isDesktopOnly && 'desktop-only'].filter(Boolean).join(' ') || undefined;
}
