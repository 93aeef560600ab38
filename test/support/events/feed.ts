import type { ChangeEvent } from '../../../shared/events/event';
import { newId } from '../../../shared/id';
import { awaitDispatchers, type EventContent } from '../../../shared/store/consumers/change-consumers';
import { EventFeedStore, type StoredEvent } from '../../../shared/store/events/event-feed';
import { SubscriptionStore } from '../../../shared/store/events/subscription-store';
import { DEPLOYMENT } from '../../../shared/store/table/keys';
import { systemTable } from '../consistency/domain-data';
import { eventually } from '../jest/timeouts';
import { OPERATOR } from '../system/system';

/** Adds a subscription to a domain or the deployment of the system. Later changes become events. */
export async function subscribe(scope: string, content: EventContent = 'notice'): Promise<string> {
  const subscriptionId = newId();
  const at = new Date().toISOString();
  const created = await new SubscriptionStore(await systemTable(), 1).create(
    {
      scope,
      subscriptionId,
      name: 'test',
      kind: 'feed',
      content,
      state: 'active',
      createdAt: at,
      startPosition: 0,
      version: 1,
    },
    {},
    1_000,
    { id: newId(), at, action: 'subscription.created', resourceId: subscriptionId, actor: OPERATOR },
  );
  expect(created).toBe('created');
  await awaitDispatchers();
  return subscriptionId;
}

/** Reads all events of a feed as they are stored. */
export async function readFeedEvents(scope: string): Promise<StoredEvent[]> {
  const feed = new EventFeedStore(await systemTable(), () => new Date());
  const events: StoredEvent[] = [];
  for (let position = 0, more = true; more;) {
    const page = await feed.read(scope, position, 100);
    events.push(...page.events);
    ({ next: position, more } = page);
  }
  return events;
}

/** Reads all events of a feed. */
export const readFeed = async (scope: string, content: EventContent = 'notice'): Promise<ChangeEvent[]> =>
  (await readFeedEvents(scope)).map((event) => JSON.parse(event.json(content)) as ChangeEvent);

/** Waits until the feed of a domain has an event, and returns the events up to then. */
export async function feedUntil(
  domainId: string,
  isLast: (event: ChangeEvent, events: readonly ChangeEvent[]) => boolean,
  content: EventContent = 'notice',
): Promise<ChangeEvent[]> {
  let events: ChangeEvent[] = [];
  await eventually('an event', async () => {
    events = await readFeed(domainId, content);
    return events.some((event) => isLast(event, events));
  });
  return events;
}

/** Returns the events of one domain in the feed of the deployment. */
export const ofDomain = async (domainId: string): Promise<ChangeEvent[]> =>
  (await readFeed(DEPLOYMENT)).filter((event) => event.domainId === domainId);
