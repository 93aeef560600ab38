import { draftFinding, type FindingDraft } from '../diagnostics/finding';
import type { SignedSubscription } from '../../store/webhooks/webhook-subscriptions';
import type { WebhookState } from '../../store/webhooks/webhook-progress';
import { skippedEvents, type UndeliveredTimes } from './expired-events';

/** An endpoint that fails for less time may be restarting. */
const FAILING_MS = 15 * 60_000;
/** The time for which a loss is reported after it was noticed. */
const SKIPPED_SHOWN_MS = 30 * 86_400_000;

/** The state of the webhooks of a domain. */
export interface CheckedWebhooks {
  readonly webhooks: readonly Pick<SignedSubscription, 'subscriptionId' | 'name'>[];
  readonly states: readonly (Pick<WebhookState, 'subscriptionId' | 'failingSince' | 'lastError'> &
    UndeliveredTimes)[];
  /** The number of dead letters of each webhook. */
  readonly deadLetters: ReadonlyMap<string, number>;
}

/**
 * Reports endpoints that fail, events that were given up, and events that expired. Paused and deleted
 * webhooks are not reported.
 */
export function webhookFindings(
  { webhooks, states, deadLetters }: CheckedWebhooks,
  now: Date,
): FindingDraft[] {
  const failing = webhooks.flatMap(({ subscriptionId, name }) => {
    const state = states.find((each) => each.subscriptionId === subscriptionId);
    const since = state?.failingSince;
    if (since === undefined || now.getTime() - Date.parse(since) < FAILING_MS) return [];
    return [{ subscriptionId, name, failingSince: since, error: state?.lastError ?? null }];
  });
  const lost = webhooks.flatMap(({ subscriptionId, name }) => {
    const count = deadLetters.get(subscriptionId) ?? 0;
    return count === 0 ? [] : [{ subscriptionId, name, deadLetters: count }];
  });
  const skipped = webhooks.flatMap(({ subscriptionId, name }) => {
    const state = states.find((each) => each.subscriptionId === subscriptionId);
    const events = state && skippedEvents(state, now);
    if (!events || now.getTime() - Date.parse(events.at) > SKIPPED_SHOWN_MS) return [];
    return [{ subscriptionId, name, from: events.from, until: events.until }];
  });
  return [
    ...(failing.length === 0
      ? []
      : [draftFinding('webhooks-failing', 'warning', { names: namesOf(failing) }, failing)]),
    ...(lost.length === 0
      ? []
      : [draftFinding('webhook-dead-letters', 'error', { names: namesOf(lost) }, lost)]),
    ...(skipped.length === 0
      ? []
      : [draftFinding('webhook-events-skipped', 'error', { names: namesOf(skipped) }, skipped)]),
  ];
}

const namesOf = (webhooks: readonly { readonly name: string }[]): string[] =>
  webhooks.map(({ name }) => name);
