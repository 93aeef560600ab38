interface ResultCountProps {
  readonly count: number;
  /** The singular noun, such as "user". */
  readonly noun: string;
  readonly hasMore: boolean;
  /** If true, the count is not known yet. */
  readonly isStale: boolean;
}

/** Shows and announces the number of results. */
export function ResultCount({ count, noun, hasMore, isStale }: ResultCountProps) {
  const nouns = count === 1 ? noun : `${noun}s`;
  const text = hasMore ? `The first ${count} ${nouns}` : `${count} ${nouns}`;
  return (
    <p className="result-count" role="status">
      {!isStale && text}
    </p>
  );
}
