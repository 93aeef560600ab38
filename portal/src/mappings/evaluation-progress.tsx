import type { MappingEvaluation } from '../api/schema';
import { formatNumber } from '../i18n/catalog';
import { Time } from '../components/display/time';

/** Shows how far all users are evaluated after a change of the mappings. */
export function EvaluationProgress({ evaluation }: { readonly evaluation: MappingEvaluation }) {
  const { done, total, finishedAt } = evaluation;
  if (finishedAt !== undefined) {
    return (
      <p className="subtle" role="status">
        All users were evaluated <Time at={finishedAt} />.
      </p>
    );
  }
  return (
    <div className="evaluation">
      <p id="evaluation-text">
        Users are being evaluated: {formatNumber(done)} of {formatNumber(Math.max(done, total))}
      </p>
      <progress aria-labelledby="evaluation-text" value={done} max={Math.max(done, total, 1)} />
    </div>
  );
}
