import { randomUUID } from 'node:crypto';
import type { Changes, Condition } from '../table/expressions';
import type { ItemKey } from '../table/keys';
import type { Item } from '../table/read-item';
import type { Table } from '../table/table';
import type { MailResult } from './mail-item';

/** A lease on an email. `attempts` includes this attempt; `firstTriedAt` is the time of the first one. */
export interface Claim {
  readonly claimedAt: string;
  readonly attempts: number;
  readonly firstTriedAt: string;
  readonly dueAt?: string;
}

/**
 * `leased`: another sender holds the lease. `settled`: there is a result already, or the outbox has it for
 * another time.
 */
export type ClaimOutcome = Claim | 'leased' | 'settled';

/** An attempt to lease an email. `item` is the email after the attempt; absent if it does not exist. */
export interface LeaseAttempt {
  readonly written: boolean;
  readonly claimedAt: string;
  readonly item?: Item;
}

/**
 * Leases on emails: one conditional write lets one sender at a time send an email, and another records the
 * result.
 */
export class MailLeases {
  constructor(
    private readonly table: Table,
    /** The duration of a lease in milliseconds: longer than a send can take. */
    private readonly leaseMs: number,
  ) {}

  /**
   * Leases an email if `condition` holds, which can use the values `:claimed` and `:expired`: a lease of that
   * time or before has expired.
   */
  async claim(
    key: ItemKey,
    { set, remove }: Pick<Changes, 'set' | 'remove'>,
    { expression, values }: Condition,
    now: Date,
  ): Promise<LeaseAttempt> {
    const claimedAt = now.toISOString();
    const { written, item } = await this.table.update(
      key,
      {
        // No other claim has this ID, so a claim whose response was lost recognizes itself.
        set: { ...set, status: 'claimed', claimedAt, claimId: randomUUID() },
        setIfAbsent: { firstTriedAt: claimedAt },
        add: { attempts: 1 },
        remove,
      },
      {
        condition: { expression, values: { ...values, claimed: 'claimed', expired: this.cutoff(now) } },
        returnItem: 'always',
        isRepeatable: true,
      },
    );
    return { written, claimedAt, ...(item && { item }) };
  }

  /**
   * Records the result of a leased email with its time (`sentAt`, `failedAt`, …). Does nothing, and returns
   * false, if there is a result.
   */
  async mark(
    key: ItemKey,
    result: MailResult & { attempts?: number; ttl?: number },
    now: Date,
  ): Promise<boolean> {
    const { written } = await this.table.update(
      key,
      {
        set: { ...result, [`${result.status}At`]: now.toISOString() },
        remove: result.status === 'sent' ? ['error'] : [],
      },
      { condition: { expression: '#status = :claimed', values: { claimed: 'claimed' } } },
    );
    return written;
  }

  /** A lease that was taken at or before this time has expired. */
  cutoff(now: Date): string {
    return new Date(now.getTime() - this.leaseMs).toISOString();
  }
}

/**
 * Lets an email expire at `ttl`, in seconds since the epoch, that a delivery event of SES has settled while
 * it waited in the outbox. Does nothing if it has an expiry, or is not settled.
 */
export async function letExpire(table: Table, key: ItemKey, ttl: number): Promise<void> {
  const isSettled: Condition = {
    expression: 'attribute_exists(pk) AND NOT (#status IN (:due, :claimed))',
    values: { due: 'due', claimed: 'claimed' },
  };
  await table.update(key, { setIfAbsent: { ttl } }, { condition: isSettled });
}
