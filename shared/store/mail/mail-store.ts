import { timeOfId } from '../../id';
import { licenseRecordKey, tombstoneKey } from '../table/keys';
import { mailKey } from '../table/mail-keys';
import type { Changes, Condition } from '../table/expressions';
import { optionalText } from '../table/read-item';
import type { Table } from '../table/table';
import { ITEM_IS_ABSENT } from '../table/write';
import {
  expirySeconds,
  mailKeyOf,
  readMailItem,
  type MailItem,
  type MailRef,
  type MailResult,
  type NewEntry,
  NO_ADDRESS,
} from './mail-item';
import { type Claim, type ClaimOutcome, letExpire, MailLeases } from './mail-lease';
import { hasLaterMail, readRelatedMails, type RelatedMails } from './related-mails';

export interface MailStoreOptions {
  /** The duration of a lease in milliseconds: longer than a send can take. */
  readonly leaseMs: number;
  /** The number of days for which an entry is kept after its email is settled. */
  readonly retentionDays: number;
}

/**
 * The histories of licenses: an entry for each change and each email, with the lease of its sender and its
 * result.
 */
export class MailStore {
  private readonly leases: MailLeases;

  constructor(
    private readonly table: Table,
    private readonly options: MailStoreOptions,
  ) {
    this.leases = new MailLeases(table, options.leaseMs);
  }

  /**
   * Claims an email that is sent at once, also one that had no address. Returns `settled` if it is in the
   * outbox, which then sends it. The stream has the change for a day, so only a claim that nobody takes over
   * expires.
   */
  claim(
    ref: MailRef,
    mail: NewEntry & { kind: string; to: string; userType?: string },
    now: Date,
  ): Promise<ClaimOutcome> {
    return this.claimItem(
      ref,
      { set: { ...mail, ttl: this.ttl(now) } },
      {
        expression:
          'attribute_not_exists(pk) OR #status = :noAddress OR ' +
          '(#status = :claimed AND claimedAt <= :expired AND attribute_not_exists(dueAt))',
        values: { noAddress: NO_ADDRESS },
      },
      undefined,
      now,
    );
  }

  /**
   * Makes an email that SES refused to send to an address one that had no address, so that it can be claimed
   * for another one. Returns false if it has not failed, or not with this address.
   */
  async reopen(ref: MailRef, refusedAddress: string): Promise<boolean> {
    const { written } = await this.table.update(
      mailKeyOf(ref),
      { set: { status: NO_ADDRESS }, remove: ['to', 'dueAt', 'error', 'firstTriedAt', 'failedAt'] },
      {
        condition: {
          expression: '#status = :failed AND #to = :refusedAddress',
          values: { failed: 'failed', refusedAddress },
        },
      },
    );
    return written;
  }

  /** Claims an email of the outbox. It does not expire, even if the emails of its domain are paused now. */
  claimDue(
    ref: MailRef,
    dueAt: string,
    { to, userType }: { readonly to: string; readonly userType?: string },
    now: Date,
  ): Promise<ClaimOutcome> {
    return this.claimItem(
      ref,
      { set: { to, ...(userType !== undefined && { userType }) }, remove: ['ttl'] },
      {
        expression: 'dueAt = :dueAt AND (#status = :due OR (#status = :claimed AND claimedAt <= :expired))',
        values: { dueAt, due: 'due' },
      },
      dueAt,
      now,
    );
  }

  /**
   * Records the result of a claimed email with its time (`sentAt`, `failedAt`, …). Does nothing if there is a
   * result.
   */
  async mark(ref: MailRef, result: MailResult & { attempts?: number }, now: Date): Promise<void> {
    const [key, ttl] = [mailKeyOf(ref), this.ttl(now)];
    if (!(await this.leases.mark(key, { ...result, ttl }, now))) await letExpire(this.table, key, ttl);
  }

  /** Turns a claimed email, which nobody has tried to send, into an entry without one. */
  async withdraw(ref: MailRef, { claimedAt }: Claim, now: Date): Promise<void> {
    await this.table.update(
      mailKeyOf(ref),
      {
        set: { kind: 'none', status: 'none', ttl: this.ttl(now) },
        remove: ['to', 'activationId', 'userType', 'attempts', 'firstTriedAt'],
      },
      {
        condition: {
          expression: '#status = :claimed AND claimedAt = :claimedAt',
          values: { claimed: 'claimed', claimedAt },
        },
      },
    );
  }

  /** Records an entry without an email. Does nothing if the entry exists. */
  async recordEntry(ref: MailRef, event: NewEntry, now: Date): Promise<void> {
    const item = { ...mailKeyOf(ref), ...event, kind: 'none', status: 'none', ttl: this.ttl(now) };
    await this.table.put(item, { condition: ITEM_IS_ABSENT });
  }

