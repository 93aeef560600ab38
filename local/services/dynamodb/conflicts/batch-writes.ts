type BatchWrites = Readonly<Record<string, readonly unknown[]>>;

/** A batch of writes, split into those that may run and those that DynamoDB leaves unprocessed. */
export interface SplitBatch {
  readonly allowed: Record<string, unknown[]>;
  readonly unprocessed: Record<string, unknown[]>;
}

/** Splits a `BatchWriteItem`. `conflicts` are positions in the list of all its writes. */
export function splitBatch(requestItems: BatchWrites, conflicts: readonly number[]): SplitBatch {
  const split: SplitBatch = { allowed: {}, unprocessed: {} };
  let position = 0;
  for (const [table, writes] of Object.entries(requestItems)) {
    for (const write of writes) {
      const part = conflicts.includes(position) ? split.unprocessed : split.allowed;
      (part[table] ??= []).push(write);
      position += 1;
    }
  }
  return split;
}
