import type { Changes, Condition } from '../table/expressions';

/**
 * Thrown if a license keeps its key and the change assumes that it does not, or the reverse. Nothing was
 * written.
 */
export class KeyGraceConflict extends Error {
  override readonly name = 'KeyGraceConflict';
}

/** The assumption of a change about the key of the license. Its write checks the assumption. */
export interface KeyGrace {
  /** The key of a license that ended after this time is kept. RFC 3339, UTC. */
  readonly cutoff: string;
  /**
   * True if the license keeps the key of its last activation, or was never active. False if it gets a new
   * key.
   */
  readonly keepsKey: boolean;
}

/** The parts of a change of status that concern the key. */
interface StatusChange {
  readonly status: 'active' | 'pending' | 'inactive';
  readonly changeId?: string;
  readonly activationId?: string;
  readonly queuedChangeId?: string;
  readonly reason?: 'deactivated' | 'deleted';
  readonly grace?: KeyGrace;
}

type KeyChanges = Required<Pick<Changes, 'set' | 'copy' | 'remove'>>;

const NOTHING: KeyChanges = { set: {}, copy: {}, remove: [] };
const KEPT = ['keptActivationId', 'endedAt'];

/**
 * Returns what a change of status does to the key of a license. When a license ends, it stores its activation
 * as `keptActivationId`, and the time as `endedAt`. The next activation takes `keptActivationId` back. If the
 * license does not keep its key, the change that puts it into the queue for a seat removes both attributes.
 * So a promotion needs no time.
 */
export function keyChanges(change: StatusChange, at: string): KeyChanges {
  const { status, changeId, activationId, queuedChangeId, reason, grace } = change;
  if (changeId === undefined) return NOTHING;
  if (status === 'pending') return { ...NOTHING, remove: grace?.keepsKey ? [] : KEPT };
  if (status === 'active') {
    const remove = [...KEPT, 'replacedActivationId'];
    const isPromotion = queuedChangeId !== undefined;
    return isPromotion || grace?.keepsKey
      ? {
          set: {},
          copy: { activationId: { from: 'keptActivationId', otherwise: activationId } },
          remove,
        }
      : { set: { activationId }, copy: {}, remove };
  }
  if (queuedChangeId !== undefined) return NOTHING;
  const remove = ['replacedActivationId'];
  // A deleted user never becomes active again.
  if (reason === 'deleted') return { ...NOTHING, remove };
  return {
    set: { endedAt: at },
    copy: { keptActivationId: { from: 'activationId', otherwise: changeId } },
    remove,
  };
}

/**
 * Returns the condition that the assumption holds. At least one of the two assumptions always holds, so a
 * change needs at most two attempts.
 */
export const keyGraceCondition = ({ cutoff, keepsKey }: KeyGrace): Condition => ({
  expression: keepsKey
    ? 'attribute_not_exists(keptActivationId) OR endedAt > :graceCutoff'
    : 'attribute_not_exists(endedAt) OR endedAt <= :graceCutoff',
  values: { graceCutoff: cutoff },
});
