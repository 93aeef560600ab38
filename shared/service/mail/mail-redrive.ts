import type { Deployment, LicensesDeployment } from '../../deployment';
import type { MailFailure } from '../../mail/delivery/delivery';
import { isAddressed, mailForLicense } from '../../mail/content/planned-mail';
import { MessageQueue, type ReceivedMessage } from '../../queue/message-queue';
import { DomainStore } from '../../store/domains/domain-store';
import { LicenseHistory } from '../../store/licenses/license-history';
import type { LicenseRecord } from '../../store/licenses/license-record';
import { LicenseStore, type TimeSpan } from '../../store/licenses/license-store';
import { NO_ADDRESS, wasToldOfKey } from '../../store/mail/mail-item';
import { MailStore } from '../../store/mail/mail-store';
import { OutboxStore } from '../../store/mail/outbox-store';
import { SeatQueue } from '../../store/licenses/seat-queue';
import { openTable } from '../../store/table/table';

const DOMAIN_PAGE_SIZE = 100;
/** The number of entries of a license's history that are searched. */
const HISTORY_LIMIT = 50;
/** The number of domains that are searched at the same time. */
const DOMAIN_CONCURRENCY = 10;

/**
 * The tolerated difference between a license's `changedAt` and the time at which the stream received the
 * record.
 */
const CLOCK_SLACK_MS = 120_000;

export interface RedriveDependencies {
  readonly domains: Pick<DomainStore, 'page'>;
  readonly licenses: Pick<LicenseStore, 'changedWithin'>;
  readonly history: Pick<LicenseHistory, 'page'>;
  readonly mails: Pick<MailStore, 'read' | 'recordEntry' | 'recordNoAddress'>;
  readonly outbox: Pick<OutboxStore, 'add' | 'requeue'>;
  /** Emails that were abandoned. */
  readonly mailFailures: Pick<MessageQueue<MailFailure>, 'receive'>;
  /** License changes that were abandoned: Lambda's messages about records of the stream. */
  readonly changeFailures: Pick<MessageQueue<unknown>, 'receive'>;
  /** Requests that free seats are given to the queued licenses of a domain. */
  readonly requestPromotion: (domainId: string, now: Date) => Promise<void>;
  readonly now: () => Date;
}

export interface RedriveResult {
  /** The number of emails that are due now. */
  readonly mails: number;
  /** The number of messages that were processed and removed from the queues. */
  readonly messages: number;
  /**
   * The number of messages left: they are malformed, their email is being sent, or the time limit was
   * reached.
   */
  readonly left: number;
  /** False if the time limit was reached. The remaining messages return to the queues within five minutes. */
  readonly finished: boolean;
}

/** The progress of a run. */
type Tally = { -readonly [K in 'mails' | 'messages' | 'left']: number };

class TimeLimitReached extends Error {}

/**
 * Makes abandoned emails and changes due now, and removes their messages from the failure queues. A run may
 * be repeated: emails that are already due, sent, or superseded stay as they are.
 */
export class MailRedrive {
  constructor(private readonly dependencies: RedriveDependencies) {}

  /** Starts no further work after `deadline`, in milliseconds since the epoch. */
  async run(deadline = Infinity): Promise<RedriveResult> {
    const result = { mails: 0, messages: 0, left: 0 };
    try {
      await this.requeueMails(result, deadline);
      await this.replayChanges(result, deadline);
      return { ...result, finished: true };
    } catch (error) {
      if (!(error instanceof TimeLimitReached)) throw error;
      return { ...result, finished: false };
    }
  }

  /** The entry of an abandoned email has its status. */
  private async requeueMails(result: Tally, deadline: number): Promise<void> {
    const { mails, outbox, mailFailures, now } = this.dependencies;
    for await (const { body, remove } of receiveAll(mailFailures)) {
      this.checkDeadline(deadline);
      const ref = parseMailFailure(body);
      const item = ref && (await mails.read(ref));
      // The delivery reports a failure before it marks the email, so a claimed email may still be in
      // progress.
      if (!ref || item?.status === 'claimed') {
        result.left++;
        continue;
      }
      if (item && (await outbox.requeue(item, now()))) result.mails++;
      await remove();
      result.messages++;
    }
  }

  /**
   * Replays abandoned changes. Their messages contain only their time, so this finds the licenses that
   * changed then and have no entry for it. An abandoned record may also be one of counts, which should have
   * started a promotion.
   */
  private async replayChanges(result: Tally, deadline: number): Promise<void> {
    const received: { readonly span: TimeSpan; readonly message: ReceivedMessage }[] = [];
    for await (const message of receiveAll(this.dependencies.changeFailures)) {
      const span = parseBatchSpan(message.body);
      if (span) received.push({ span, message });
      else result.left++;
    }
    if (received.length === 0) return;
    result.left += received.length;
    const spans = received.map(({ span }) => span);
    for await (const domainIds of this.domains()) {
      this.checkDeadline(deadline);
      await Promise.all(domainIds.map((domainId) => this.replayDomain(domainId, spans, result, deadline)));
    }
    for (const { message } of received) {
      await message.remove();
      result.messages++;
      result.left--;
    }
  }

