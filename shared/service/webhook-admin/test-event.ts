import { EVENT_SCHEMA_VERSION } from '../../events/event';
import { newId } from '../../id';
import type { Actor } from '../../store/audit/audit';
import { DEPLOYMENT } from '../../store/table/keys';
import type { SubscriptionRef } from '../../store/webhooks/webhook-keys';
import type { OutgoingEvent } from '../webhooks/channel';

/** The type of test events. They are in no feed, and no subscription has to name it. */
const TEST_EVENT_TYPE = 'subscription.test';

/** Returns a test event, which has the members of every event. */
export function testEvent({ scope, subscriptionId }: SubscriptionRef, actor: Actor, at: Date): OutgoingEvent {
  const id = newId(at);
  const by =
    actor.kind === 'admin' ? { id: actor.id, ...(actor.name !== undefined && { name: actor.name }) } : {};
  const event = {
    id,
    type: TEST_EVENT_TYPE,
    schemaVersion: EVENT_SCHEMA_VERSION,
    time: at.toISOString(),
    ...(scope !== DEPLOYMENT && { domainId: scope }),
    subject: { type: 'subscription', id: subscriptionId },
    sequence: 0,
    actor: { kind: actor.kind, ...by },
    data: { subscriptionId },
  };
  return {
    id,
    type: TEST_EVENT_TYPE,
    subject: `subscription/${subscriptionId}`,
    changedAt: at.toISOString(),
    body: Buffer.from(JSON.stringify(event)),
  };
}
