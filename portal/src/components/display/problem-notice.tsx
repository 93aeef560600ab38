import { ApiProblem, isRetryable } from '../../api/problem';
import { Button } from '../controls/button';
import { Notice } from './notice';

interface ProblemNoticeProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** What went wrong, and what to do next. */
export function ProblemNotice({ error, onRetry }: ProblemNoticeProps) {
  const problem = error instanceof ApiProblem ? error : unexpectedProblem();
  return (
    <Notice
      tone="bad"
      title={problem.title}
      isAlert
      action={onRetry && isRetryable(problem) && <Button onPress={onRetry}>Try again</Button>}
    >
      <p>{problem.detail}</p>
      {problem.status === 403 && (
        <p>Ask an owner of this domain, or the operator of the service, to do it.</p>
      )}
      {problem.status === 404 && (
        <p>It may have been deleted, or is not for you to see. Go back and choose another.</p>
      )}
      {problem.requestId && <p className="notice-reference">Reference: {problem.requestId}</p>}
    </Notice>
  );
}

function unexpectedProblem(): ApiProblem {
  return new ApiProblem(0, 'Something went wrong in this page', 'Load the page again, then do it once more.');
}
