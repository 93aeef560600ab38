/** Capacity units of the table and its indexes. */
export interface Capacity {
  readonly read: number;
  readonly write: number;
}

/** The capacity units of an invocation. */
export interface InvocationCapacity extends Capacity {
  /** The requests that DynamoDB throttled, if there were any. */
  readonly throttled?: number;
}

let consumed: Capacity = { read: 0, write: 0 };
let throttled = 0;

/** Adds the units of one request to DynamoDB. */
export function addCapacity({ read, write }: Capacity): void {
  consumed = { read: consumed.read + read, write: consumed.write + write };
}

/** Counts one request that DynamoDB throttled. */
export function addThrottledRequest(): void {
  throttled += 1;
}

/** Returns the units that the invocation has consumed so far. */
export const consumedCapacity = (): Capacity => consumed;

/**
 * Returns the units that were consumed since the last call. An instance of a function processes one
 * invocation at a time, so these are the units of the invocation. DynamoDB does not report those of canceled
 * transactions.
 */
export function takeCapacity(): InvocationCapacity {
  const { read, write } = consumed;
  const refused = throttled;
  consumed = { read: 0, write: 0 };
  throttled = 0;
  return { read: round(read), write: round(write), ...(refused > 0 && { throttled: refused }) };
}

/** Half units add up to numbers like 1.5000000000000002. */
const round = (units: number): number => Math.round(units * 10) / 10;
