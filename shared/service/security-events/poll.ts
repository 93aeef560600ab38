import type { LostEvents } from '../../store/webhooks/lost-events';
import type { PendingSet, PendingSets } from '../../store/webhooks/pending-sets';
import type { UndeliveredEvents } from '../../store/webhooks/undelivered';
import type { SubscriptionRef } from '../../store/webhooks/webhook-keys';
import { hourOf } from '../webhooks/expired-events';
import { refusalReason, type SetError } from './set-error';
import { positionInJti } from './security-event-token';

/** The most SETs of a response. */
export const MAX_SETS = 100;
/** The most SETs that a request acknowledges. */
export const MAX_ACKNOWLEDGED = 500;
/** A response of Lambda has at most 6 MB. */
const MAX_BYTES = 3_000_000;
/** The deletions in progress at the same time. */
const CONCURRENCY = 25;
/**
 * The time for which a request without SETs waits for one. A longer wait would occupy the function of the
 * admin API.
 */
const LONG_POLL_MS = 2_000;
const LOOK_EVERY_MS = 500;

/** A request of a receiver (RFC 8936 §2.2). */
export interface Poll {
  /** @default MAX_SETS */
  readonly maxEvents?: number;
  /** @default false */
  readonly returnImmediately?: boolean;
  readonly ack?: readonly string[];
  readonly setErrs?: Readonly<Record<string, SetError>>;
}

/** The response (RFC 8936 §2.3): the SETs by `jti`. */
export interface PollResponse {
  readonly sets: Readonly<Record<string, string>>;
  readonly moreAvailable: boolean;
}

export interface PollParts {
  readonly sets: Pick<PendingSets, 'find' | 'first' | 'remove'>;
  readonly undelivered: Pick<UndeliveredEvents, 'giveUp'>;
  readonly now: () => Date;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly lost: Pick<LostEvents, 'giveUp'>;
  /**
   * Called with the time of the oldest SET that is not acknowledged, after each poll; undefined if there is
   * none.
   */
  readonly onPolled: (ref: SubscriptionRef, oldest: string | undefined) => Promise<void>;
  /** Called for each SET that the receiver refuses. */
  readonly onRefused: (ref: SubscriptionRef, set: PendingSet, reason: string) => void;
}

/**
 * Removes the SETs that the receiver has processed or refused, and returns the next ones. A SET that is
 * neither is returned again by the next poll. Whatever a receiver acknowledges besides is ignored, because a
 * poll may be repeated.
 */
export async function poll(
  ref: SubscriptionRef,
  { maxEvents = MAX_SETS, returnImmediately = false, ack = [], setErrs = {} }: Poll,
  parts: PollParts,
): Promise<PollResponse> {
  await forEach(placed(ack), (set) => parts.sets.remove(ref, set));
  await forEach(placed(Object.keys(setErrs)), (set) => refuse(ref, set, setErrs[set.jti], parts));
  const until = parts.now().getTime() + (returnImmediately ? 0 : LONG_POLL_MS);
  for (;;) {
    // A receiver that wants none waits for the first one, too (RFC 8936 §2.4.2).
    const { sets, more } = await take(ref, Math.min(Math.max(maxEvents, 1), MAX_SETS), parts);
    if (sets.length > 0 || parts.now().getTime() >= until) {
      await parts.onPolled(ref, sets[0]?.time);
      return maxEvents === 0
        ? { sets: {}, moreAvailable: sets.length > 0 }
        : { sets: Object.fromEntries(sets.map(({ jti, jwt }) => [jti, jwt])), moreAvailable: more };
    }
    await parts.wait(LOOK_EVERY_MS);
  }
}

/** Returns the first SETs that fit in a response, and at least one. */
async function take(ref: SubscriptionRef, limit: number, { sets, now }: PollParts) {
  const page = await sets.first(ref, now(), limit);
  let bytes = 0;
  const fitting = page.sets.filter(({ jwt }, index) => (bytes += jwt.length) <= MAX_BYTES || index === 0);
  return { sets: fitting, more: page.more || fitting.length < page.sets.length };
}

/** Keeps a SET that its receiver cannot process as a dead letter, so that an administrator sees why. */
async function refuse(
  ref: SubscriptionRef,
  placedSet: Pick<PendingSet, 'position' | 'jti'>,
  error: SetError | undefined,
  { sets, undelivered, lost, now, onRefused }: PollParts,
): Promise<void> {
  const set = await sets.find(ref, placedSet);
  if (!set) return;
  const { jti: _, jwt: __, ...event } = set;
  const reason = refusalReason(error);
  await lost.giveUp(ref, hourOf(set.time));
  await undelivered.giveUp(ref, { ...event, attempts: 1, error: reason, failedAt: now().toISOString() });
  await sets.remove(ref, placedSet);
  onRefused(ref, set, reason);
}

/** Returns the positions of SETs, each once. */
const placed = (ids: readonly string[]): Pick<PendingSet, 'position' | 'jti'>[] =>
  [...new Set(ids)].flatMap((jti) => {
    const position = positionInJti(jti);
    return position === undefined ? [] : [{ position, jti }];
  });

async function forEach<T>(elements: readonly T[], run: (element: T) => Promise<void>): Promise<void> {
  for (let start = 0; start < elements.length; start += CONCURRENCY)
    await Promise.all(elements.slice(start, start + CONCURRENCY).map(run));
}