  /** Records an email that has no address. Does nothing if the entry exists. */
  async recordNoAddress(ref: MailRef, mail: NewEntry & { kind: string }, now: Date): Promise<void> {
    const item = { ...mailKeyOf(ref), ...mail, status: NO_ADDRESS, ttl: this.ttl(now) };
    await this.table.put(item, { condition: ITEM_IS_ABSENT });
  }

  /** Ends an open email. Returns false if it is being sent, or has changed since `item` was read. */
  supersede(item: MailItem, now: Date): Promise<boolean> {
    return this.end(item, { status: 'superseded', supersededAt: now.toISOString() }, [], now);
  }

  /**
   * Takes the address from an open email of the outbox. With another address, the time for attempts begins
   * again. Returns false if it is being sent, or has changed since `item` was read.
   */
  endWithoutAddress(item: MailItem, now: Date): Promise<boolean> {
    return this.end(item, { status: NO_ADDRESS }, ['to', 'dueAt', 'error', 'firstTriedAt'], now);
  }

  private async end(
    item: MailItem,
    set: Changes['set'],
    remove: readonly string[],
    now: Date,
  ): Promise<boolean> {
    const time = item.status === 'due' ? 'dueAt' : 'claimedAt';
    if (time === 'claimedAt' && (item.claimedAt ?? '') > this.leases.cutoff(now)) return false;
    const { written } = await this.table.update(
      mailKeyOf(item),
      { set: { ...set, ttl: this.ttl(now) }, remove },
      {
        condition: {
          expression: `#status = :before AND ${time} = :at`,
          values: { before: item.status, at: item[time] },
        },
      },
    );
    return written;
  }

  /**
   * Returns whether this email would arrive after a later one: the license changed or a resend was requested,
   * and the email of that was started. Also returns true if the license does not exist.
   */
  async isSuperseded({ domainId, userId, mailId }: MailRef): Promise<boolean> {
    const license = await this.table.get(licenseRecordKey(domainId, userId));
    if (!license) return true;
    const current = optionalText(license, 'resendId') ?? optionalText(license, 'changeId');
    if (current === undefined) return true;
    if (current === mailId) return false;
    return (await this.table.get(mailKey(domainId, userId, current))) !== undefined;
  }

  /** Returns the user type of a license; undefined if it does not exist. */
  async currentUserType({ domainId, userId }: MailRef): Promise<string | undefined> {
    const license = await this.table.get(licenseRecordKey(domainId, userId));
    return license && optionalText(license, 'userType');
  }

  /**
   * Returns whether the domain is deleted. Then no email is sent, and no data is written that the sweep might
   * miss.
   */
  async isDomainDeleted(domainId: string): Promise<boolean> {
    return (await this.table.get(tombstoneKey(domainId)))?.deletedAt !== undefined;
  }

  async read(ref: MailRef): Promise<MailItem | undefined> {
    const item = await this.table.get(mailKeyOf(ref));
    return item && readMailItem(ref.domainId, item);
  }

  /**
   * Returns the earlier emails of the license that may matter to this one, among them all that may still be
   * sent. `previousChangeId` is the change before that of this email, if it is known.
   */
  related(ref: MailRef, previousChangeId: string | undefined, now: Date): Promise<RelatedMails> {
    // The license is not older than its user, whose id has the time of its creation.
    const expiryOfFirst = expirySeconds(timeOfId(ref.userId), this.options.retentionDays);
    const isComplete = expiryOfFirst > now.getTime() / 1000;
    return readRelatedMails(this.table, ref, { previousChangeId, isComplete });
  }

  /** Returns whether the license has a later email than this one, in whatever state. */
  hasLaterMail(ref: MailRef): Promise<boolean> {
    return hasLaterMail(this.table, ref);
  }

  private ttl(now: Date): number {
    return expirySeconds(now, this.options.retentionDays);
  }

  private async claimItem(
    ref: MailRef,
    changes: Pick<Changes, 'set' | 'remove'>,
    condition: Condition,
    dueAt: string | undefined,
    now: Date,
  ): Promise<ClaimOutcome> {
    const { written, claimedAt, item } = await this.leases.claim(mailKeyOf(ref), changes, condition, now);
    const mail = item && readMailItem(ref.domainId, item);
    if (written)
      return {
        claimedAt,
        attempts: mail?.attempts ?? 1,
        firstTriedAt: mail?.firstTriedAt ?? claimedAt,
        dueAt: mail?.dueAt,
      };
    // A lease for another time is the outbox's: the stream has nothing left to do.
    return mail?.status === 'claimed' && mail.dueAt === dueAt ? 'leased' : 'settled';
  }
}
