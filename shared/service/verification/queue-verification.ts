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
  readonly sleep: (ms: number) => Promise<void>;
  /** Returns the audit event of a repair; undefined if nothing is repaired. */
  readonly audit: ((change: AttributeChange) => AuditEvent) | undefined;
}

/** A license beside a free seat is read this often. A promotion in progress gives it the seat in between. */
const OVERDUE_READS = 5;
const OVERDUE_INTERVAL_MS = 1_000;

/**
 * Compares the queue for seats of a domain with the licenses that wait, from a place until the time is up. A
 * repair deletes entries by which no license waits, and creates those of licenses that have none. Free seats
 * then go to these licenses. At the end, finds a license that waits although a seat is free, and a repair
 * requests its promotion.
 */
export async function verifyQueue(
  table: Table,
  domainId: string,
  from: QueuePosition,
  { auditRetentionDays, now, pageSize, isTimeUp, sleep, audit }: QueueVerificationOptions,
): Promise<VerifiedQueue> {
  const verifier = new QueueVerifier(table, domainId, auditRetentionDays);
  const queue: QueueDifference[] = [];
  let [checked, repaired, created] = [0, 0, 0];
  let position: QueuePosition | undefined = from;
  const report = async (difference: QueueDifference) => {
    queue.push(difference);
    if (!audit || !(await verifier.repair(difference, audit(changeOf(difference))))) return;
    repaired++;
    if (difference.problem === 'missing') created++;
  };
  do {
    const page = await verifier[position.queue](pageSize, position.after ?? undefined);
    if (position.queue === 'entries') checked += page.read;
    for (const difference of page.differences) await report(difference);
    position = nextPosition(position, page.next);
  } while (position && !isTimeUp());
  if (created > 0) await new SeatQueue(table, domainId, auditRetentionDays).requestPromotion(now());
  else if (!position) {
    const overdue = await findOverdue(verifier, sleep);
    if (overdue) await report(overdue);
  }
  return { checked, queue, repaired, ...(position && { next: position }) };
}

/** Returns the license that waits beside a free seat at each read. */
async function findOverdue(
  verifier: QueueVerifier,
  sleep: (ms: number) => Promise<void>,
): Promise<QueueDifference | undefined> {
  const first = await verifier.overdue();
  let last = first;
  for (let read = 2; read <= OVERDUE_READS && last !== undefined; read++) {
    await sleep(OVERDUE_INTERVAL_MS);
    last = await verifier.overdue();
    // The queue moves, so a promotion is in progress.
    if (last?.changeId !== first?.changeId) return undefined;
  }
  return last;
}

const changeOf = ({ userId, problem }: QueueDifference): AttributeChange => ({
  attribute: 'seatQueue',
  [problem === 'stale' ? 'before' : 'after']: userId,
});

function nextPosition({ queue }: QueuePosition, next: string | undefined): QueuePosition | undefined {
  if (next !== undefined) return { queue, after: next };
  return queue === 'entries' ? { queue: 'licenses', after: null } : undefined;
}
