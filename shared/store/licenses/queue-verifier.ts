import { auditWrite, type AuditEvent } from '../audit/audit';
import { readSnapshot } from '../domains/counts';
import type { Condition } from '../table/expressions';
import { licensePartition, licenseRecordKey, pendingKey, pendingPartition, seatsKey } from '../table/keys';
import { optionalText, text, type Item } from '../table/read-item';
import type { Table } from '../table/table';
import { ITEM_EXISTS, ITEM_IS_ABSENT, type Write } from '../table/write';
import { readOldestQueued, type QueuedLicense } from './seat-queue';

/**
 * A difference between the queue for seats and the licenses. `stale`: the license does not wait by this
 * entry. `missing`: the license waits, but has no entry, so no free seat would ever reach it. `overdue`: the
 * license waits although a seat is free, because the promotion was lost.
 */
export interface QueueDifference extends QueuedLicense {
  readonly problem: 'stale' | 'missing' | 'overdue';
}

export interface QueuePage {
  /** The entries or licenses that were read. */
  readonly read: number;
  readonly differences: readonly QueueDifference[];
  /** The place at which the next page begins; absent at the end. */
  readonly next?: string;
}

/** The entries that are read at once to find the oldest waiting license. */
const OLDEST_SIZE = 25;

/**
 * Compares the queue for seats with the licenses that wait. A license enters and leaves the queue in one
 * transaction with its entry, and never twice by the same change. So a difference that these reads find is
 * not a change in progress.
 */
export class QueueVerifier {
  constructor(
    private readonly table: Table,
    private readonly domainId: string,
    private readonly auditRetentionDays: number,
  ) {}

  /** Finds stale entries among at most `limit` entries after the change `after`. */
  async entries(limit: number, after?: string): Promise<QueuePage> {
    const pk = pendingPartition(this.domainId);
    const page = await this.table.query({
      pk,
      limit,
      ...(after !== undefined && { after: { pk, sk: after } }),
    });
    const entries = page.items.map((item) => ({ changeId: text(item, 'sk'), userId: text(item, 'userId') }));
    const waiting = await this.waitingAmong(entries.map(({ userId }) => userId));
    const suspects = entries.filter(({ userId, changeId }) => waiting.get(userId) !== changeId);
    // The license may have left the queue after its entry was read.
    const existing = await this.existingAmong(suspects);
    const differences = suspects
      .filter(({ changeId }) => existing.has(changeId))
      .map((entry) => ({ ...entry, problem: 'stale' as const }));
    return { read: entries.length, differences, ...(page.next && { next: page.next.sk }) };
  }

  /** Finds licenses without an entry among at most `limit` licenses after that of the user `after`. */
  async licenses(limit: number, after?: string): Promise<QueuePage> {
    const pk = licensePartition(this.domainId);
    const page = await this.table.query({
      pk,
      limit,
      attributes: ['sk', 'status', 'changeId'],
      ...(after !== undefined && { after: { pk, sk: after } }),
    });
    const waiting = page.items.flatMap((item) => waitingLicense(item) ?? []);
    const existing = await this.existingAmong(waiting);
    const suspects = waiting.filter(({ changeId }) => !existing.has(changeId));
    // The license may have left the queue before its entry was read.
    const still = await this.waitingAmong(suspects.map(({ userId }) => userId));
    const differences = suspects
      .filter(({ userId, changeId }) => still.get(userId) === changeId)
      .map((license) => ({ ...license, problem: 'missing' as const }));
    return { read: page.items.length, differences, ...(page.next && { next: page.next.sk }) };
  }

  /**
   * Returns the oldest waiting license if a seat is free; undefined if no license waits, or no seat is free.
   * A promotion that has not begun yet looks the same.
   */
  async overdue(): Promise<QueueDifference | undefined> {
    let after: string | undefined;
    do {
      const entries = await readOldestQueued(this.table, this.domainId, OLDEST_SIZE, after);
      const waiting = await this.waitingAmong(entries.map(({ userId }) => userId));
      const oldest = entries.find(({ userId, changeId }) => waiting.get(userId) === changeId);
      if (oldest) return (await this.hasFreeSeat()) ? { ...oldest, problem: 'overdue' } : undefined;
      after = entries.length < OLDEST_SIZE ? undefined : entries.at(-1)?.changeId;
    } while (after !== undefined);
    return undefined;
  }

  /** An activation takes a seat from a shard under the same condition. */
  private async hasFreeSeat(): Promise<boolean> {
    const { shards, deletedAt } = await readSnapshot(this.table, this.domainId);
    return deletedAt === undefined && shards.some(({ limit, free }) => limit === undefined || free > 0);
  }

  /**
   * Deletes a stale entry, creates a missing one, or requests an overdue promotion. Returns false if the
   * license or the queue has changed.
   */
  async repair(difference: QueueDifference, audit: AuditEvent): Promise<boolean> {
    const failed = await this.table.tryTransact([
      ...this.repairWrites(difference, audit.at),
      auditWrite(this.domainId, audit, this.auditRetentionDays),
    ]);
    return failed.length === 0;
  }

  private repairWrites({ userId, changeId, problem }: QueueDifference, at: string): Write[] {
    const license = licenseRecordKey(this.domainId, userId);
    const entry = pendingKey(this.domainId, changeId);
    switch (problem) {
      case 'stale':
        return [
          { check: license, condition: isWaiting(changeId, false) },
          { delete: entry, condition: ITEM_EXISTS },
        ];
      case 'missing':
        return [
          { check: license, condition: isWaiting(changeId, true) },
          { put: { ...entry, userId }, condition: ITEM_IS_ABSENT },
        ];
      case 'overdue':
        // The stream starts a promotion after each change of the seats.
        return [
          { check: license, condition: isWaiting(changeId, true) },
          { update: seatsKey(this.domainId), set: { wokenAt: at }, condition: ITEM_EXISTS },
        ];
    }
  }

  /** Returns the changes that put the licenses of these users into the queue, by user. */
  private async waitingAmong(userIds: readonly string[]): Promise<Map<string, string>> {
    const keys = [...new Set(userIds)].map((userId) => licenseRecordKey(this.domainId, userId));
    const licenses = (await this.table.getAll(keys)).flatMap((item) => waitingLicense(item) ?? []);
    return new Map(licenses.map(({ userId, changeId }) => [userId, changeId]));
  }

  /** Returns the changes of these that have an entry. */
  private async existingAmong(licenses: readonly QueuedLicense[]): Promise<Set<string>> {
    const keys = licenses.map(({ changeId }) => pendingKey(this.domainId, changeId));
    return new Set((await this.table.getAll(keys)).map((item) => text(item, 'sk')));
  }
}

function waitingLicense(item: Item): QueuedLicense | undefined {
  const changeId = optionalText(item, 'changeId');
  if (item.status !== 'pending' || changeId === undefined) return undefined;
  return { userId: text(item, 'sk'), changeId };
}

const isWaiting = (changeId: string, expected: boolean): Condition => ({
  expression: expected
    ? '#status = :pending AND #changeId = :changeId'
    : 'attribute_not_exists(pk) OR #status <> :pending OR #changeId <> :changeId',
  values: { pending: 'pending', changeId },
});
