/** Capacity units of the table and its indexes. */
export interface Capacity {
  readonly read: number;
  readonly write: number;
}

let consumed: Capacity = { read: 0, write: 0 };

/** Adds the units of one request to DynamoDB. */
export function addCapacity({ read, write }: Capacity): void {
  consumed = { read: consumed.read + read, write: consumed.write + write };
}

/**
 * Returns the units that were consumed since the last call. An instance of a function processes one invocation at a time,
 * so these are the units of the invocation. DynamoDB does not report those of canceled transactions.
 */
export function takeCapacity(): Capacity {
  const { read, write } = consumed;
  consumed = { read: 0, write: 0 };
  return { read: round(read), write: round(write) };
}

/** Half units add up to numbers like 1.5000000000000002. */
const round = (units: number): number => Math.round(units * 10) / 10;
