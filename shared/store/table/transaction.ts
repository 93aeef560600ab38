import { randomUUID } from 'node:crypto';
import { TransactionCanceledException, TransactionInProgressException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { ScimError } from '../../scim/error';
import { backoff } from './backoff';
import type { TableClient } from './client';
import { transactItem, type Write } from './write';

/** Thrown if another request changed or deleted a resource after this request read it. */
export class VersionConflict extends Error {
  override readonly name = 'VersionConflict';
}

/** The time for retries if the table has no deadline. */
const RETRY_WINDOW_MS = 10_000;

/** Cancellation reasons that come from load or from another transaction, not from the request. */
const TRANSIENT_REASONS = new Set([
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
]);

/**
 * Sends a transaction. Returns the indexes of the writes whose conditions failed; if there are none, all
 * writes were made. Retries conflicts with other transactions and throttling until `deadline` (milliseconds
 * since the epoch), then throws a 503.
 *
 * A retry after an unknown outcome keeps the `ClientRequestToken`, so that DynamoDB does not run the
 * transaction twice. A retry after a cancellation needs a new token.
 */
export async function sendTransaction(
  { name, client }: TableClient,
  writes: readonly Write[],
  deadline = Date.now() + RETRY_WINDOW_MS,
): Promise<number[]> {
  const TransactItems = writes.map((write) => transactItem(name, write));
  let ClientRequestToken = randomUUID();
  for (let attempt = 1; ; attempt++) {
    try {
      await client.send(new TransactWriteCommand({ TransactItems, ClientRequestToken }));
      return [];
    } catch (error) {
      // An earlier attempt, whose response was late, is still running: its token stays valid.
      if (!(error instanceof TransactionInProgressException)) {
        const failed = failedConditions(error);
        if (failed.length > 0) return failed;
        ClientRequestToken = randomUUID();
      }
      if (Date.now() > deadline) {
        throw ScimError.unavailable(
          'Too many concurrent changes to the same data. Send the request again.',
          1,
        );
      }
      await backoff(attempt);
    }
  }
}

/**
 * Returns the indexes of the writes whose conditions failed; none after a transient error. Throws any other
 * error.
 */
function failedConditions(error: unknown): number[] {
  if (!(error instanceof TransactionCanceledException)) throw error;
  const codes = (error.CancellationReasons ?? []).map((reason) => reason.Code);
  const failed = [...codes.keys()].filter((at) => codes[at] === 'ConditionalCheckFailed');
  if (failed.length === 0 && !codes.some((code) => code !== undefined && TRANSIENT_REASONS.has(code)))
    throw error;
  return failed;
}

/** Returns the error for the caller if the condition of `write` failed. */
export const conditionErrorOf = (write: Write | undefined): Error =>
  write?.conditionError?.() ?? new Error('A condition failed that cannot fail.');
