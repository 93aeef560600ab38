import { newId } from '../../id';
import type { AuditEvent } from '../../store/audit/audit';
import type { SeatCounts } from '../../store/domains/counts';
import type { Promotion, SeatQueue } from '../../store/licenses/seat-queue';

/** How many of those who wait are read at once. */
const BATCH_SIZE = 25;

export interface PromotionOptions {
  readonly now: () => Date;
  /** Whether what is left has to wait for another call. */
  readonly isTimeUp: () => boolean;
}

/** `finished`: nobody waits any more, or no seat is left. */
export interface PromotionResult {
  readonly promoted: number;
  readonly finished: boolean;
}

/**
 * Gives the free seats of a domain to those who wait, oldest first, in a transaction each. Every one of them is tried once: who
 * waits no more is passed over. Killed anywhere, or run by two at once, no seat is given twice: the next call goes on.
 */
export async function promoteQueued(
  queue: Pick<SeatQueue, 'seats' | 'oldest' | 'promote'>,
  { now, isTimeUp }: PromotionOptions,
): Promise<PromotionResult> {
  let promoted = 0;
  let last: string | undefined;
  for (;;) {
    const room = grantableSeats(await queue.seats());
    const waiting = room > 0 ? await queue.oldest(Math.min(room, BATCH_SIZE), last) : [];
    if (waiting.length === 0) return { promoted, finished: true };
    for (const each of waiting) {
      if (last !== undefined && isTimeUp()) return { promoted, finished: false };
      const outcome = await queue.promote(each, promotionOf(each.userId, now()));
      if (outcome === 'noSeat') return { promoted, finished: true };
      if (outcome === 'promoted') promoted++;
      last = each.changeId;
    }
  }
}

/** How many of those who wait have a seat. */
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
