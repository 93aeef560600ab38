import { randomUUID } from 'node:crypto';
import { TransactionCanceledException, TransactionInProgressException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { ScimError } from '../../scim/error';
import { backoff } from './backoff';
import type { Table } from './table';

/** The resource is no longer as it was when it was read: somebody else changed or deleted it. */
export class VersionConflict extends Error {
  override readonly name = 'VersionConflict';
}

type Action = NonNullable<TransactWriteCommandInput['TransactItems']>[number];
type WithoutTable<A> = A extends { TableName: unknown } ? Omit<A, 'TableName'> : never;

/** One write of a transaction, and the error that the client gets where its condition fails. */
export type Write = {
  readonly [Kind in keyof Action]?: WithoutTable<NonNullable<Action[Kind]>>;
} & {
  readonly conditionError?: () => Error;
};

/** How long a transaction is tried where the table has no deadline. */
const RETRY_WINDOW_MS = 10_000;

/** Reasons that say nothing of the request itself: another transaction or a busy partition stood in the way. */
const TRANSIENT_REASONS = new Set([
  'TransactionConflict',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
]);

/**
 * Writes all of `writes` or none. A failed condition throws the `refusal` of the first write that failed; a transaction
 * that lost to another one is tried again with jitter until the table's deadline, and is a 503 in the end.
 */
export async function transact(table: Table, writes: readonly Write[]): Promise<void> {
  const [failed] = await tryTransact(table, writes);
  if (failed !== undefined) throw conditionErrorOf(writes[failed]);
}

/** Like `transact`, but tells which writes' conditions failed, by index; none means that all is written. */
export async function tryTransact(table: Table, writes: readonly Write[]): Promise<number[]> {
  const TransactItems = writes.map(({ conditionError: _refusal, ...action }) => {
    const [kind, input] = Object.entries(action)[0] ?? [];
    return { [kind as string]: { TableName: table.name, ...(input as object) } };
  });
  const deadline = table.deadline ?? Date.now() + RETRY_WINDOW_MS;
  let ClientRequestToken = randomUUID();
  for (let attempt = 1; ; attempt++) {
    try {
      await table.client.send(new TransactWriteCommand({ TransactItems, ClientRequestToken }));
      return [];
    } catch (error) {
      // An earlier send, whose answer did not come in time, is under way still: with its token it is not executed twice.
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

/** The writes whose conditions failed, by index; none where something passing stood in the way. Throws any other error. */
function failedConditions(error: unknown): number[] {
  if (!(error instanceof TransactionCanceledException)) throw error;
  const codes = (error.CancellationReasons ?? []).map((reason) => reason.Code);
  const failed = [...codes.keys()].filter((at) => codes[at] === 'ConditionalCheckFailed');
  if (failed.length === 0 && !codes.some((code) => code !== undefined && TRANSIENT_REASONS.has(code)))
    throw error;
  return failed;
}

export const conditionErrorOf = (write: Write | undefined): Error =>
  write?.conditionError?.() ?? new Error('A condition failed that cannot fail.');
