import { useEffect, useRef, useState } from 'react';
import { downloadFile } from '../browser/download-file';
import { Button } from '../components/controls/button';
import type { Column } from '../components/display/column';
import { ProblemNotice } from '../components/display/problem-notice';
import { useAnnounce } from '../layout/announcer';
import { csvFile, csvFileName, type CsvValue } from './csv';
import type { PageLoader } from '../api/client/page-loader';
import { loadAll } from './load-all';
import { t } from './messages';

interface ExportButtonProps<T> {
  /** The subject of the file, such as "Example Inc users". */
  readonly name: string;
  readonly columns: readonly Column<T>[];
  /** Loads the pages of the list. For a list without pages, returns all rows. */
  readonly load: PageLoader<T>;
}

/** Exports all rows of a table as CSV, also those on pages that are not shown. Shows how many are loaded, and can be canceled. */
export function ExportButton<T>({ name, columns, load }: ExportButtonProps<T>) {
  const [rows, setRows] = useState<number>();
  const [error, setError] = useState<Error>();
  const running = useRef<AbortController>(undefined);
  const announce = useAnnounce();
  useEffect(() => () => running.current?.abort(), []);

  const run = async () => {
    const controller = new AbortController();
    running.current = controller;
    setError(undefined);
    setRows(0);
    try {
      const all = await loadAll({ load, signal: controller.signal, onRows: setRows });
      downloadFile(toFile(columns, all), csvFileName(name, new Date()));
      announce(t('exported', { count: all.length }));
    } catch (problem) {
      if (!controller.signal.aborted) setError(problem as Error);
    } finally {
      setRows(undefined);
    }
  };

  return (
    <div className="table-export">
      {rows === undefined ? (
        <Button variant="quiet" icon="download" onPress={() => void run()}>
          {t('exportCsv')}
        </Button>
      ) : (
        <>
          <span role="status">{t('rowsLoaded', { count: rows })}</span>
          <Button variant="quiet" onPress={() => running.current?.abort()}>
            {t('cancelExport')}
          </Button>
        </>
      )}
      {error && <ProblemNotice error={error} onRetry={() => void run()} />}
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
