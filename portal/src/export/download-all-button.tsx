import { useEffect, useRef, useState } from 'react';
import type { PageLoader } from '../api/client/page-loader';
import { Button } from '../components/controls/button';
import { ProblemNotice } from '../components/display/problem-notice';
import { useAnnounce } from '../layout/announcer';
import { loadAll } from './load-all';
import { t } from './messages';

interface DownloadAllButtonProps<T> {
  readonly children: string;
  /** @default 'secondary' */
  readonly variant?: 'secondary' | 'quiet';
  readonly isDisabled?: boolean;
  readonly load: PageLoader<T>;
  /** Saves the file with all rows. */
  readonly save: (rows: readonly T[]) => void;
}

/** Loads all pages of a list into a file. Shows how many rows are loaded, and can be canceled. */
export function DownloadAllButton<T>(props: DownloadAllButtonProps<T>) {
  const { children, variant, isDisabled, load, save } = props;
  const [count, setCount] = useState<number>();
  const [error, setError] = useState<Error>();
  const running = useRef<AbortController>(undefined);
  const announce = useAnnounce();
  useEffect(() => () => running.current?.abort(), []);

  const run = async () => {
    const controller = new AbortController();
    running.current = controller;
    setError(undefined);
    setCount(0);
    try {
      const rows = await loadAll({ load, signal: controller.signal, onRows: setCount });
      save(rows);
      announce(t('exported', { count: rows.length }));
    } catch (problem) {
      if (!controller.signal.aborted) setError(problem as Error);
    } finally {
      setCount(undefined);
    }
  };

  return (
    <>
      {count === undefined ? (
        <Button variant={variant} icon="download" isDisabled={isDisabled} onPress={() => void run()}>
          {children}
        </Button>
      ) : (
        <>
          <span role="status">{t('rowsLoaded', { count })}</span>
          <Button variant={variant} onPress={() => running.current?.abort()}>
            {t('cancelExport')}
          </Button>
        </>
      )}
      {error && <ProblemNotice error={error} onRetry={() => void run()} />}
    </>
  );
}
