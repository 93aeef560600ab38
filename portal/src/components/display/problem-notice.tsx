import { ApiProblem, isRetryable } from '../../api/problem';
import { Button } from '../controls/button';
import { Notice } from './notice';

interface ProblemNoticeProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** Shows an error and what to do about it. */
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
        <p>Ask an owner of this domain or the operator of the service to do this.</p>
      )}
      {problem.status === 404 && (
        <p>It may have been deleted, or you may not have access to it. Go back and choose another one.</p>
      )}
      {problem.requestId && <p className="notice-reference">Reference: {problem.requestId}</p>}
    </Notice>
  );
}

function unexpectedProblem(): ApiProblem {
  return new ApiProblem(0, 'Something went wrong on this page', 'Reload the page, then try again.');
}
