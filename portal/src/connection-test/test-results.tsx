import type { StepResult } from '../../../shared/simulator/simulate';
import { Icon, type IconName } from '../components/display/icon';
import { Notice } from '../components/display/notice';
import { toSentenceCase } from '../format/labels';
import { visible } from '../format/visible';

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
      <Notice tone="bad" title={failed === 1 ? 'A step failed' : `${failed} steps failed`}>
        <p>Follow the advice at each failed step, and test again.</p>
      </Notice>
    );
  if (isStopped)
    return (
      <Notice tone="info" title="The test was stopped">
        <p>Its users and its group are deleted.</p>
      </Notice>
    );
  return (
    <Notice tone="good" title="All steps passed">
      <p>The service accepts what this identity provider sends. The test users and the group are deleted.</p>
    </Notice>
  );
}

const STATUSES: Readonly<
  Record<StepResult['status'], { readonly text: string; readonly icon: IconName; readonly check: string }>
> = {
  passed: { text: 'Passed', icon: 'success', check: 'passed' },
  failed: { text: 'Failed', icon: 'error', check: 'failed' },
  skipped: { text: 'Skipped', icon: 'dash', check: 'not-checked' },
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
        <p className="subtle">{toSentenceCase(phase)}</p>
        {problem && <p>{visible(problem)}</p>}
        {remedy && <p>{visible(remedy)}</p>}
      </div>
    </li>
  );
}
