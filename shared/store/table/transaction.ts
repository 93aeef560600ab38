import { randomUUID } from 'node:crypto';
import { TransactionCanceledException, TransactionInProgressException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { ScimError } from '../../scim/error';
import { retry } from '../../retry/retry';
import { isTransientError, isUncertain } from '../../retry/transient-error';
import type { TableClient } from './client';
import { transactItem, type Write } from './write';

/** Thrown if another request changed or deleted a resource after this request read it. */
export class VersionConflict extends Error {
  override readonly name = 'VersionConflict';
}

/** The time for retries of conflicts if the table has no deadline. */
const CONFLICT_WINDOW_MS = 10_000;

/**
 * Sends a transaction. Returns the indexes of the writes whose conditions failed; if there are none, all
 * writes were made. Retries conflicts with other transactions until `deadline` (milliseconds since the epoch),
 * then throws a 503. retries other transient errors for about three seconds.
 *
 * A retry after an unknown outcome keeps the `ClientRequestToken`, so that DynamoDB does not run the
 * transaction twice. A retry after a cancellation needs a new token, and takes the next alternative of each write.
 */
export async function sendTransaction(
  { name, client }: TableClient,
  writes: readonly Write[],
  deadline = Date.now() + CONFLICT_WINDOW_MS,
): Promise<number[]> {
  const request = (attempt: number) => ({
    TransactItems: writes.map((write) => transactItem(name, write, attempt)),
    ClientRequestToken: randomUUID(),
  });
  let cancellations = 0;
  let next = request(cancellations);
  const send = async () => {
    try {
      await client.send(new TransactWriteCommand(next));
      return [];
    } catch (error) {
      if (!isUncertain(error)) next = request(++cancellations);
      const failed = failedConditions(error);
      if (failed.length === 0) throw error;
      return failed;
    }
  };
  try {
    return await retry(send, { deadline, outlastsWindow: isConflict });
  } catch (error) {
    if (!isConflict(error)) throw error;
    throw ScimError.unavailable('Too many concurrent changes to the same data. Send the request again.', 1);
  }
}

/** Returns whether DynamoDB ran or runs another transaction on the same data at the same time. */
const isConflict = (error: unknown): boolean =>
  error instanceof TransactionInProgressException ||
  (error instanceof TransactionCanceledException && isTransientError(error));

/** Returns the indexes of the writes whose conditions failed; none after any other error. */
function failedConditions(error: unknown): number[] {
  if (!(error instanceof TransactionCanceledException)) return [];
  const reasons = error.CancellationReasons ?? [];
  return [...reasons.keys()].filter((at) => reasons[at]?.Code === 'ConditionalCheckFailed');
}

/** Returns the error for the caller if the condition of `write` failed. */
export const conditionErrorOf = (write: Write | undefined): Error =>
  write?.conditionError?.() ?? new Error('A condition failed that cannot fail.');
