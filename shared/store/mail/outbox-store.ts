import type { Condition } from '../table/expressions';
import { OUTBOX_PARTITION, outboxKey } from '../table/keys';
import { text, type Item } from '../table/read-item';
import type { Table } from '../table/table';
import type { Write } from '../table/write';
import {
  expirySeconds,
  mailKeyOf,
  NO_ADDRESS,
  type LicenseEvent,
  type MailItem,
  type MailRef,
} from './mail-item';
import type { Claim } from './mail-store';

/** An email that is due at a time (RFC 3339, UTC). */
export interface OutboxEntry extends MailRef {
  readonly dueAt: string;
}

const PAGE_SIZE = 100;

/** An email that had no address may get one. */
const MAY_BE_ADDED: Condition = {
  expression: 'attribute_not_exists(pk) OR #status = :noAddress',
  values: { noAddress: NO_ADDRESS },
};

/**
 * The emails that are due later, one item each. Each entry changes in one transaction with the email's own
 * item.
 */
export class OutboxStore {
  constructor(
    private readonly table: Table,
    private readonly retentionDays: number,
  ) {}

  /** Returns false if the email is already in the outbox, or was already claimed. */
  add(ref: MailRef, mail: LicenseEvent & { kind: string; to: string }, dueAt: Date): Promise<boolean> {
    const due = dueAt.toISOString();
    const ttl = expirySeconds(dueAt, this.retentionDays);
    return this.tryWrite([
      { put: { ...mailKeyOf(ref), ...mail, status: 'due', dueAt: due, ttl }, condition: MAY_BE_ADDED },
      entryWrite({ ...ref, dueAt: due }),
    ]);
  }

  /**
   * Postpones a claimed email. `isUnsent` says that SES accepts no email at all: then the attempt does not count, and
   * the time for attempts begins again. Returns false if the lease expired and another sender holds one.
   */
  async postpone(
    ref: MailRef,
    claim: Claim,
    dueAt: Date,
    error: string | undefined,
    { isUnsent = false }: { readonly isUnsent?: boolean } = {},
  ): Promise<boolean> {
    const due = dueAt.toISOString();
    return this.tryWrite([
      {
        update: mailKeyOf(ref),
        set: { status: 'due', dueAt: due, error, ...(isUnsent && { attempts: claim.attempts - 1 }) },
        ...(isUnsent && { remove: ['firstTriedAt'] }),
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
    return this.tryWrite([
      {
        update: mailKeyOf(item),
        set: { status: 'due', dueAt: due },
        remove: ['firstTriedAt', 'failedAt'],
        condition: { expression: '#status = :failed', values: { failed: 'failed' } },
      },
      entryWrite({ ...item, dueAt: due }),
    ]);
  }

  async remove(entry: OutboxEntry): Promise<void> {
    await this.table.delete(entryKey(entry));
  }

  /**
   * Returns by how many seconds the oldest due email is late at `now`; 0 if none is due. Emails of paused domains are
   * not late.
   */
  async age(
    now: Date,
    isPaused: (domainId: string) => Promise<boolean> = () => Promise.resolve(false),
  ): Promise<number> {
    for await (const { domainId, dueAt } of this.dueBy(now))
      if (!(await isPaused(domainId))) return (now.getTime() - Date.parse(dueAt)) / 1000;
    return 0;
  }

  /** Yields the emails that are due by `now`, in the order of their times. */
  async *dueBy(now: Date): AsyncGenerator<OutboxEntry> {
    const pages = this.table.pages({
      pk: OUTBOX_PARTITION,
      // `$` is the next character after `#`, which ends the time in a key.
      sortKey: { operator: '<', value: `${now.toISOString()}$` },
      limit: PAGE_SIZE,
    });
    for await (const items of pages) yield* items.map(readEntry);
  }

  private async tryWrite(writes: readonly Write[]): Promise<boolean> {
    return (await this.table.tryTransact(writes)).length === 0;
  }
}

const entryKey = ({ dueAt, domainId, userId, mailId }: OutboxEntry) =>
  outboxKey(dueAt, domainId, userId, mailId);

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
