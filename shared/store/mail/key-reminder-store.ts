import { keyReminderPrefix, mailPartition } from '../table/mail-keys';
import { text, type Item } from '../table/read-item';
import type { Table } from '../table/table';
import { mailKeyOf, readMailState, type KeyReminderRef, type MailResult, type MailState } from './mail-item';
import { MailLeases } from './mail-lease';

/** The content of a reminder's item, besides its state. */
export interface StoredReminder {
  readonly to: string;
  /** The time after which nothing asks for the reminder again, in seconds since the epoch. */
  readonly ttl: number;
}

/**
 * The reminders that SCIM keys expire, one item for each key, time, and address, with the lease of its sender
 * and its result.
 */
export class KeyReminderStore {
  private readonly leases: MailLeases;

  constructor(
    private readonly table: Table,
    leaseMs: number,
  ) {
    this.leases = new MailLeases(table, leaseMs);
  }

  /** Returns the reminders of a key whose sending was started, by their ids. */
  async ofKey(domainId: string, keyId: string): Promise<Map<string, MailState>> {
    const prefix = keyReminderPrefix(keyId);
    const reminders = new Map<string, MailState>();
    const pages = this.table.pages({ pk: mailPartition(domainId), sortKey: { beginsWith: prefix } });
    for await (const items of pages)
      for (const item of items) reminders.set(idOf(item, prefix), readMailState(item));
    return reminders;
  }

  /** Leases a reminder. Returns the time of the lease, or undefined if it is leased, or has a result. */
  async claim(ref: KeyReminderRef, reminder: StoredReminder, now: Date): Promise<string | undefined> {
    const { written, claimedAt } = await this.leases.claim(
      mailKeyOf(ref),
      { set: { kind: 'scim-key-expiry', ...reminder } },
      {
        expression:
          'attribute_not_exists(pk) OR #status = :due OR (#status = :claimed AND claimedAt <= :expired)',
        values: { due: 'due' },
      },
      now,
    );
    return written ? claimedAt : undefined;
  }

  /** Records the result of a leased reminder. Does nothing if a delivery event came first. */
  async mark(ref: KeyReminderRef, result: MailResult, now: Date): Promise<void> {
    await this.leases.mark(mailKeyOf(ref), result, now);
  }

  /** Ends a lease before its time, because SES certainly did not accept the email. */
  async release(ref: KeyReminderRef, claimedAt: string, error: string): Promise<void> {
    await this.table.update(
      mailKeyOf(ref),
      { set: { status: 'due', error } },
      {
        condition: {
          expression: '#status = :claimed AND claimedAt = :claimedAt',
          values: { claimed: 'claimed', claimedAt },
        },
      },
    );
  }
}

const idOf = (item: Item, prefix: string): string => text(item, 'sk').slice(prefix.length);
