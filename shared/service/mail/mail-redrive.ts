import type { Deployment, LicensesDeployment } from '../../deployment';
import { CLAIM_LEASE_MS, type MailFailure } from '../../mail/delivery/delivery';
import { MessageQueue, type ReceivedMessage } from '../../queue/message-queue';
import { DomainStore } from '../../store/domains/domain-store';
import { LicenseHistory } from '../../store/licenses/license-history';
import { LicenseStore } from '../../store/licenses/license-store';
import { SeatQueue } from '../../store/licenses/seat-queue';
import { MailStore } from '../../store/mail/mail-store';
import { OutboxStore } from '../../store/mail/outbox-store';
import { openTable } from '../../store/table/table';
import { ChangeReplay, SEARCH_START, type ReplayDependencies, type SearchPosition } from './change-replay';
import { isCovered, mergeSpans, readAbandonedBatch, timeSpanOf, type SecondSpan } from './redrive-spans';

/**
 * The seconds for which received messages about changes are hidden. A call that ends before it removes them
 * took about as long, so the last call can receive them.
 */
const HIDDEN_SECONDS = 20;

export interface RedriveDependencies extends ReplayDependencies {
  readonly mails: ReplayDependencies['mails'] & Pick<MailStore, 'read'>;
  readonly outbox: ReplayDependencies['outbox'] & Pick<OutboxStore, 'requeue'>;
  /** Emails that were abandoned. */
  readonly mailFailures: Pick<MessageQueue<MailFailure>, 'receive'>;
  /** License changes that were abandoned: Lambda's messages about records of the stream. */
  readonly changeFailures: Pick<MessageQueue<unknown>, 'receive'>;
  readonly sleep: (ms: number) => Promise<void>;
}

/** The place at which the next call continues. */
export type RedrivePosition =
  | {
      readonly phase: 'mails';
      /** The messages that stay in the queues, so far. */
      readonly left: number;
    }
  | {
      readonly phase: 'changes';
      readonly left: number;
      /** The messages about changes that were received and are not removed. */
      readonly waiting: number;
      /** The times in which licenses are searched for abandoned changes. */
      readonly spans: readonly SecondSpan[];
      /** When the messages were received, in milliseconds since the epoch. */
      readonly receivedAt: number;
      /** Null if all domains are searched, and only messages have to be removed. */
      readonly search: SearchPosition | null;
      /** True if a change was not replayed, so that the messages about changes stay. */
      readonly isBusy?: true;
    };

type ChangesPosition = Extract<RedrivePosition, { phase: 'changes' }>;

export interface RedriveResult {
  /** The number of emails that this call has made due. */
  readonly mails: number;
  /** The number of messages that this call has removed from the queues. */
  readonly messages: number;
  /** The messages left: they are malformed, an email is being sent, or the time limit was reached. */
  readonly left: number;
  /** False if the time limit was reached. Then another call continues at `next`. */
  readonly finished: boolean;
  readonly next?: RedrivePosition;
}

/** The progress of a call. */
type Tally = { -readonly [K in 'mails' | 'messages']: number };

/**
 * Makes abandoned emails and changes due now, and removes their messages from the failure queues. If the time
 * limit is reached, another call continues. A redrive may be repeated and interrupted: emails that are
 * already due, sent, or superseded stay as they are, and a message is removed after everything that it needs
 * is done.
 */
export class MailRedrive {
  constructor(private readonly dependencies: RedriveDependencies) {}

  /** Starts no further work after `deadline`, in milliseconds since the epoch. */
  async run(deadline = Infinity, from?: RedrivePosition): Promise<RedriveResult> {
    const tally: Tally = { mails: 0, messages: 0 };
    const isLate = () => this.dependencies.now().getTime() > deadline;
    if (from?.phase === 'changes') return this.continueChanges(from, tally, deadline);
    const { left, isDone } = await this.requeueMails(from?.left ?? 0, tally, isLate);
    if (!isDone) return { ...tally, left, finished: false, next: { phase: 'mails', left } };
    return this.startChanges(left, tally, isLate);
  }

  /** The entry of an abandoned email has its status. */
  private async requeueMails(
    left: number,
    tally: Tally,
    isLate: () => boolean,
  ): Promise<{ left: number; isDone: boolean }> {
    const { mails, outbox, mailFailures, now } = this.dependencies;
    for await (const messages of batchesOf(() => mailFailures.receive())) {
      for (const { body, remove } of messages) {
        const ref = parseMailFailure(body);
        const item = ref && (await mails.read(ref));
        // The delivery reports a failure before it marks the email, so a claimed email may still be in
        // progress.
        if (!ref || item?.status === 'claimed') {
          left++;
          continue;
        }
        if (item && (await outbox.requeue(item, now()))) tally.mails++;
        await remove();
        tally.messages++;
      }
      if (isLate()) return { left, isDone: false };
    }
    return { left, isDone: true };
  }

