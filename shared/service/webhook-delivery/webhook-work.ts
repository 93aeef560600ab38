import type { ParkedWebhooks } from '../../store/webhooks/parked-webhooks';
import type { SubscriptionRef } from '../../store/webhooks/webhook-keys';
import type { WebhookLease, WebhookStates } from '../../store/webhooks/webhook-state';
import { isDown } from '../webhooks/endpoint-health';
import type { RunResult, WebhookRunParts, WebhookTarget } from './run-parts';
import type { WebhookLanes, WebhookMessage } from '../webhooks/webhook-lanes';
import { runWebhook } from './webhook-run';

/** Attempts that are due sooner are a message with a delay. The schedule finds the others. */
const LONGEST_DELAY_MS = 15 * 60_000;
/** An endpoint that fails for so long is one that its administrator must look at. */
const FAILING_MS = 60 * 60_000;

export interface WebhookWorkParts extends Pick<
  WebhookRunParts,
  'undelivered' | 'lost' | 'log' | 'now' | 'random' | 'onAttempt' | 'onDeadLetter' | 'onSkipped'
> {
  /** Returns the webhook if it exists and is not paused. */
  readonly targetOf: (ref: SubscriptionRef) => Promise<WebhookTarget | Ended>;
  /** Returns the ids of the active webhooks of a domain, or of the deployment. */
  readonly activeWebhooks: (scope: string) => Promise<readonly string[]>;
  readonly states: Pick<
    WebhookStates,
    'all' | 'request' | 'save' | 'release' | 'abandon' | 'unpark' | 'delete'
  >;
  readonly parked: Pick<ParkedWebhooks, 'park' | 'unpark' | 'all'>;
  readonly lanes: WebhookLanes;
}

/** The state of all webhooks that wait for their next attempt. */
interface ParkedSummary {
  /** The endpoints that have been failing for more than an hour. */
  readonly failing: number;
  /** The age of the oldest event that is not delivered, in seconds. */
  readonly oldestSeconds: number;
}

export interface DeliveryOptions {
  readonly isTimeUp: () => boolean;
  /** The message was received before, so an earlier run may have died with its lease. */
  readonly isRepeated: boolean;
}

/** Does what a message requests. Returns `postponed` if the message has to be tried again. */
export async function deliverWebhooks(
  { domainId: scope, subscriptionId, isParked }: WebhookMessage,
  options: DeliveryOptions,
  parts: WebhookWorkParts,
): Promise<'finished' | 'postponed'> {
  if (subscriptionId !== undefined)
    return deliver({ scope, subscriptionId }, { ...options, isParked }, parts);
  await wakeAll(scope, parts);
  return 'finished';
}

/** Requests deliveries to the webhooks of a scope that may be tried now. */
async function wakeAll(
  scope: string,
  { activeWebhooks, states, lanes, now }: WebhookWorkParts,
): Promise<void> {
  const ids = await activeWebhooks(scope);
  if (ids.length === 0) return;
  const byId = new Map((await states.all(scope)).map((state) => [state.subscriptionId, state]));
  for (const subscriptionId of ids) {
    const health = byId.get(subscriptionId);
    if (health && isDown(health, now())) continue;
    await lanes.send({ domainId: scope, subscriptionId }, { health });
  }
}

async function deliver(
  ref: SubscriptionRef,
  { isTimeUp, isRepeated, isParked }: DeliveryOptions & Pick<WebhookMessage, 'isParked'>,
  parts: WebhookWorkParts,
): Promise<'finished' | 'postponed'> {
  const { targetOf, states } = parts;
  let lease = await states.request(ref, parts.now());
  // A run in progress sees the request. One that has died does not, and its lease ends later.
  if (!lease && isRepeated) return 'postponed';
  while (lease) {
    const current: WebhookLease = lease;
    try {
      // A change of the subscription takes the lease from a run in progress. So the subscription is read
      // under the lease.
      const target = await targetOf(ref);
      if (isEnded(target)) {
        await states.release(current, { force: true });
        return await end(ref, target, parts);
      }
      lease = await turn(current, { ...parts, target, isTimeUp, isParked });
    } catch (error) {
      // The message is tried again before the lease would end.
      await states.abandon(lease ?? current).catch(() => undefined);
      throw error;
    }
  }
  return 'finished';
}

