import { newId } from '../../id';
import type { AuditEvent } from '../../store/audit/audit';
import type { SeatCounts } from '../../store/domains/counts';
import type { Promotion, SeatQueue } from '../../store/licenses/seat-queue';

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
 */
export async function promoteQueued(
  queue: Pick<SeatQueue, 'seats' | 'oldest' | 'promote'>,
  { now, isTimeUp }: PromotionOptions,
): Promise<PromotionResult> {
  let promoted = 0;
  let last: string | undefined;
  for (;;) {
    const grantable = grantableSeats(await queue.seats());
    const queued = grantable > 0 ? await queue.oldest(Math.min(grantable, BATCH_SIZE), last) : [];
    if (queued.length === 0) return { promoted, finished: true };
    for (const license of queued) {
      if (last !== undefined && isTimeUp()) return { promoted, finished: false };
      const outcome = await queue.promote(license, promotionOf(license.userId, now()));
      if (outcome === 'noSeat') return { promoted, finished: true };
      if (outcome === 'promoted') promoted++;
      last = license.changeId;
    }
  }
}

/** Returns the number of queued licenses for which a seat is free. */
export const grantableSeats = ({ seats = Infinity, activeLicenses, pendingLicenses }: SeatCounts): number =>
  Math.max(0, Math.min(pendingLicenses, seats - activeLicenses));

function promotionOf(userId: string, now: Date): Promotion {
  const changeId = newId();
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