  private async replayDomain(
    domainId: string,
    spans: readonly TimeSpan[],
    result: Tally,
    deadline: number,
  ): Promise<void> {
    for await (const licenses of this.dependencies.licenses.changedWithin(domainId, spans)) {
      for (const license of licenses) if (await this.replayLicense(license)) result.mails++;
      this.checkDeadline(deadline);
    }
    await this.dependencies.requestPromotion(domainId, this.dependencies.now());
  }

  /** Returns whether an email is due now. */
  private async replayLicense(license: LicenseRecord): Promise<boolean> {
    const { mails, outbox, now } = this.dependencies;
    if (license.changeId === undefined) return false;
    const mail = mailForLicense(license);
    const item = await mails.read(mail.ref);
    if (item && item.status !== NO_ADDRESS) return false;
    if (license.status === 'pending' || !(await this.wasNotified(license))) {
      await mails.recordEntry(mail.ref, mail.event, now());
      return false;
    }
    if (!isAddressed(mail)) {
      await mails.recordNoAddress(mail.ref, { ...mail.event, kind: mail.kind }, now());
      return false;
    }
    return outbox.add(mail.ref, { ...mail.event, kind: mail.kind, to: mail.holder.email }, now());
  }

  /**
   * Returns whether the user expects an email. After the end of a license, that is so only if its key was
   * emailed last. An entry without an email, or with one that was never sent, changes nothing.
   */
  private async wasNotified({ domainId, userId, status, activationId }: LicenseRecord): Promise<boolean> {
    if (status === 'active') return true;
    const { entries } = await this.dependencies.history.page(domainId, userId, HISTORY_LIMIT);
    if (entries.length === 0) return activationId !== undefined;
    return wasToldOfKey(entries);
  }

  private async *domains(): AsyncGenerator<string[]> {
    let next: string | undefined;
    do {
      const page = await this.dependencies.domains.page(DOMAIN_PAGE_SIZE, next);
      const domainIds = page.domains.map(({ domainId }) => domainId);
      while (domainIds.length > 0) yield domainIds.splice(0, DOMAIN_CONCURRENCY);
      ({ next } = page);
    } while (next !== undefined);
  }

  private checkDeadline(deadline: number): void {
    if (this.dependencies.now().getTime() > deadline) throw new TimeLimitReached();
  }
}

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
    // A redrive claims no email, so the lease does not matter.
    mails: new MailStore(table, { leaseMs: 0, retentionDays: auditRetentionDays }),
    outbox: new OutboxStore(table),
    mailFailures: new MessageQueue(mailFailuresQueueUrl),
    changeFailures: new MessageQueue(failureQueueUrl),
    requestPromotion: (domainId, at) =>
      new SeatQueue(table, domainId, auditRetentionDays).requestPromotion(at),
    now,
  });
}

/** Receives the messages of a queue until it returns none. */
async function* receiveAll(queue: Pick<MessageQueue<unknown>, 'receive'>): AsyncGenerator<ReceivedMessage> {
  for (let messages = await queue.receive(); messages.length > 0; messages = await queue.receive())
    yield* messages;
}

function parseMailFailure(body: unknown): MailFailure | undefined {
  const { domainId, userId, mailId, error } = (body ?? {}) as Partial<Record<keyof MailFailure, unknown>>;
  const texts = [domainId, userId, mailId].every((text) => typeof text === 'string' && text !== '');
  return texts ? ({ domainId, userId, mailId, error } as MailFailure) : undefined;
}

/**
 * Returns the time span in which the stream received the changes of a message, widened by `CLOCK_SLACK_MS`.
 */
function parseBatchSpan(body: unknown): TimeSpan | undefined {
  const { DDBStreamBatchInfo: batch } = (body ?? {}) as { DDBStreamBatchInfo?: Record<string, unknown> };
  const first = Date.parse(String(batch?.approximateArrivalOfFirstRecord));
  const last = Date.parse(String(batch?.approximateArrivalOfLastRecord));
  if (Number.isNaN(first) || Number.isNaN(last)) return undefined;
  return {
    from: new Date(first - CLOCK_SLACK_MS).toISOString(),
    to: new Date(last + CLOCK_SLACK_MS).toISOString(),
  };
}
