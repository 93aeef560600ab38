import { auditWrite, type AuditEvent } from '../audit/audit';
import { readCounts, type SeatCounts } from '../domains/counts';
import { openCounts } from '../domains/counts-write';
import { pendingKey, pendingPartition, seatsKey } from '../table/keys';
import { text } from '../table/read-item';
import type { Table } from '../table/table';
import { ITEM_EXISTS } from '../table/write';
import { licenseWrite } from './license-write';
import { chooseFreeSeat, seatWrites, type SeatChoice } from './seats';

/** A license in the queue for a seat, and the change that put it there. */
export interface QueuedLicense {
  readonly userId: string;
  readonly changeId: string;
}

/** The ids of an activation that gives a seat to a queued license, and its audit event. */
export interface Promotion {
  readonly changeId: string;
  readonly activationId: string;
  readonly audit: AuditEvent;
}

/**
 * `notQueued`: the license left the queue, or entered it again by another change. `noSeat`: no seat is free.
 */
export type PromotionOutcome = 'promoted' | 'notQueued' | 'noSeat';

/** The licenses of one domain that wait for a seat, in the order in which they entered the queue. */
export class SeatQueue {
  /** The free seats of the last read. */
  private choice: SeatChoice | undefined;

  constructor(
    private readonly table: Table,
    private readonly domainId: string,
    private readonly auditRetentionDays: number,
  ) {}

  seats(): Promise<SeatCounts> {
    return readCounts(this.table, this.domainId);
  }

  /** Returns at most `limit` of the oldest entries after the change `after`. */
  oldest(limit: number, after?: string): Promise<QueuedLicense[]> {
    return readOldestQueued(this.table, this.domainId, limit, after);
  }

  /** Writes the seats if licenses are queued, so that the stream starts another promotion. */
  async requestPromotion(now: Date): Promise<void> {
    if ((await this.oldest(1)).length === 0) return;
    await openCounts(this.table, this.domainId);
    const key = seatsKey(this.domainId);
    await this.table.update(key, { set: { wokenAt: now.toISOString() } }, { condition: ITEM_EXISTS });
  }

  /** Gives a free seat to a queued license, in one transaction. */
  async promote(license: QueuedLicense, promotion: Promotion): Promise<PromotionOutcome> {
    const { userId, changeId: queuedChangeId } = license;
    const { changeId, activationId, audit } = promotion;
    const change = { status: 'active', changeId, activationId, queuedChangeId } as const;
    for (;;) {
      this.choice ??= chooseFreeSeat(await openCounts(this.table, this.domainId));
      if (!this.choice) return 'noSeat';
      const [failed] = await this.table.tryTransact([
        licenseWrite({ domainId: this.domainId, userId, audit, change }),
        ...seatWrites(this.domainId, userId, change, 0, this.choice),
        auditWrite(this.domainId, audit, this.auditRetentionDays),
      ]);
      if (failed === undefined) return 'promoted';
      if (failed === 0) return 'notQueued';
      this.choice = undefined;
    }
  }
}

/** Returns at most `limit` of a domain's oldest queued licenses, after the change `after`. */
export async function readOldestQueued(
  table: Table,
  domainId: string,
  limit: number,
  after?: string,
): Promise<QueuedLicense[]> {
  const { items } = await table.query({
    pk: pendingPartition(domainId),
    limit,
    ...(after !== undefined && { after: pendingKey(domainId, after) }),
  });
  return items.map((item) => ({ changeId: text(item, 'sk'), userId: text(item, 'userId') }));
}
