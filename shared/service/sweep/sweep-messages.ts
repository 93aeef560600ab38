import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import type { SweepOutcome } from '../../store/sweep/sweep-context';
import { parseSweepTask, type SweepTask } from './sweep-task';

/**
 * The time that a transaction in progress may need to complete, retries included, before Lambda ends the
 * invocation.
 */
export const TIME_RESERVE_MS = 60_000;

const FIRST_RETRY_SECONDS = 30;

export interface SweepMessagesOptions {
  readonly sweep: (task: SweepTask, isTimeUp: () => boolean) => Promise<SweepOutcome>;
  /** Milliseconds until Lambda ends this invocation. */
  readonly remainingMs: () => number;
  /** Sends the rest of a task behind the other tasks of its domain. The id is the same if this is repeated. */
  readonly continueLater: (task: SweepTask, continuationId: string) => Promise<void>;
  /** Lets a failed message reappear after a time instead of the visibility timeout of its queue. */
  readonly retryAfter: (message: SQSRecord, seconds: number) => Promise<void>;
  /** The longest time until a failed message is tried again: the visibility timeout of the queue, in seconds. */
  readonly longestRetrySeconds: number;
  /** Called with the outcome of each sweep. */
  readonly onOutcome: (task: SweepTask, outcome: SweepOutcome) => void;
  /** Called for each message that failed, with its task if it could be read. */
  readonly onError: (task: SweepTask | undefined, error: unknown) => void;
}

/**
 * Runs the task of each message until the time is up. The rest of a task becomes another message, so that the tasks of
 * a domain take turns. A message that failed reappears after 30 seconds, and after twice the time with each failure.
 */
export async function sweepMessages(
  messages: readonly SQSRecord[],
  options: SweepMessagesOptions,
): Promise<SQSBatchResponse> {
  const { sweep, remainingMs, continueLater, retryAfter, longestRetrySeconds, onOutcome, onError } = options;
  const failed: SQSRecord[] = [];
  for (const message of messages) {
    let task: SweepTask | undefined;
    try {
      task = parseSweepTask(message.body);
      const outcome = await sweep(task, () => remainingMs() < TIME_RESERVE_MS);
      if (outcome === 'unfinished') await continueLater(task, `rest-of-${message.messageId}`);
      onOutcome(task, outcome);
    } catch (error) {
      onError(task, error);
      failed.push(message);
      const tries = Number(message.attributes.ApproximateReceiveCount);
      const seconds = Math.min(longestRetrySeconds, FIRST_RETRY_SECONDS * 2 ** (tries - 1));
      // Without this, it reappears after the visibility timeout.
      await retryAfter(message, seconds).catch(() => undefined);
    }
  }
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}
