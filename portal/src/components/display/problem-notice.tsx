import { ApiProblem, isRetryable } from '../../api/client/problem';
import { problemTitle } from '../../format/titles/problem-title';
import { Button } from '../controls/button';
import { Notice } from './notice';
import { ServiceText } from './service-text';
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
      title={problemTitle(problem)}
      isAlert
      action={onRetry && isRetryable(problem) && <Button onPress={onRetry}>{t('tryAgain')}</Button>}
    >
      <p>{problem.isOwnText ? problem.detail : <ServiceText>{problem.detail}</ServiceText>}</p>
      {problem.status === 403 && <p>{t('askOwnerDomainOperatorService')}</p>}
      {problem.status === 404 && <p>{t('deletedNotAccessGoBack')}</p>}
      {problem.requestId && (
        <p className="notice-reference">{t('referenceRequestId', { requestId: problem.requestId })}</p>
      )}
    </Notice>
  );
}

function unexpectedProblem(): ApiProblem {
  return ApiProblem.own(0, t('somethingWentWrongPage'), t('reloadPageTryAgain'));
}
