interface ResultCountProps {
  readonly count: number;
  /** Of one, e.g. "user". */
  readonly noun: string;
  readonly hasMore: boolean;
  /** While it is not yet known. */
  readonly isStale: boolean;
}

/** How many a search found, for eyes and ears. */
export function ResultCount({ count, noun, hasMore, isStale }: ResultCountProps) {
  const nouns = count === 1 ? noun : `${noun}s`;
  const text = hasMore ? `The first ${count} ${nouns}` : `${count} ${nouns}`;
  return (
    <p className="result-count" role="status">
      {!isStale && text}
    </p>
  );
}
