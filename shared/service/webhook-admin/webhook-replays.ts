import type { Actor } from '../../store/audit/audit';
import type { DeadLetter } from '../../store/webhooks/undelivered';
import type { SubscriptionRef } from '../../store/webhooks/webhook-keys';
import type { DeliveredSubscription } from '../../store/webhooks/webhook-subscriptions';
import type { TimeRange } from '../../store/webhooks/webhook-progress';
import { AdminError } from '../admin/admin-error';
import { expiryTime } from '../webhooks/expired-events';
import { findActive, webhookAudit } from './find-webhook';
import { RETRY_WINDOW_MS } from '../webhooks/retry-schedule';
import type { WebhookAdminParts } from './webhook-admin-parts';

/** The most dead letters that one request replays. */
export const MAX_REPLAYED = 500;
const PAGE_SIZE = 100;

/** The events to deliver again: dead letters by the ids of their events, or all events since a time. */
export interface Replay {
  readonly deadLetters?: 'all' | readonly string[];
  /** RFC 3339. */
  readonly since?: string;
}

export type ReplayResult =
  /** `more` is true if dead letters are left. Then the request can be sent again. */
  { readonly replayed: number; readonly more: boolean } | { readonly since: string };

/** Delivers dead letters again, or all events since a time. Throws an `AdminError`. */
export async function replay(
  parts: WebhookAdminParts,
  ref: SubscriptionRef,
  { deadLetters, since }: Replay,
  actor: Actor,
): Promise<ReplayResult> {
  if ((deadLetters === undefined) === (since === undefined))
    throw new AdminError('A replay needs either "deadLetters" or "since". Send one of them.');
  const subscription = await findActive(parts.subscriptions, ref);
  return deadLetters === undefined
    ? replaySince(parts, subscription, new Date(since ?? ''), actor)
    : replayDeadLetters(parts, ref, deadLetters, actor);
}

/** The replayed events have as much time for attempts as new ones. */
async function replayDeadLetters(
  parts: WebhookAdminParts,
  ref: SubscriptionRef,
  eventIds: readonly string[] | 'all',
  actor: Actor,
): Promise<ReplayResult> {
  const { undelivered, states, writeAudit, lanes, now } = parts;
  const givenUp = (await states.get(ref))?.givenUp;
  const found = await findDeadLetters(parts, ref, eventIds);
  const replayed = found.slice(0, MAX_REPLAYED);
  if (replayed.length > 0) {
    const changes = [{ attribute: 'deadLetters', after: replayed.length }];
    await writeAudit(ref.scope, webhookAudit('subscription.replayed', ref, actor, now(), changes));
    const retryUntil = new Date(now().getTime() + RETRY_WINDOW_MS);
    for (const letter of replayed) await undelivered.replay(ref, letter, retryUntil);
    if (givenUp) await forgetReplayed(parts, ref, givenUp);
    await lanes.send({ domainId: ref.scope, subscriptionId: ref.subscriptionId });
  }
  return { replayed: replayed.length, more: found.length > MAX_REPLAYED };
}

/** Notes which dead letters are left. Those that expire before they are replayed are lost. */
async function forgetReplayed(
  { undelivered, lost, now }: WebhookAdminParts,
  ref: SubscriptionRef,
  givenUp: TimeRange,
): Promise<void> {
  // Some of them have expired, and no run has noticed it yet.
  if (givenUp.from < expiryTime(now())) return;
  let oldest: DeadLetter | undefined;
  let after: number | undefined;
  do {
    const page = await undelivered.deadLetters(ref, { now: now(), limit: PAGE_SIZE, after });
    [oldest] = page.deadLetters;
    after = page.next;
  } while (!oldest && after !== undefined);
  await lost.forgetGivenUp(ref, givenUp, oldest?.time);
}

/**
 * Returns the dead letters of these events, oldest first: one more than a request replays, if there are so
 * many.
 */
async function findDeadLetters(
  { undelivered, now }: WebhookAdminParts,
  ref: SubscriptionRef,
  eventIds: readonly string[] | 'all',
): Promise<DeadLetter[]> {
  const wanted = eventIds === 'all' ? undefined : new Set(eventIds);
  const enough = wanted?.size ?? MAX_REPLAYED + 1;
  const found: DeadLetter[] = [];
  let after: number | undefined;
  do {
    const page = await undelivered.deadLetters(ref, { now: now(), limit: PAGE_SIZE, after });
    found.push(...page.deadLetters.filter(({ eventId }) => wanted?.has(eventId) ?? true));
    after = page.next;
  } while (after !== undefined && found.length < enough);
  const missing = [...(wanted ?? [])].find((id) => !found.some(({ eventId }) => eventId === id));
  if (missing !== undefined)
    throw new AdminError(
      `The webhook has no dead letter of the event ${missing}. List its dead letters.`,
      'notFound',
    );
  return found;
}

/** Never skips what is not delivered yet. */
async function replaySince(
  { positionBefore, states, lost, writeAudit, lanes, now }: WebhookAdminParts,
  { startPosition, scope, subscriptionId }: DeliveredSubscription,
  since: Date,
  actor: Actor,
): Promise<ReplayResult> {
  if (since > now()) throw new AdminError('"since" is in the future. Choose a time in the last 30 days.');
  const ref = { scope, subscriptionId };
  // Events before it have expired.
  const start = new Date(Math.max(since.getTime(), Date.parse(expiryTime(now())))).toISOString();
  const position = await positionBefore(scope, start);
  const changes = [{ attribute: 'since', after: start }];
  await writeAudit(scope, webhookAudit('subscription.replayed', ref, actor, now(), changes));
  const { position: reached = startPosition, givenUp } = (await states.get(ref)) ?? {};
  if (position < reached) await states.moveTo(ref, position, start);
  else await states.retryNow(ref);
  if (givenUp && start <= givenUp.from) await lost.forgetGivenUp(ref, givenUp);
  await lanes.send({ domainId: scope, subscriptionId });
  return { since: start };
}
