import type { AttributeChange, AuditEvent } from '../../store/audit/audit';
import { type QueueDifference, QueueVerifier } from '../../store/licenses/queue-verifier';
import { SeatQueue } from '../../store/licenses/seat-queue';
import type { Table } from '../../store/table/table';

/** The place at which a verification of the queue continues: first in its entries, then in the licenses. */
export interface QueuePosition {
  readonly queue: 'entries' | 'licenses';
  readonly after: string | null;
}

export interface VerifiedQueue {
  /** The entries that were compared. */
  readonly checked: number;
  readonly queue: readonly QueueDifference[];
  readonly repaired: number;
  readonly next?: QueuePosition;
}

export interface QueueVerificationOptions {
  readonly auditRetentionDays: number;
  readonly now: () => Date;
  /** Items of a query. */
  readonly pageSize: number;
  readonly isTimeUp: () => boolean;
  /** Returns the audit event of a repair; undefined if nothing is repaired. */
  readonly audit: ((change: AttributeChange) => AuditEvent) | undefined;
}

/**
 * Compares the queue for seats of a domain with the licenses that wait, from a place until the time is up. A repair deletes
 * entries by which no license waits, and creates those of licenses that have none. Free seats then go to these licenses.
 */
export async function verifyQueue(
  table: Table,
  domainId: string,
  from: QueuePosition,
  { auditRetentionDays, now, pageSize, isTimeUp, audit }: QueueVerificationOptions,
): Promise<VerifiedQueue> {
  const verifier = new QueueVerifier(table, domainId, auditRetentionDays);
  const queue: QueueDifference[] = [];
  let [checked, repaired, created] = [0, 0, 0];
  let position: QueuePosition | undefined = from;
  do {
    const page = await verifier[position.queue](pageSize, position.after ?? undefined);
    if (position.queue === 'entries') checked += page.read;
    queue.push(...page.differences);
    for (const difference of page.differences) {
      if (!audit || !(await verifier.repair(difference, audit(changeOf(difference))))) continue;
      repaired++;
      if (difference.problem === 'missing') created++;
    }
    position = nextPosition(position, page.next);
  } while (position && !isTimeUp());
  if (created > 0) await new SeatQueue(table, domainId, auditRetentionDays).requestPromotion(now());
  return { checked, queue, repaired, ...(position && { next: position }) };
}

const changeOf = ({ userId, problem }: QueueDifference): AttributeChange => ({
  attribute: 'seatQueue',
  [problem === 'stale' ? 'before' : 'after']: userId,
});

function nextPosition({ queue }: QueuePosition, next: string | undefined): QueuePosition | undefined {
  if (next !== undefined) return { queue, after: next };
  return queue === 'entries' ? { queue: 'licenses', after: null } : undefined;
}
