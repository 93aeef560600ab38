import { useEffect, useRef, useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { Link } from 'react-router';
import { useImportRows, useRefreshUsers, useUserColumns } from '../api/managed-users';
import { rowCount } from '../api/user-file/import-rows';
import type { UserImportResult } from '../api/schema';
import { t as fileText } from '../api/user-file/messages';
import {
  assertFileSize,
  MAX_FILE_ROWS,
  readUsersCsv,
  type UserFile,
  UserFileError,
} from '../api/user-file/users-csv';
import { Button } from '../components/controls/button';
import { Card } from '../components/display/card';
import { DocsLink } from '../components/display/docs-link';
import { Icon } from '../components/display/icon';
import { Notice } from '../components/display/notice';
import { ProblemNotice } from '../components/display/problem-notice';
import { PageHeader } from '../layout/page-header';
import { useAccess } from '../session/access';
import { ImportFileDownloads } from './import-file-downloads';
import { type ImportState, ImportSteps } from './import-steps';
import { LeaveImportDialog } from './leave-import-dialog';
import { t } from './messages';

/** Imports users from a CSV file. It shows what will happen first. Viewers can only export users. */
export function ImportPage() {
  const { domain, mayChange } = useAccess();
  const columns = useUserColumns(domain.domainId);
  const send = useImportRows(domain.domainId);
  const refresh = useRefreshUsers(domain.domainId);
  const [state, setState] = useState<ImportState>();
  const [problem, setProblem] = useState<string>();
  const isStopped = useRef(false);
  const isLeft = useRef(false);
  useEffect(() => {
    isLeft.current = false;
    return () => {
      isLeft.current = true;
    };
  }, []);
  const names = columns.data?.items.map(({ name }) => name);

  const run = async (file: UserFile, name: string, isDryRun: boolean) => {
    isStopped.current = false;
    const begun: ImportState = { isDryRun, status: 'running', name, file, results: [] };
    setState(begun);
    let done: readonly UserImportResult[] = [];
    try {
      const results = await send(file, isDryRun, {
        isStopped: () => isStopped.current || isLeft.current,
        onProgress: (progress, doneSoFar) => {
          done = doneSoFar;
          setState({ ...begun, progress });
        },
      });
      // A stop during the last request leaves out nothing.
      setState({ ...begun, status: results.length < rowCount(file) ? 'stopped' : 'done', results });
    } catch (error) {
      setState({ ...begun, status: 'failed', results: done, error });
    } finally {
      if (!isDryRun) await refresh();
    }
  };
  const choose = async (list: FileList | null) => {
    const chosen = list?.[0];
    if (!chosen || !names) return;
    setProblem(undefined);
    setState(undefined);
    try {
      // A file that is too large is not read into memory.
      assertFileSize(chosen.size, fileText);
      await run(readUsersCsv(await chosen.text(), names, fileText), chosen.name, true);
    } catch (error) {
      if (!(error instanceof UserFileError)) throw error;
      setProblem(error.message);
    }
  };
  const isRunning = state?.status === 'running';
  return (
    <>
      <Link className="back-link" to="..">
        <Icon name="arrowLeft" />
        {t('users')}
      </Link>
      {mayChange ? (
        <PageHeader title={t('importUsers')} description={t('importDescription')} />
      ) : (
        <PageHeader title={t('exportUsers')} description={t('exportDescription')} />
      )}
      {columns.error && <ProblemNotice error={columns.error} onRetry={() => void columns.refetch()} />}
      <Card title={t('file')} description={mayChange && t('fileDescription', { count: MAX_FILE_ROWS })}>
        <div className="page-actions">
          <ImportFileDownloads columns={names} />
          {mayChange && (
            <FileTrigger acceptedFileTypes={['.csv', 'text/csv']} onSelect={(list) => void choose(list)}>
              <Button variant="primary" isDisabled={!names || isRunning}>
                {t('chooseFile')}
              </Button>
            </FileTrigger>
          )}
        </div>
        {problem && (
          <Notice tone="bad" title={t('fileCannotBeRead')} isAlert>
            <p>{problem}</p>
          </Notice>
        )}
        <DocsLink page="users.md#the-csv-file">{t('columnsAndRules')}</DocsLink>
      </Card>
      {/* The key ends a question that is still open when the import ends. */}
      {state && !state.isDryRun && <LeaveImportDialog key={state.status} isRunning={isRunning} />}
      {state && (
        <ImportSteps
          state={state}
          onRun={(isDryRun) => void run(state.file, state.name, isDryRun)}
          onStop={() => (isStopped.current = true)}
        />
      )}
    </>
  );
}
