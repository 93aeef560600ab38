import type { Condition } from '../table/expressions';
import { outboxKey, outboxPartition, SHARED_OUTBOX_PARTITION, sharedOutboxKey } from '../table/mail-keys';
import type { PageKey } from '../table/operations/query';
import { text, type Item } from '../table/read-item';
import type { Table } from '../table/table';
import { ITEM_IS_ABSENT, type Write } from '../table/write';
import {
  expirySeconds,
  mailKeyOf,
  NO_ADDRESS,
  type MailItem,
  type MailRef,
  type NewEntry,
} from './mail-item';
import { type Claim, letExpire } from './mail-lease';
import { OutboxMinutes } from './outbox-minutes';

/** An email that is due at a time (RFC 3339, UTC). */
export interface OutboxEntry extends MailRef {
  readonly dueAt: string;
  /** True if the previous version stored the entry in the outbox that all domains shared. */
  readonly isShared?: true;
}

/** A page of due emails. `next` is the position after the page; absent at the end. */
export interface DuePage {
  readonly entries: readonly OutboxEntry[];
  readonly next?: PageKey;
}

const PAGE_SIZE = 25;

/** An email that had no address may get one. */
const MAY_BE_ADDED: Condition = {
  expression: 'attribute_not_exists(pk) OR #status = :noAddress',
  values: { noAddress: NO_ADDRESS },
};

/**
 * The emails that are due later: a partition for each domain, with one item for each email. Each entry
 * changes in one transaction with the email's own item, which does not expire while the email waits.
 * `minutes` finds the domains that have due emails.
 */
export class OutboxStore {
  readonly minutes: OutboxMinutes;

  constructor(
    private readonly table: Table,
    private readonly retentionDays: number,
  ) {
    this.minutes = new OutboxMinutes(table);
  }

  /**
   * Stores an email that is due later, also one that had no address: then it keeps its attempts, and the time
   * for attempts begins again. Returns false if the email is in the outbox, is claimed, or has a result.
   */
  add(ref: MailRef, mail: NewEntry & { kind: string; to: string }, dueAt: Date): Promise<boolean> {
    const due = dueAt.toISOString();
    return this.tryWrite(ref.domainId, due, [
      {
        update: mailKeyOf(ref),
        set: { ...mail, status: 'due', dueAt: due },
        remove: ['ttl', 'firstTriedAt', 'error'],
        condition: MAY_BE_ADDED,
      },
      entryWrite({ ...ref, dueAt: due }),
    ]);
  }

  /**
   * Postpones a claimed email. `isUnsent` says that SES accepts no email at all: then the attempt does not
   * count, and the time for attempts begins again. Returns false if the lease expired and another sender
   * holds one.
   */
  async postpone(
    ref: MailRef,
    claim: Claim,
    dueAt: Date,
    error: string | undefined,
    { isUnsent = false }: { readonly isUnsent?: boolean } = {},
  ): Promise<boolean> {
    const due = dueAt.toISOString();
    return this.tryWrite(ref.domainId, due, [
      {
        update: mailKeyOf(ref),
        set: { status: 'due', dueAt: due, error, ...(isUnsent && { attempts: claim.attempts - 1 }) },
        remove: ['ttl', ...(isUnsent ? ['firstTriedAt'] : [])],
        condition: {
          expression: '#status = :claimed AND claimedAt = :claimedAt',
          values: { claimed: 'claimed', claimedAt: claim.claimedAt },
        },
      },
      entryWrite({ ...ref, dueAt: due }),
      ...(claim.dueAt === undefined ? [] : [{ delete: entryKey({ ...ref, dueAt: claim.dueAt }) }]),
    ]);
  }

  /**
   * Makes a failed email due again, with as much time for attempts as a new one. Returns false if it has not
   * failed.
   */
  requeue(item: MailItem, dueAt: Date): Promise<boolean> {
    const due = dueAt.toISOString();
    return this.tryWrite(item.domainId, due, [
      {
        update: mailKeyOf(item),
        set: { status: 'due', dueAt: due },
        remove: ['firstTriedAt', 'failedAt', 'ttl'],
        condition: { expression: '#status = :failed', values: { failed: 'failed' } },
      },
      entryWrite({ ...item, dueAt: due }),
    ]);
  }

  /**
   * Lets the outbox send a claimed email if its claim expires without a result. Nobody else takes over the
   * claim of a change that the stream has abandoned. The time for attempts begins again. Returns false if the
   * outbox has the email, or if it has another claim or a result.
   */
  adopt(item: MailItem, dueAt: Date): Promise<boolean> {
    const due = dueAt.toISOString();
    return this.tryWrite(item.domainId, due, [
      {
        update: mailKeyOf(item),
        set: { dueAt: due },
        remove: ['firstTriedAt', 'ttl'],
        condition: {
          expression: '#status = :claimed AND claimedAt = :claimedAt AND attribute_not_exists(dueAt)',
          values: { claimed: 'claimed', claimedAt: item.claimedAt },
        },
      },
      entryWrite({ ...item, dueAt: due }),
    ]);
  }

  /**
   * Stores the email of an entry of the outbox again. Earlier versions let emails that waited for long
   * expire. Does nothing if the email exists.
   */
  async restore(
    { dueAt, ...ref }: OutboxEntry,
    mail: NewEntry & { kind: string; attempts: number; activationId?: string },
  ): Promise<void> {
    const item = { ...mailKeyOf(ref), ...mail, status: 'due', dueAt };
    await this.table.put(item, { condition: ITEM_IS_ABSENT });
  }

  /** Removes an entry whose email is settled or does not exist. */
  async finish(entry: OutboxEntry, now: Date): Promise<void> {
    await letExpire(this.table, mailKeyOf(entry), expirySeconds(now, this.retentionDays));
    await this.remove(entry);
  }

  async remove(entry: OutboxEntry): Promise<void> {
    await this.table.delete(entryKey(entry));
  }

  /**
   * Reads the emails of a domain that are due by `now`, the earliest first, after the position `after`.
   * Without a domain, it reads those that the previous version stored.
   */
  async duePage(domainId: string | undefined, now: Date, after?: PageKey): Promise<DuePage> {
    const { items, next } = await this.table.query({
      pk: domainId === undefined ? SHARED_OUTBOX_PARTITION : outboxPartition(domainId),
      // `$` is the next character after `#`, which ends the time in a key.
      sortKey: { operator: '<', value: `${now.toISOString()}$` },
      limit: PAGE_SIZE,
      ...(after && { after }),
    });
    const shared = domainId === undefined ? ({ isShared: true } as const) : {};
    return { entries: items.map((item) => ({ ...readEntry(item), ...shared })), ...(next && { next }) };
  }

  private async tryWrite(domainId: string, dueAt: string, writes: readonly Write[]): Promise<boolean> {
    await this.minutes.add(domainId, dueAt);
    return (await this.table.tryTransact(writes)).length === 0;
  }
}

const entryKey = ({ dueAt, domainId, userId, mailId, isShared }: OutboxEntry) =>
  (isShared ? sharedOutboxKey : outboxKey)(dueAt, domainId, userId, mailId);

function entryWrite({ domainId, userId, mailId, dueAt }: OutboxEntry): Write {
  const entry = { domainId, userId, mailId, dueAt };
  return { put: { ...entryKey(entry), ...entry } };
}

const readEntry = (item: Item): OutboxEntry => ({
  domainId: text(item, 'domainId'),
  userId: text(item, 'userId'),
  mailId: text(item, 'mailId'),
  dueAt: text(item, 'dueAt'),
});
