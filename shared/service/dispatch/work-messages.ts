import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import { groupBy } from '../../group-by';
import type { Work } from './dispatch-batch';

/** The outcome of the work of a message. */
type WorkOutcome = 'finished' | 'unfinished' | 'postponed';

export interface WorkMessagesOptions<W extends Work> {
  /** Reads the work of a message. Throws if the body is not work, which the dispatcher never sends. */
  readonly parse: (body: string) => W;
  /**
   * Returns the work of two messages of a group as one, or undefined if it must stay two.
   * @default nothing is joined
   */
  readonly join?: (one: W, next: W) => W | undefined;
  /**
   * Does the work until it is finished, or until the time is up. `postponed`: something else is in the way,
   * so the message is tried again as if it had failed. `isRepeated`: the message was received before, so an
   * earlier attempt has failed.
   */
  readonly run: (work: W, isTimeUp: () => boolean, isRepeated: boolean) => Promise<WorkOutcome>;
  /** Milliseconds until Lambda ends this invocation. */
  readonly remainingMs: () => number;
  /** The time is up if fewer milliseconds remain. After that, no further message of a group is begun. */
  readonly reserveMs: number;
  /**
   * Sends the rest of the work behind the other work of its domain. The id is the same if this is repeated.
   */
  readonly continueLater: (work: W, continuationId: string) => Promise<void>;
  /** Lets a failed message reappear after a time instead of the visibility timeout of its queue. */
  readonly retryAfter: (message: SQSRecord, seconds: number) => Promise<void>;
  /** The time until a message is tried again after its first failure. */
  readonly firstRetrySeconds: number;
  /**
   * The longest time until a failed message is tried again: the visibility timeout of the queue, in seconds.
   */
  readonly longestRetrySeconds: number;
  /**
   * The number of times that SQS delivers a message. If a message fails at the last one, those behind it are
   * done anyway.
   * @default the messages behind one that has failed are never done
   */
  readonly maxDeliveries?: number;
  /** Called for each message that failed, with its work if it could be read. */
  readonly onError: (work: W | undefined, error: unknown) => void;
}

/** A message that was received more often is not joined with others. */
const MAX_JOINED_RECEIVES = 6;

/**
 * Does the work of each message until the time is up. The messages of a group are done in their order, and
 * several groups at the same time. The rest of a work becomes another message, so that the work of a domain
 * takes turns. A message that failed reappears after `firstRetrySeconds`, and after twice the time with each
 * failure, with those behind it in its group.
 */
export async function processWork<W extends Work>(
  messages: readonly SQSRecord[],
  options: WorkMessagesOptions<W>,
): Promise<SQSBatchResponse> {
  const groups = groupBy(messages, groupOf);
  const failed = await Promise.all([...groups.values()].map((group) => processGroup(group, options)));
  return { batchItemFailures: failed.flat().map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

/** Does the work of the messages of one group. Returns those that are not done. */
async function processGroup<W extends Work>(
  group: readonly SQSRecord[],
  options: WorkMessagesOptions<W>,
): Promise<readonly SQSRecord[]> {
  const {
    remainingMs,
    reserveMs,
    maxDeliveries = Infinity,
    firstRetrySeconds,
    longestRetrySeconds,
  } = options;
  const isTimeUp = (): boolean => remainingMs() < reserveMs;
  const failed: SQSRecord[] = [];
  let rest = group;
  for (let [first] = rest; first && (rest === group || !isTimeUp()); [first] = rest) {
    const done = await processFirst(first, rest.slice(1), { ...options, isTimeUp });
    if (done === 0) failed.push(first);
    rest = rest.slice(Math.max(done, 1));
    // SQS gives up the message after its last delivery. Those behind it may have been delivered as often, so
    // this is also the last time for them.
    if (done === 0 && receivesOf(first) < maxDeliveries) {
      failed.push(...rest);
      rest = [];
    }
  }
  const secondsAfter = (message: SQSRecord): number =>
    Math.min(firstRetrySeconds * 2 ** (receivesOf(message) - 1), longestRetrySeconds);
  await Promise.all([
    ...failed.map((message) => tryAfter(message, secondsAfter(message), options)),
    // There was no time for these.
    ...rest.map((message) => tryAfter(message, 0, options)),
  ]);
  return [...failed, ...rest];
}

interface GroupOptions<W extends Work> extends WorkMessagesOptions<W> {
  readonly isTimeUp: () => boolean;
}

/**
 * Does the work of a message, and of those behind it that can join it. Returns the number of messages that
 * are done.
 */
async function processFirst<W extends Work>(
  first: SQSRecord,
  others: readonly SQSRecord[],
  options: GroupOptions<W>,
): Promise<number> {
  const { run, isTimeUp, continueLater, onError } = options;
  let work: W | undefined;
  try {
    const part = joinedWork(first, others, options);
    ({ work } = part);
    const outcome = await run(work, isTimeUp, receivesOf(first) > 1);
    if (outcome === 'unfinished') await continueLater(work, `rest-of-${first.messageId}`);
    return outcome === 'postponed' ? 0 : part.count;
  } catch (error) {
    onError(work, error);
    return 0;
  }
}

/**
 * Returns the work of a message and of those behind it that can join it, with the number of these messages. A
 * message that has failed several times is done alone, so that one that always fails holds up none before it.
 */
function joinedWork<W extends Work>(
  first: SQSRecord,
  others: readonly SQSRecord[],
  { parse, join }: Pick<WorkMessagesOptions<W>, 'parse' | 'join'>,
): { readonly work: W; readonly count: number } {
  let work = parse(first.body);
  let count = 1;
  if (!join || receivesOf(first) > MAX_JOINED_RECEIVES) return { work, count };
  for (const message of others) {
    const next = receivesOf(message) > MAX_JOINED_RECEIVES ? undefined : parsed(message, parse);
    const joined = next && join(work, next);
    if (!joined) break;
    work = joined;
    count += 1;
  }
  return { work, count };
}

/** Returns the work of a message, or undefined if the body is not work. */
function parsed<W extends Work>({ body }: SQSRecord, parse: (body: string) => W): W | undefined {
  try {
    return parse(body);
  } catch {
    return undefined;
  }
}

/** Lets a message reappear after a time. Without this, it reappears after the visibility timeout. */
async function tryAfter<W extends Work>(
  message: SQSRecord,
  seconds: number,
  { retryAfter }: Pick<WorkMessagesOptions<W>, 'retryAfter'>,
): Promise<void> {
  await retryAfter(message, seconds).catch(() => undefined);
}

/** A message without a group is a group of its own. */
const groupOf = ({ attributes, messageId }: SQSRecord): string => attributes.MessageGroupId ?? messageId;

const receivesOf = ({ attributes }: SQSRecord): number => Number(attributes.ApproximateReceiveCount);
