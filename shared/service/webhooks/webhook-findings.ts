import type { FindingDraft } from '../diagnostics/finding';
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

/** Reports endpoints that fail, events that were given up, and events that expired. Paused and deleted webhooks are not reported. */
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
    ...(failing.length === 0 ? [] : [failingFinding(failing)]),
    ...(lost.length === 0 ? [] : [lostFinding(lost)]),
    ...(skipped.length === 0 ? [] : [skippedFinding(skipped)]),
  ];
}

const failingFinding = (
  details: readonly { readonly name: string; readonly failingSince: string; readonly error: string | null }[],
): FindingDraft => ({
  code: 'webhooks-failing',
  severity: 'warning',
  found: `${countOf(details.length, 'subscription has', 'subscriptions have')} accepted no event for more than 15 minutes: ${namesOf(details)}.`,
  action:
    'Owner of the domain: fix the endpoint, and send a test event. The events wait for 24 hours. Pause or delete a ' +
    'subscription that is no longer used. Operator: check the event bus if a subscription of the kind eventBridge fails.',
  details,
});

const lostFinding = (
  details: readonly { readonly name: string; readonly deadLetters: number }[],
): FindingDraft => ({
  code: 'webhook-dead-letters',
  severity: 'error',
  found: `${countOf(details.length, 'subscription has', 'subscriptions have')} events that were not accepted for 24 hours: ${namesOf(details)}.`,
  action: 'Owner of the domain: fix the endpoint, and replay its dead letters within 30 days.',
  details,
});

const skippedFinding = (
  details: readonly { readonly name: string; readonly from: string; readonly until: string }[],
): FindingDraft => ({
  code: 'webhook-events-skipped',
  severity: 'error',
  found:
    `${countOf(details.length, 'subscription has', 'subscriptions have')} events that expired after 30 days, before they ` +
    `were delivered: ${namesOf(details)}.`,
  action:
    'Owner of the domain: let the receiver read all users, groups, and licenses again. Events of this time are missing.',
  details,
});

const countOf = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

const namesOf = (details: readonly { readonly name: string }[]): string =>
  details.map(({ name }) => name).join(', ');
