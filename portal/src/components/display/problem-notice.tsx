import { ApiProblem, isRetryable } from '../../api/problem';
import { Button } from '../controls/button';
import { Notice } from './notice';
import { t } from './messages';

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
      action={onRetry && isRetryable(problem) && <Button onPress={onRetry}>{t('tryAgain')}</Button>}
    >
      <p>{problem.detail}</p>
      {problem.status === 403 && <p>{t('askOwnerDomainOperatorService')}</p>}
      {problem.status === 404 && <p>{t('deletedNotAccessGoBack')}</p>}
      {problem.requestId && (
        <p className="notice-reference">{t('referenceRequestId', { requestId: problem.requestId })}</p>
      )}
    </Notice>
  );
}

function unexpectedProblem(): ApiProblem {
  return new ApiProblem(0, t('somethingWentWrongPage'), t('reloadPageTryAgain'));
}
