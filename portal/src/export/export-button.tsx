import type { PageLoader } from '../api/client/page-loader';
import { downloadFile } from '../browser/download-file';
import type { Column } from '../components/display/column';
import { useDomainName } from '../session/access';
import { csvFile, csvFileName, type CsvValue } from './csv';
import { DownloadAllButton } from './download-all-button';
import { t } from './messages';

interface ExportButtonProps<T> {
  /** The subject of the file, such as "Users". The name of the domain is put before it. */
  readonly name: string;
  readonly columns: readonly Column<T>[];
  /** Loads the pages of the list. For a list without pages, returns all rows. */
  readonly load: PageLoader<T>;
}

/** Exports all rows of a table as CSV, also those on pages that are not shown. */
export function ExportButton<T>({ name, columns, load }: ExportButtonProps<T>) {
  const domainName = useDomainName();
  return (
    <div className="table-export">
      <DownloadAllButton
        variant="quiet"
        load={load}
        save={(rows) => downloadFile(toFile(columns, rows), csvFileName(`${domainName} ${name}`, new Date()))}
      >
        {t('exportCsv')}
      </DownloadAllButton>
    </div>
  );
}

/** Columns with actions only have no text. */
function toFile<T>(columns: readonly Column<T>[], rows: readonly T[]): Blob {
  const exported = columns.filter(({ isTitleHidden }) => !isTitleHidden);
  const values = rows.map((row) => exported.map((column) => textOf(column, row)));
  const titles = exported.map(({ title }) => title);
  return new Blob([csvFile(titles, values)], { type: 'text/csv;charset=utf-8' });
}

function textOf<T>({ text, cell }: Column<T>, row: T): CsvValue {
  if (text) return text(row);
  const shown = cell(row);
  return typeof shown === 'string' || typeof shown === 'number' ? shown : undefined;
}
