import type { MappingEvaluation } from '../api/schema';
import { Time } from '../components/display/time';
import { Message, t } from './messages';

/** Shows how far all users are evaluated after a change of the mappings. */
export function EvaluationProgress({ evaluation }: { readonly evaluation: MappingEvaluation }) {
  const { done, total, finishedAt } = evaluation;
  if (finishedAt !== undefined) {
    return (
      <p className="subtle" role="status">
        <Message id="allUsersWereEvaluated" components={{ time: <Time at={finishedAt} /> }} />
      </p>
    );
  }
  return (
    <div className="evaluation">
      <p id="evaluation-text">{t('usersEvaluated', { done, total: Math.max(done, total) })}</p>
      <progress aria-labelledby="evaluation-text" value={done} max={Math.max(done, total, 1)} />
    </div>
  );
}
