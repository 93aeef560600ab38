import { t } from './messages';

interface ResultCountProps {
  /** The number with its noun, such as "3 users". */
  readonly results: string;
  readonly hasMore: boolean;
  /** If true, the count is not known yet. */
  readonly isStale: boolean;
}

/** Shows and announces the number of results. */
export function ResultCount({ results, hasMore, isStale }: ResultCountProps) {
  return (
    <p className="result-count" role="status">
      {!isStale && (hasMore ? t('theFirst', { results }) : results)}
    </p>
  );
}
