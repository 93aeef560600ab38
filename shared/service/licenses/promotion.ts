import { newId, newIdAfter } from '../../id';
import type { AuditEvent } from '../../store/audit/audit';
import type { Promotion, QueuedLicense, SeatQueue } from '../../store/licenses/seat-queue';

/** The number of queued licenses that are read at once. */
const BATCH_SIZE = 25;

export interface PromotionOptions {
  readonly now: () => Date;
  /** Returns whether the remaining licenses must wait for another call. */
  readonly isTimeUp: () => boolean;
}

/** `finished` is true if the queue is empty, or no seat is left. */
export interface PromotionResult {
  readonly promoted: number;
  readonly finished: boolean;
}

/**
 * Gives the free seats of a domain to queued licenses, oldest first, with one transaction per license. Tries
 * each license once, and skips licenses that are no longer queued. No seat is given twice, even if a call is
 * killed or two calls run at the same time. The next call continues.
 *
 * A license that enters the queue and a seat that becomes free each cause a call. The call of the later one
 * sees both, because it reads after both are written.
 */
export async function promoteQueued(
  queue: Pick<SeatQueue, 'oldest' | 'promote'>,
  { now, isTimeUp }: PromotionOptions,
): Promise<PromotionResult> {
  let promoted = 0;
  let last: string | undefined;
  for (;;) {
    // In most domains nothing is queued, so the queue is read before the seats.
    const queued = await queue.oldest(last === undefined ? 1 : BATCH_SIZE, last);
    if (queued.length === 0) return { promoted, finished: true };
    for (const license of queued) {
      if (last !== undefined && isTimeUp()) return { promoted, finished: false };
      const outcome = await queue.promote(license, promotionOf(license, now()));
      if (outcome === 'noSeat') return { promoted, finished: true };
      if (outcome === 'promoted') promoted++;
      last = license.changeId;
    }
  }
}

function promotionOf({ userId, changeId: queuedChangeId }: QueuedLicense, now: Date): Promotion {
  const changeId = newIdAfter(queuedChangeId);
  const audit: AuditEvent = {
    id: newId(),
    at: now.toISOString(),
    action: 'license.promoted',
    resourceId: userId,
    actor: { kind: 'system', name: 'promotion' },
    license: 'activated',
  };
  return { changeId, activationId: changeId, audit };
}
