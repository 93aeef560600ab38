import type { StepResult } from '../../../shared/simulator/simulate';
import { Icon, type IconName } from '../components/display/icon';
import { Notice } from '../components/display/notice';
import { visible } from '../format/visible';
import { t } from './messages';

interface TestResultsProps {
  readonly results: readonly StepResult[];
  /** Undefined while the test runs. */
  readonly outcome?: { readonly isStopped: boolean };
}

/** Shows the outcome of a connection test, and a line for each step. */
export function TestResults({ results, outcome }: TestResultsProps) {
  return (
    <div className="checks-result">
      <div role="status">{outcome && <Outcome results={results} isStopped={outcome.isStopped} />}</div>
      <ol className="checks">
        {results.map((result) => (
          <Step key={`${result.phase} ${result.title}`} result={result} />
        ))}
      </ol>
    </div>
  );
}

function Outcome({
  results,
  isStopped,
}: {
  readonly results: readonly StepResult[];
  readonly isStopped: boolean;
}) {
  const failed = results.filter(({ status }) => status === 'failed').length;
  if (failed > 0)
    return (
      <Notice tone="bad" title={t('stepsFailed', { count: failed })}>
        <p>{t('followAdviceEachFailedStep')}</p>
      </Notice>
    );
  if (isStopped)
    return (
      <Notice tone="info" title={t('theTestWasStopped')}>
        <p>{t('usersGroupDeleted')}</p>
      </Notice>
    );
  return (
    <Notice tone="good" title={t('allStepsPassed')}>
      <p>{t('serviceAcceptsWhatIdentityProvider')}</p>
    </Notice>
  );
}

const STATUSES: Readonly<
  Record<StepResult['status'], { readonly text: string; readonly icon: IconName; readonly check: string }>
> = {
  passed: { text: t('passed'), icon: 'success', check: 'passed' },
  failed: { text: t('failed'), icon: 'error', check: 'failed' },
  skipped: { text: t('skipped'), icon: 'dash', check: 'not-checked' },
};

const PHASES: Readonly<Record<StepResult['phase'], string>> = {
  'test connection': t('phaseTestConnection'),
  match: t('phaseMatch'),
  create: t('phaseCreate'),
  update: t('phaseUpdate'),
  'group push': t('phaseGroupPush'),
  deactivate: t('phaseDeactivate'),
  cleanup: t('phaseCleanup'),
};

function Step({ result: { phase, title, status, problem, remedy } }: { readonly result: StepResult }) {
  const { text, icon, check } = STATUSES[status];
  return (
    <li className={`check check-${check}`}>
      <Icon name={icon} />
      <div className="check-text">
        <p>
          <span className="check-name">{title}</span> <span className="check-result">{text}</span>
        </p>
        <p className="subtle">{PHASES[phase]}</p>
        {problem && <p>{visible(problem)}</p>}
        {remedy && <p>{visible(remedy)}</p>}
      </div>
    </li>
  );
}
