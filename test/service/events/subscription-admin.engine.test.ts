import { SubscriptionAdmin } from '../../../shared/service/events/subscription-admin';
import { ConsumerStore } from '../../../shared/store/consumers/consumer-store';
import { EventFeedStore } from '../../../shared/store/events/event-feed';
import { SubscriptionStore } from '../../../shared/store/events/subscription-store';
import { DEPLOYMENT } from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import { webhookKey } from '../../../shared/store/webhooks/webhook-keys';
import { createTableLikeSystem } from '../../support/store/create-table';
import { RETENTION_DAYS } from '../../support/store/records';

const ADMIN = { kind: 'admin', id: 'admin' } as const;
const now = () => new Date();

let admin: SubscriptionAdmin;
let table: Table;
beforeEach(async () => {
  table = await createTableLikeSystem();
  admin = new SubscriptionAdmin({
    store: new SubscriptionStore(table, RETENTION_DAYS),
    feed: new EventFeedStore(table, now),
    kinds: {
      webhook: {
        validateEndpoint: (endpoint) => Promise.resolve(endpoint),
        create: () => Promise.resolve({ attributes: {} }),
      },
    },
    deliver: () => Promise.resolve(),
    awaitDispatchers: () => Promise.resolve(),
    now,
  });
});

const create = (scope = DEPLOYMENT) => admin.create(scope, { name: 'Product', kind: 'feed' }, ADMIN);

describe('A scope has at most 20 subscriptions', () => {
  it('however many are created at once', async () => {
    for (let count = 0; count < 18; count++) await create();
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => create()));
    const refusals = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refusals.map(({ reason }) => (reason as { problem: string }).problem)).toEqual([
      'conflict',
      'conflict',
      'conflict',
    ]);
    expect(await admin.list(DEPLOYMENT)).toHaveLength(20);
  });

  it('and can have another one when one is deleted, once', async () => {
    const { subscriptionId } = (await create()).subscription;
    for (let count = 1; count < 20; count++) await create();
    await admin.delete(DEPLOYMENT, subscriptionId, ADMIN);
    await expect(admin.delete(DEPLOYMENT, subscriptionId, ADMIN)).rejects.toMatchObject({
      problem: 'notFound',
    });
    await create();
    await expect(create()).rejects.toMatchObject({ problem: 'conflict' });
  });
});

it('a deletion removes how far the deliveries have come', async () => {
  const [deleted, kept] = [(await create()).subscription, (await create()).subscription];
  for (const each of [deleted, kept]) await table.put({ ...webhookKey(each), position: 7 });
  await admin.delete(DEPLOYMENT, deleted.subscriptionId, ADMIN);
  expect(await table.get(webhookKey(deleted))).toBeUndefined();
  expect(await table.get(webhookKey(kept))).toMatchObject({ position: 7 });
});

it('the dispatcher learns whether a product reads the feed by itself, also after a change of the content', async () => {
  const feed = (await create()).subscription.subscriptionId;
  const input = { name: 'Product', kind: 'webhook', endpoint: 'https://example.com/' } as const;
  const webhook = (await admin.create(DEPLOYMENT, input, ADMIN)).subscription.subscriptionId;
  const consumers = async () => {
    const all = await new ConsumerStore(table).readAll();
    return Object.fromEntries(
      all.map(({ subscriptionId = '', full, pulls }) => [subscriptionId, { full, pulls }]),
    );
  };
  expect(await consumers()).toEqual({
    [feed]: { full: false, pulls: true },
    [webhook]: { full: false, pulls: false },
  });
  for (const id of [feed, webhook]) await admin.change(DEPLOYMENT, id, { content: 'full' }, ADMIN);
  expect(await consumers()).toEqual({
    [feed]: { full: true, pulls: true },
    [webhook]: { full: true, pulls: false },
  });
});

it('a domain that does not exist gets no subscription', async () => {
  const domainId = '0190a1b2-0000-7000-8000-000000000001';
  await expect(create(domainId)).rejects.toMatchObject({ problem: 'notFound' });
  expect(await admin.list(domainId)).toEqual([]);
});