const isEnded = (target: WebhookTarget | Ended): target is Ended =>
  target === 'paused' || target === 'deleted';
type Ended = 'paused' | 'deleted';

/** Forgets when a webhook is tried again that was paused or deleted. */
async function end(
  ref: SubscriptionRef,
  target: Ended,
  { parked, states }: WebhookWorkParts,
): Promise<'finished'> {
  await parked.unpark(ref);
  await (target === 'deleted' ? states.delete(ref) : states.unpark(ref));
  return 'finished';
}

type TurnParts = WebhookWorkParts &
  Pick<WebhookRunParts, 'target' | 'isTimeUp'> &
  Pick<WebhookMessage, 'isParked'>;

/** Runs once. Returns another lease if a request came during the run. */
async function turn(lease: WebhookLease, parts: TurnParts): Promise<WebhookLease | undefined> {
  const { states, parked, lanes, now, isTimeUp, isParked } = parts;
  const { ref } = parts.target;
  const { parkedUntil } = lease.state;
  const result: RunResult = await runWebhook(lease, parts);
  const { state } = result.lease;
  if (result.end === 'lost') {
    // The run that follows may have begun before this one deferred its last event.
    await lanes.send({ domainId: ref.scope, subscriptionId: ref.subscriptionId }, { health: state });
    return undefined;
  }
  if (result.end === 'parked') await park(ref, result, parkedUntil, parts);
  // A run that died after it parked the webhook did not store that.
  else if (result.end === 'idle' && (parkedUntil !== undefined || isParked)) await parked.unpark(ref);
  let again = await states.release(result.lease, {
    force: result.end === 'unfinished' || isDown(state, now()),
  });
  if (result.end !== 'unfinished' && !(again && isTimeUp())) return again;
  while (again) again = await states.release(again, { force: true });
  await lanes.send({ domainId: ref.scope, subscriptionId: ref.subscriptionId }, { health: state });
  return undefined;
}

/** Notes when a webhook is tried again, so that the schedule requests it, unless that is noted already. */
async function park(
  ref: SubscriptionRef,
  { lease: { state }, oldestEventAt }: RunResult,
  parkedUntil: string | undefined,
  { parked, lanes, now }: WebhookWorkParts,
): Promise<void> {
  const dueAt = state.parkedUntil ?? now().toISOString();
  if (parkedUntil !== undefined && parkedUntil > now().toISOString() && parkedUntil <= dueAt) return;
  await parked.park({
    ...ref,
    dueAt,
    oldestEventAt: oldestEventAt ?? now().toISOString(),
    ...(state.failingSince !== undefined && { failingSince: state.failingSince }),
  });
  const delayMs = Date.parse(dueAt) - now().getTime();
  if (delayMs <= LONGEST_DELAY_MS)
    await lanes.send(
      { domainId: ref.scope, subscriptionId: ref.subscriptionId },
      { health: state, delaySeconds: Math.max(0, Math.ceil(delayMs / 1_000)) },
    );
}

/** Requests deliveries to the webhooks whose next attempt is due. Returns the state of all that wait. */
export async function wakeParked({ parked, lanes, now }: Pick<WebhookWorkParts, 'parked' | 'lanes' | 'now'>) {
  let failing = 0;
  let oldest = now().getTime();
  for await (const webhooks of parked.all())
    for (const { scope, subscriptionId, dueAt, failingSince, oldestEventAt } of webhooks) {
      if (failingSince !== undefined && now().getTime() - Date.parse(failingSince) > FAILING_MS) failing++;
      oldest = Math.min(oldest, Date.parse(oldestEventAt));
      if (dueAt > now().toISOString()) continue;
      const health = { failures: 0, pauses: 0, failingSince: failingSince ?? oldestEventAt };
      await lanes.send({ domainId: scope, subscriptionId, isParked: true }, { health });
    }
  return { failing, oldestSeconds: (now().getTime() - oldest) / 1_000 } satisfies ParkedSummary;
}
