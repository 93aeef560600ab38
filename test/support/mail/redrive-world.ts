import type { ReceivedMessage } from '../../../shared/queue/message-queue';
import {
  MailRedrive,
  type RedrivePosition,
  type RedriveResult,
} from '../../../shared/service/mail/mail-redrive';
import type { LicenseRecord } from '../../../shared/store/licenses/license-record';
import type { TimeSpan } from '../../../shared/store/licenses/license-store';
import type { MailItem, MailRef } from '../../../shared/store/mail/mail-item';
import { activeLicense } from './license-images';

const LICENSES_OF_A_PAGE = 4;

/** A queue in memory, whose received messages are hidden for a time of the world's clock. */
class FakeQueue {
  readonly messages: { readonly body: unknown; hiddenUntil: number }[] = [];

  constructor(private readonly clock: { readonly ms: number }) {}

  send(body: unknown): void {
    this.messages.push({ body, hiddenUntil: 0 });
  }

  receive(hiddenSeconds = 300): Promise<ReceivedMessage[]> {
    const visible = this.messages.filter(({ hiddenUntil }) => hiddenUntil <= this.clock.ms).slice(0, 10);
    for (const message of visible) message.hiddenUntil = this.clock.ms + 1_000 * hiddenSeconds;
    return Promise.resolve(
      visible.map((message) => ({
        body: message.body,
        remove: () => Promise.resolve(void this.messages.splice(this.messages.indexOf(message), 1)),
      })),
    );
  }
}

/**
 * Domains, licenses, and failure queues in memory. Each page of licenses, and each email, takes time of the
 * clock.
 */
export class RedriveWorld {
  readonly clock = { ms: Date.parse('2026-03-01T12:00:00.000Z') };
  readonly mailFailures = new FakeQueue(this.clock);
  readonly changeFailures = new FakeQueue(this.clock);
  /** The emails that were made due, in order. */
  readonly due: string[] = [];
  readonly promoted = new Set<string>();
  /** The number of calls that make an email due, before one fails. */
  failAfter = Infinity;
  /** Whether an earlier email of each license is being sent. */
  isSending = false;
  private readonly licenses = new Map<string, LicenseRecord[]>();

  constructor(private readonly costs: { readonly pageMs: number; readonly mailMs: number }) {}

  /** Adds domains with licenses that have just changed. */
  addDomains(count: number, licensesOfEach: number): void {
    const changedAt = new Date(this.clock.ms).toISOString();
    for (let at = 0; at < count; at++) {
      const domainId = `domain-${String(this.licenses.size).padStart(4, '0')}`;
      const licenses = Array.from({ length: licensesOfEach }, (_, user) =>
        activeLicense({ domainId, userId: `user-${String(user).padStart(4, '0')}`, changedAt }),
      );
      this.licenses.set(domainId, licenses);
    }
  }

  /** Sends Lambda's message about records that the stream received between two times. */
  sendAbandonedRecords(firstMs = this.clock.ms, lastMs = firstMs): void {
    this.changeFailures.send({
      DDBStreamBatchInfo: {
        approximateArrivalOfFirstRecord: new Date(firstMs).toISOString(),
        approximateArrivalOfLastRecord: new Date(lastMs).toISOString(),
      },
    });
  }

  /** Sends the message about an email that has failed. */
  sendFailedMail(mailId: string): void {
    this.mailFailures.send({ domainId: 'domain-0000', userId: 'user-0000', mailId, error: 'refused' });
  }

  /** Makes one call with a time limit of 20 s. The position goes through JSON, as in a cursor. */
  run(from?: RedrivePosition): Promise<RedriveResult> {
    const position = from && (JSON.parse(JSON.stringify(from)) as RedrivePosition);
    return this.redrive().run(this.clock.ms + 20_000, position);
  }

  /** Makes calls until the redrive is finished, at most 50. Returns their results. */
  async runAll(onPart: (part: RedriveResult) => void = () => undefined): Promise<RedriveResult[]> {
    const parts: RedriveResult[] = [];
    for (let from: RedrivePosition | undefined; parts.length < 50; from = parts.at(-1)?.next) {
      const part = await this.run(from);
      parts.push(part);
      onPart(part);
      if (!part.next) break;
    }
    return parts;
  }

  private redrive(): MailRedrive {
    const spend = (ms: number) => void (this.clock.ms += ms);
    const isDue = ({ domainId, userId, mailId }: MailRef) => `${domainId}/${userId}/${mailId}`;
    const makeDue = (ref: MailRef): Promise<boolean> => {
      spend(this.costs.mailMs);
      if (this.failAfter-- <= 0) return Promise.reject(new Error('The table is unreachable.'));
      this.due.push(isDue(ref));
      return Promise.resolve(true);
    };
    const itemOf = (ref: MailRef, status: MailItem['status']): MailItem => ({
      ...{ ...ref, changeId: ref.mailId, licenseStatus: 'active', kind: 'license-key', status },
    });
    return new MailRedrive({
      domains: {
        page: (limit, after = '') => {
          const ids = [...this.licenses.keys()].filter((id) => id > after).slice(0, limit);
          return Promise.resolve({ domains: ids.map((domainId) => ({ domainId, name: domainId })) });
        },
      },
      licenses: {
        changedPage: (domainId: string, spans: readonly TimeSpan[], after = '') => {
          spend(this.costs.pageMs);
          const left = (this.licenses.get(domainId) ?? []).filter(({ userId }) => userId > after);
          const page = left.slice(0, LICENSES_OF_A_PAGE);
          const licenses = page.filter(({ changedAt = '' }) =>
            spans.some(({ from, to }) => from <= changedAt && changedAt <= to),
          );
          return Promise.resolve({
            licenses,
            ...(left.length > page.length && { next: page.at(-1)?.userId }),
          });
        },
      },
      history: {
        page: (domainId, userId) => {
          const start = `${domainId}/${userId}/`;
          const mailIds = this.due.filter((id) => id.startsWith(start)).map((id) => id.slice(start.length));
          return Promise.resolve({
            entries: mailIds.map((mailId) => itemOf({ domainId, userId, mailId }, 'due')),
          });
        },
      },
      mails: {
        read: (ref) => Promise.resolve(itemOf(ref, this.due.includes(isDue(ref)) ? 'due' : 'failed')),
        related: (ref) =>
          Promise.resolve({ mails: this.isSending ? [itemOf(ref, 'claimed')] : [], missing: [] }),
        isSuperseded: () => Promise.resolve(false),
        supersede: () => Promise.resolve(false),
        reopen: () => Promise.resolve(false),
        claim: (_, __, at) =>
          Promise.resolve({ claimedAt: at.toISOString(), attempts: 1, firstTriedAt: at.toISOString() }),
        withdraw: () => Promise.resolve(),
        recordEntry: () => Promise.resolve(),
        recordNoAddress: () => Promise.resolve(),
      },
      outbox: { postpone: makeDue, adopt: makeDue, requeue: makeDue, remove: () => Promise.resolve() },
      mailFailures: this.mailFailures,
      changeFailures: this.changeFailures,
      requestPromotion: (domainId) => Promise.resolve(void this.promoted.add(domainId)),
      now: () => new Date(this.clock.ms),
      sleep: (ms) => Promise.resolve(spend(ms)),
    });
  }
}
