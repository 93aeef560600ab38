import { randomUUID } from 'node:crypto';
import {
  TransactionCanceledException,
  TransactionInProgressException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { ScimError } from '../../../scim/error';
import { retry } from '../../../retry/retry';
import { isTransientError } from '../../../retry/transient-error';
import type { TableClient } from './client';
import { assertReadable, VERSION_ATTRIBUTE } from '../item-version';
import { transactItem, type Write } from '../write';

/** Thrown if another request changed or deleted a resource after this request read it. */
export class VersionConflict extends Error {
  override readonly name = 'VersionConflict';
}

/** The time for retries of conflicts if the table has no deadline. */
const CONFLICT_WINDOW_MS = 10_000;

/** The number of retries in a row without a pause, if each conflict is avoided by a write of another item. */
const MAX_IMMEDIATE_RETRIES = 3;

/**
 * Sends a transaction. Returns the indexes of the writes whose conditions failed; if there are none, all
 * writes were made. Retries conflicts with other transactions until `deadline` (milliseconds since the
 * epoch), then throws a 503. Retries other transient errors for about three seconds.
 *
 * A retry keeps the `ClientRequestToken`, so that DynamoDB does not run the transaction twice. Only a
 * cancellation tells that this attempt was not carried out, and the retry after it needs a new token.
 * Throttling tells nothing about the attempt before it. A write that met a conflict is replaced by its
 * `otherwise`.
 *
 * An attempt whose response was lost may reach DynamoDB after a later one was canceled. The items that mark
 * the change then exist, and the transaction has succeeded.
 */
export async function sendTransaction(
  { name, client }: TableClient,
  writes: readonly Write[],
  deadline = Date.now() + CONFLICT_WINDOW_MS,
): Promise<number[]> {
  const current = [...writes];
  let ClientRequestToken = randomUUID();
  let immediateRetries = 0;
  const send = async (): Promise<number[]> => {
    const TransactItems = current.map((write) => transactItem(name, write));
    try {
      await client.send(new TransactWriteItemsCommand({ TransactItems, ClientRequestToken }));
      return [];
    } catch (error) {
      if (error instanceof TransactionCanceledException) ClientRequestToken = randomUUID();
      const failed = positionsOf('ConditionalCheckFailed', error);
      if (failed.length > 0) {
        const marks = [...current.keys()].filter((at) => current[at]?.marksChange);
        if (marks.length > 0 && marks.every((at) => failed.includes(at))) return [];
        const inUse = positionsOf('TransactionConflict', error);
        if (marks.some((at) => inUse.includes(at))) throw earlierAttemptInProgress();
        assertItemsReadable(error);
        return failed;
      }
      const mayRetry = immediateRetries < MAX_IMMEDIATE_RETRIES && Date.now() <= deadline;
      if (!avoidConflicts(current, error) || !mayRetry) {
        immediateRetries = 0;
        throw error;
      }
    }
    immediateRetries++;
    return send();
  };
  try {
    return await retry(send, { deadline, outlastsWindow: isConflict });
  } catch (error) {
    if (!isConflict(error)) throw error;
    throw ScimError.unavailable('Too many concurrent changes to the same data. Send the request again.', 1);
  }
}

/**
 * Only attempts of the same change use the items that mark it. The conditions that failed may be those of its
 * result.
 */
const earlierAttemptInProgress = () =>
  new TransactionInProgressException({ message: 'An earlier attempt is in progress.', $metadata: {} });

/** Returns whether DynamoDB ran or runs another transaction on the same data at the same time. */
const isConflict = (error: unknown): boolean =>
  error instanceof TransactionInProgressException ||
  (error instanceof TransactionCanceledException && isTransientError(error));

/**
 * Replaces the writes that met a conflict by writes of other items. Returns false if not all of them can be
 * replaced. Throws the `conflictError` of the first of these writes that has one.
 */
function avoidConflicts(writes: Write[], error: unknown): boolean {
  const conflicts = positionsOf('TransactionConflict', error);
  for (const at of conflicts) {
    const conflictError = writes[at]?.conflictError?.();
    if (conflictError) throw conflictError;
  }
  const others = conflicts.map((at) => writes[at]?.otherwise?.());
  for (const [index, other] of others.entries()) if (other) writes[conflicts[index] ?? 0] = other;
  return conflicts.length > 0 && others.every((other) => other !== undefined);
}

/** Throws a 503 if a write was refused because its item has a newer version than this code. */
function assertItemsReadable(error: unknown): void {
  if (!(error instanceof TransactionCanceledException)) return;
  for (const { Item } of error.CancellationReasons ?? []) assertReadable(Item?.[VERSION_ATTRIBUTE]?.N);
}

/**
 * Returns the indexes of the writes that canceled the transaction for this reason; none after any other
 * error.
 */
function positionsOf(code: 'ConditionalCheckFailed' | 'TransactionConflict', error: unknown): number[] {
  if (!(error instanceof TransactionCanceledException)) return [];
  const reasons = error.CancellationReasons ?? [];
  return [...reasons.keys()].filter((at) => reasons[at]?.Code === code);
}

/** Returns the error for the caller if the condition of `write` failed. */
export const conditionErrorOf = (write: Write | undefined): Error =>
  write?.conditionError?.() ?? new Error('A condition failed that cannot fail.');
