import type { UserImportResult } from '../api/schema';
import { countLicenses, countOutcomes, type ImportProgress, rowCount } from '../api/user-file/import-rows';
import type { UserFile } from '../api/user-file/users-csv';
import { Button } from '../components/controls/button';
import { Card } from '../components/display/card';
import { Notice } from '../components/display/notice';
import { ProblemNotice } from '../components/display/problem-notice';
import { ImportProgressBar } from './import-progress-bar';
import { ImportResults } from './import-results';
import { t } from './messages';

/** The steps of an import: a dry run shows what the file will do, and then the file is imported. */
export interface ImportState {
  readonly isDryRun: boolean;
  readonly status: 'running' | 'stopped' | 'failed' | 'done';
  readonly name: string;
  readonly file: UserFile;
  readonly progress?: ImportProgress;
  /** The results of all rows, or those until it was stopped or has failed. */
  readonly results: readonly UserImportResult[];
  readonly error?: unknown;
}

interface ImportStepsProps {
  readonly state: ImportState;
  /** Begins a step, or begins it again. */
  readonly onRun: (isDryRun: boolean) => void;
  readonly onStop: () => void;
}

/** Shows the current step of an import. */
export function ImportSteps({ state, onRun, onStop }: ImportStepsProps) {
  const { isDryRun, status, name, file, progress, results } = state;
  if (status === 'running')
    return (
      <Card title={name}>
        <ImportProgressBar label={isDryRun ? t('checkingRows') : t('importingRows')} progress={progress} />
        <Button onPress={onStop}>{t('stop')}</Button>
      </Card>
    );
  if (status !== 'done') return <IncompleteStep state={state} onAgain={() => onRun(isDryRun)} />;
  const { create, change, error: refused } = countOutcomes(results);
  const starts = countLicenses(results, 'starts');
  const waits = countLicenses(results, 'waits');
  const ends = countLicenses(results, 'ends');
  return (
    <Card
      title={isDryRun ? t('whatWillHappen') : t('imported')}
      description={outcomeNumbers(results)}
      action={
        isDryRun &&
        create + change > 0 && (
          <Button variant="primary" onPress={() => onRun(false)}>
            {t('importNow')}
          </Button>
        )
      }
    >
      {starts > 0 && isDryRun && <Notice tone="info" title={t('licensesStart', { count: starts })} />}
      {waits > 0 && <Notice tone="info" title={t('licensesWait', { count: waits })} />}
      {ends > 0 && isDryRun && (
        <Notice tone="warning" title={t('licensesEnd', { count: ends })}>
          <p>{t('licensesEndImmediately')}</p>
        </Notice>
      )}
      {refused > 0 && (
        <Notice tone="warning" title={t('rowsRefused', { count: refused })}>
          <p>{t('correctAndImportAgain')}</p>
        </Notice>
      )}
      <ImportResults results={results} file={file} isDone={!isDryRun} />
    </Card>
  );
}

interface IncompleteStepProps {
  readonly state: ImportState;
  readonly onAgain: () => void;
}

/** A step that was stopped or has failed. A dry run of some rows does not show what the file will do. */
function IncompleteStep({ state, onAgain }: IncompleteStepProps) {
  const { isDryRun, status, file, results, error } = state;
  const numbers = { done: results.length, count: rowCount(file) };
  return (
    <Card
      title={status === 'stopped' ? t('stoppedAfter', numbers) : t('failedAfter', numbers)}
      description={!isDryRun && outcomeNumbers(results)}
      action={<Button onPress={onAgain}>{isDryRun ? t('checkAgain') : t('importAgain')}</Button>}
    >
      {status === 'failed' && <ProblemNotice error={error} />}
      <p>{isDryRun ? t('checkAgainToContinue') : t('importAgainToContinue')}</p>
      {!isDryRun && results.some(({ outcome }) => outcome !== 'unchanged') && (
        <ImportResults results={results} file={file} isDone />
      )}
    </Card>
  );
}

function outcomeNumbers(results: readonly UserImportResult[]): string {
  const { create, change, unchanged, error: refused } = countOutcomes(results);
  return t('outcomeNumbers', { create, change, unchanged, refused });
}
