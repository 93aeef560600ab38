import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import type { Work } from './dispatch-batch';

/** The outcome of the work of a message. */
type WorkOutcome = 'finished' | 'unfinished' | 'postponed';

export interface WorkMessagesOptions<W extends Work> {
  /** Reads the work of a message. Throws if the body is none, which the dispatcher never sends. */
  readonly parse: (body: string) => W;
  /**
   * Does the work until it is finished, or until the time is up. `postponed`: something else is in the way, so the message
   * is tried again as if it had failed. `isRepeated`: the message was received before, so an earlier attempt has failed.
   */
  readonly run: (work: W, isTimeUp: () => boolean, isRepeated: boolean) => Promise<WorkOutcome>;
  /** Milliseconds until Lambda ends this invocation. */
  readonly remainingMs: () => number;
  /** The time is up if fewer milliseconds remain. */
  readonly reserveMs: number;
  /** Sends the rest of the work behind the other work of its domain. The id is the same if this is repeated. */
  readonly continueLater: (work: W, continuationId: string) => Promise<void>;
  /** Lets a failed message reappear after a time instead of the visibility timeout of its queue. */
  readonly retryAfter: (message: SQSRecord, seconds: number) => Promise<void>;
  /** The time until a message is tried again after its first failure. */
  readonly firstRetrySeconds: number;
  /** The longest time until a failed message is tried again: the visibility timeout of the queue, in seconds. */
  readonly longestRetrySeconds: number;
  /** Called for each message that failed, with its work if it could be read. */
  readonly onError: (work: W | undefined, error: unknown) => void;
}

/**
 * Does the work of each message until the time is up. The rest becomes another message, so that the work of a domain
 * takes turns. A message that failed reappears after `firstRetrySeconds`, and after twice the time with each failure.
 */
export async function processWork<W extends Work>(
  messages: readonly SQSRecord[],
  options: WorkMessagesOptions<W>,
): Promise<SQSBatchResponse> {
  const { parse, run, remainingMs, reserveMs, continueLater, onError } = options;
  const failed: SQSRecord[] = [];
  for (const message of messages) {
    let work: W | undefined;
    try {
      work = parse(message.body);
      const outcome = await run(work, () => remainingMs() < reserveMs, receivesOf(message) > 1);
      if (outcome === 'unfinished') await continueLater(work, `rest-of-${message.messageId}`);
      if (outcome !== 'postponed') continue;
      failed.push(message);
      await tryLater(message, options);
    } catch (error) {
      onError(work, error);
      failed.push(message);
      await tryLater(message, options);
    }
  }
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

async function tryLater<W extends Work>(
  message: SQSRecord,
  { retryAfter, firstRetrySeconds, longestRetrySeconds }: WorkMessagesOptions<W>,
): Promise<void> {
  const seconds = Math.min(longestRetrySeconds, firstRetrySeconds * 2 ** (receivesOf(message) - 1));
  // Without this, it reappears after the visibility timeout.
  await retryAfter(message, seconds).catch(() => undefined);
}

const receivesOf = ({ attributes }: SQSRecord): number => Number(attributes.ApproximateReceiveCount);
