import { useRef, useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { Link } from 'react-router';
import { useImportRows, useRefreshUsers, useUserColumns } from '../api/managed-users';
import type { UserImportResult } from '../api/schema';
import { countLicenses, countOutcomes, type ImportProgress } from '../api/user-file/import-rows';
import { MAX_FILE_ROWS, readUsersCsv, type UserFile, UserFileError } from '../api/user-file/users-csv';
import { Button } from '../components/controls/button';
import { Card } from '../components/display/card';
import { Icon } from '../components/display/icon';
import { Notice } from '../components/display/notice';
import { ProblemNotice } from '../components/display/problem-notice';
import { PageHeader } from '../layout/page-header';
import { useAccess } from '../session/access';
import { ImportFileDownloads } from './import-file-downloads';
import { ImportProgressBar } from './import-progress-bar';
import { ImportResults } from './import-results';
import { t } from './messages';

/** The steps of an import: a chosen file, what it will do, and what it did. */
interface ImportState {
  readonly step: 'checking' | 'checked' | 'importing' | 'imported';
  readonly name: string;
  readonly file: UserFile;
  readonly progress?: ImportProgress;
  readonly results: readonly UserImportResult[];
  readonly error?: unknown;
}

/** Imports users from a CSV file. It shows what will happen first. */
export function ImportPage() {
  const { domain, mayChange } = useAccess();
  const columns = useUserColumns(domain.domainId);
  const send = useImportRows(domain.domainId);
  const refresh = useRefreshUsers(domain.domainId);
  const [state, setState] = useState<ImportState>();
  const [problem, setProblem] = useState<string>();
  const isStopped = useRef(false);
  const names = columns.data?.items.map(({ name }) => name);

  const run = async (file: UserFile, name: string, dryRun: boolean) => {
    isStopped.current = false;
    const step = dryRun ? 'checking' : 'importing';
    setState({ step, name, file, results: [] });
    try {
      const results = await send(file, dryRun, {
        isStopped: () => isStopped.current,
        onProgress: (progress) => setState({ step, name, file, progress, results: [] }),
      });
      setState({ step: dryRun ? 'checked' : 'imported', name, file, results });
    } catch (error) {
      setState({ step: dryRun ? 'checked' : 'imported', name, file, results: [], error });
    } finally {
      if (!dryRun) await refresh();
    }
  };
  const choose = async (list: FileList | null) => {
    const chosen = list?.[0];
    if (!chosen || !names) return;
    setProblem(undefined);
    setState(undefined);
    try {
      await run(readUsersCsv(await chosen.text(), names), chosen.name, true);
    } catch (error) {
      if (!(error instanceof UserFileError)) throw error;
      setProblem(error.message);
    }
  };
  const isRunning = state?.step === 'checking' || state?.step === 'importing';
  return (
    <>
      <Link className="back-link" to="..">
        <Icon name="arrowLeft" />
        {t('users')}
      </Link>
      <PageHeader title={t('importUsers')} description={t('importDescription')} />
      {!mayChange && <Notice tone="info" title={t('onlyOwnersImport')} />}
      {columns.error && <ProblemNotice error={columns.error} onRetry={() => void columns.refetch()} />}
      <Card title={t('file')} description={t('fileDescription', { count: MAX_FILE_ROWS })}>
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
            <p lang="en">{problem}</p>
          </Notice>
        )}
      </Card>
      {state && (
        <ImportSteps
          state={state}
          onImport={() => void run(state.file, state.name, false)}
          onStop={() => (isStopped.current = true)}
        />
      )}
    </>
  );
}

interface ImportStepsProps {
  readonly state: ImportState;
  readonly onImport: () => void;
  readonly onStop: () => void;
}

function ImportSteps({ state, onImport, onStop }: ImportStepsProps) {
  const { step, name, progress, results, error } = state;
  const { create, change, unchanged, error: refused } = countOutcomes(results);
  const starts = countLicenses(results, 'starts');
  const waits = countLicenses(results, 'waits');
  const isDone = step === 'imported';
  if (step === 'checking' || step === 'importing')
    return (
      <Card title={name}>
        <ImportProgressBar
          label={step === 'checking' ? t('checkingRows') : t('importingRows')}
          progress={progress}
        />
        <Button onPress={onStop}>{t('stop')}</Button>
      </Card>
    );
  if (error !== undefined)
    return (
      <Card title={name}>
        <ProblemNotice error={error} />
        <p>{t('importAgain')}</p>
      </Card>
    );
  return (
    <Card
      title={isDone ? t('imported') : t('whatWillHappen')}
      description={t('outcomeNumbers', { create, change, unchanged, refused })}
      action={
        !isDone &&
        create + change > 0 && (
          <Button variant="primary" onPress={onImport}>
            {t('importNow')}
          </Button>
        )
      }
    >
      {starts > 0 && !isDone && <Notice tone="info" title={t('licensesStart', { count: starts })} />}
      {waits > 0 && <Notice tone="info" title={t('licensesWait', { count: waits })} />}
      {refused > 0 && (
        <Notice tone="warning" title={t('rowsRefused', { count: refused })}>
          <p>{t('correctAndImportAgain')}</p>
        </Notice>
      )}
      <ImportResults results={results} isDone={isDone} />
    </Card>
  );
}
