import type { StepResult } from '../../../shared/simulator/simulate';
import { Icon, type IconName } from '../components/display/icon';
import { Notice } from '../components/display/notice';
import { toSentenceCase } from '../format/labels';
import { ServiceText } from '../components/display/service-text';
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

function Step({ result: { phase, title, status, problem, remedy } }: { readonly result: StepResult }) {
  const { text, icon, check } = STATUSES[status];
  return (
    <li className={`check check-${check}`}>
      <Icon name={icon} />
      <div className="check-text">
        <p>
          <span className="check-name">
            <ServiceText>{title}</ServiceText>
          </span>{' '}
          <span className="check-result">{text}</span>
        </p>
        <p className="subtle">
          <ServiceText>{toSentenceCase(phase)}</ServiceText>
        </p>
        {problem && (
          <p>
            <ServiceText>{problem}</ServiceText>
          </p>
        )}
        {remedy && (
          <p>
            <ServiceText>{remedy}</ServiceText>
          </p>
        )}
      </div>
    </li>
  );
}