  /** Receives the messages about changes, and searches for these changes. */
  private async startChanges(left: number, tally: Tally, isLate: () => boolean): Promise<RedriveResult> {
    const { changeFailures, now } = this.dependencies;
    const received: { readonly span: SecondSpan; readonly message: ReceivedMessage }[] = [];
    let malformed = 0;
    for await (const messages of batchesOf(() => changeFailures.receive(HIDDEN_SECONDS))) {
      for (const message of messages) {
        const batch = readAbandonedBatch(message.body);
        if (batch) received.push({ span: batch.span, message });
        else malformed++;
      }
      if (isLate()) break;
    }
    if (received.length === 0) return { ...tally, left: left + malformed, finished: true };
    const position: ChangesPosition = {
      phase: 'changes',
      left,
      waiting: received.length + malformed,
      spans: mergeSpans(received.map(({ span }) => span)),
      receivedAt: now().getTime(),
      search: SEARCH_START,
    };
    const next = await this.search(position, tally, isLate);
    if (next.search) return unfinished(next, tally);
    if (next.isBusy) return keepChanges(next, tally);
    let { waiting } = next;
    for (const { message } of received) {
      if (isLate()) return unfinished({ ...next, waiting }, tally);
      await message.remove();
      tally.messages++;
      waiting--;
    }
    return { ...tally, left: left + malformed, finished: true };
  }

  private async continueChanges(
    position: ChangesPosition,
    tally: Tally,
    deadline: number,
  ): Promise<RedriveResult> {
    const isLate = () => this.dependencies.now().getTime() > deadline;
    const next = await this.search(position, tally, isLate);
    if (next.search) return unfinished(next, tally);
    return next.isBusy ? keepChanges(next, tally) : this.removeChanges(next, tally, deadline);
  }

  /** Returns the position after the search, or after the part of it for which there was time. */
  private async search(
    position: ChangesPosition,
    tally: Tally,
    isLate: () => boolean,
  ): Promise<ChangesPosition> {
    if (!position.search) return position;
    const replay = new ChangeReplay(this.dependencies, position.spans.map(timeSpanOf));
    const search = (await replay.run(position.search, isLate)) ?? null;
    tally.mails += replay.mails;
    return { ...position, search, ...(replay.isBusy && { isBusy: true }) };
  }

  /**
   * Removes the messages whose changes were searched. An earlier call has received them, so this receives
   * them again. A message that came later stays, unless the search began after the last change that it is
   * about.
   */
  private async removeChanges(
    position: ChangesPosition,
    tally: Tally,
    deadline: number,
  ): Promise<RedriveResult> {
    const { changeFailures, now, sleep } = this.dependencies;
    const { spans, receivedAt } = position;
    const visibleAt = receivedAt + 1_000 * (HIDDEN_SECONDS + 1);
    if (visibleAt > deadline) return unfinished(position, tally);
    await sleep(Math.max(0, visibleAt - now().getTime()));
    let { left, waiting } = position;
    for await (const messages of batchesOf(() => changeFailures.receive())) {
      for (const { body, remove } of messages) {
        const batch = readAbandonedBatch(body);
        if (batch && isCovered(batch.span, spans) && batch.lastMs <= receivedAt) {
          await remove();
          tally.messages++;
        } else left++;
      }
      waiting = Math.max(0, waiting - messages.length);
      if (now().getTime() > deadline) return unfinished({ ...position, left, waiting }, tally);
    }
    return { ...tally, left, finished: true };
  }
}

/** The messages do not say which of them is about the change that was not replayed. */
const keepChanges = ({ left, waiting }: ChangesPosition, tally: Tally): RedriveResult => ({
  ...tally,
  left: left + waiting,
  finished: true,
});

const unfinished = (next: ChangesPosition, tally: Tally): RedriveResult => ({
  ...tally,
  left: next.left + next.waiting,
  finished: false,
  next,
});

export function openMailRedrive(
  { tableName, auditRetentionDays }: Deployment,
  { failureQueueUrl, mailFailuresQueueUrl }: LicensesDeployment,
  now = () => new Date(),
): MailRedrive {
  const table = openTable(tableName);
  return new MailRedrive({
    domains: new DomainStore(table, auditRetentionDays),
    licenses: new LicenseStore(table),
    history: new LicenseHistory(table),
    mails: new MailStore(table, { leaseMs: CLAIM_LEASE_MS, retentionDays: auditRetentionDays }),
    outbox: new OutboxStore(table, auditRetentionDays),
    mailFailures: new MessageQueue(mailFailuresQueueUrl),
    changeFailures: new MessageQueue(failureQueueUrl),
    requestPromotion: (domainId, at) =>
      new SeatQueue(table, domainId, auditRetentionDays).requestPromotion(at),
    now,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
}

/** Receives the messages of a queue, up to ten at once, until it returns none. */
async function* batchesOf(receive: () => Promise<ReceivedMessage[]>): AsyncGenerator<ReceivedMessage[]> {
  for (let messages = await receive(); messages.length > 0; messages = await receive()) yield messages;
}

function parseMailFailure(body: unknown): MailFailure | undefined {
  const { domainId, userId, mailId, error } = (body ?? {}) as Partial<Record<keyof MailFailure, unknown>>;
  const texts = [domainId, userId, mailId].every((text) => typeof text === 'string' && text !== '');
  return texts ? ({ domainId, userId, mailId, error } as MailFailure) : undefined;
}
