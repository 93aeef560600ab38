import type { StoredMessage } from '../../../../local/services/sqs/message-log';
import { session } from '../../system/system';

type Messages = Readonly<
  Record<string, readonly (Pick<StoredMessage, 'messageId' | 'sentAt'> & { body: unknown })[]>
>;

async function readQueues(): Promise<Messages> {
  return (await (await fetch(`${session().controlUrl}/queues`)).json()) as Messages;
}

/** The queues of the system, without the messages that were there before. */
export class QueueWatch {
  private constructor(private readonly former: ReadonlySet<string>) {}

  static async start(): Promise<QueueWatch> {
    const messages = Object.values(await readQueues()).flat();
    return new QueueWatch(new Set(messages.map(({ messageId }) => messageId)));
  }

  /** Returns the queues that have new messages, with these messages. */
  async open(): Promise<Messages> {
    const queues = Object.entries(await readQueues());
    return Object.fromEntries(
      queues.flatMap(([name, messages]) => {
        const added = messages.filter(({ messageId }) => !this.former.has(messageId));
        return added.length > 0 ? [[name, added]] : [];
      }),
    );
  }
}

const isFailureQueue = (name: string): boolean => /Failures/.test(name);

/** Returns whether no function has anything left to do. */
export const areIdle = (queues: Messages): boolean => Object.keys(queues).every(isFailureQueue);

/**
 * The failure queues whose messages ask for work that later messages, or the next run, do as well. The other
 * checks find out if it was not done. A queue gives a message up a hundred times sooner than on AWS, so
 * faults fill these queues.
 */
const REPEATED_WORK: readonly RegExp[] = [
  /Webhooks/,
  /SweeperWork/,
  /PromoterWork/,
  /MappingsWork/,
  // The email stays `sent`, until an operator has the notification processed again (runbook,
  // `MailEventFailed`).
  /MailEvents/,
];

const isExplained = (name: string): boolean =>
  isFailureQueue(name) && REPEATED_WORK.some((pattern) => pattern.test(name));

/** Returns the number of messages in each failure queue whose work other messages have done. */
export const explainedMessages = (queues: Messages): Record<string, number> =>
  Object.fromEntries(
    Object.entries(queues).flatMap(([name, { length }]) => (isExplained(name) ? [[name, length]] : [])),
  );

/** Returns a sentence for each other queue that still has messages. */
export const queueProblems = (queues: Messages): string[] =>
  Object.entries(queues).flatMap(([name, messages]) =>
    isExplained(name)
      ? []
      : [
          `The queue ${name} has ${messages.length} messages, for example ${JSON.stringify(messages[0]).slice(0, 400)}`,
        ],
  );
