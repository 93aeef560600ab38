import { newId } from '../../../shared/id';
import type { EventType } from '../../../shared/events/event-types';
import { FeedLog } from '../../../shared/store/events/feed-log';
import type { Subscription } from '../../../shared/store/events/subscription';
import { SubscriptionStore } from '../../../shared/store/events/subscription-store';
import { CHANGE_CONSUMERS_PARTITION } from '../../../shared/store/table/event-keys';
import { openTable, type Table } from '../../../shared/store/table/table';
import type { Write } from '../../../shared/store/table/write';
import { deployment, OPERATOR, useSdkEnvironment } from '../system/system';
import type { Receiver } from './receiver';

/** The subject of an event in tests, and the type of the event. */
export interface TestEvent {
  readonly userId: string;
  readonly type?: EventType;
}

/** A webhook of a domain whose feed a test writes itself. */
export class TestWebhook {
  private position = 0;

  private constructor(
    readonly table: Table,
    readonly domainId: string,
    readonly subscriptionId: string,
  ) {}

  /** Creates a webhook, and the feed of its domain. */
  static async create(
    domainId: string,
    { url }: Pick<Receiver, 'url'>,
    more: Partial<Subscription> = {},
  ): Promise<TestWebhook> {
    useSdkEnvironment();
    const table = openTable((await deployment()).tableName);
    const webhook = new TestWebhook(table, domainId, newId());
    const subscription: Subscription = {
      scope: domainId,
      subscriptionId: webhook.subscriptionId,
      name: 'Test',
      kind: 'webhook',
      content: 'notice',
      state: 'active',
      endpoint: url,
      startPosition: 0,
      createdAt: new Date().toISOString(),
      version: 1,
      ...more,
    };
    const audit = {
      id: newId(),
      at: subscription.createdAt,
      action: 'subscription.created',
      changes: [],
    } as const;
    await new SubscriptionStore(withoutConsumers(table), 1).create(subscription, {}, 1_000, {
      ...audit,
      resourceId: subscription.subscriptionId,
      actor: OPERATOR,
    });
    return webhook;
  }

  /** Appends events to the feed. Returns their ids. */
  async append(events: readonly TestEvent[], at = new Date()): Promise<string[]> {
    const ids = events.map(() => newId());
    const appended = events.map(({ userId, type = 'user.changed' }, index) => {
      const id = ids[index] ?? '';
      const event = { id, type, subject: { type: 'user', id: userId }, time: at.toISOString() };
      return { id, type, domainId: this.domainId, notice: JSON.stringify(event) };
    });
    const end = { position: this.position, recordedAt: at.toISOString() };
    const none = { subjects: [], members: [] };
    await new FeedLog(this.table).append(this.domainId, end, appended, none, at);
    this.position += events.length;
    return ids;
  }
}

/** Returns a table without the list of consumers, so that only the test writes the feed. */
function withoutConsumers(table: Table): Table {
  const isConsumer = (write: Write) => {
    const key = 'put' in write ? write.put : 'update' in write ? write.update : undefined;
    return key?.pk === CHANGE_CONSUMERS_PARTITION;
  };
  // `transact` calls it, too.
  const tryTransact: Table['tryTransact'] = (writes) =>
    table.tryTransact(writes.filter((write) => !isConsumer(write)));
  return Object.assign(Object.create(table) as Table, { tryTransact });
}
