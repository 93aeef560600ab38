import {
  SubscriptionAdmin,
  type SubscriptionAdminDependencies,
  type SubscriptionUpdate,
} from '../../../shared/service/events/subscription-admin';
import { ConsumerStore } from '../../../shared/store/consumers/consumer-store';
import { EventFeedStore } from '../../../shared/store/events/event-feed';
import { SubscriptionStore } from '../../../shared/store/events/subscription-store';
import { DEPLOYMENT } from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import { webhookKey } from '../../../shared/store/webhooks/webhook-keys';
import { WebhookStates } from '../../../shared/store/webhooks/webhook-state';
import { WebhookSubscriptions } from '../../../shared/store/webhooks/webhook-subscriptions';
import { createTableLikeSystem } from '../../support/store/create-table';
import { auditEvent, RETENTION_DAYS } from '../../support/store/records';

const ADMIN = { kind: 'admin', id: 'admin' } as const;
const now = () => new Date();

const withoutAttributes = () => Promise.resolve({ attributes: {} });
const validateEndpoint = (text: string) => Promise.resolve(text);
const KINDS = {
  webhook: { validateEndpoint, create: withoutAttributes },
  setPush: { validateEndpoint, create: withoutAttributes },
  eventBridge: { create: withoutAttributes },
};

let admin: SubscriptionAdmin;
let table: Table;
beforeEach(async () => {
  table = await createTableLikeSystem();
  admin = adminWith({});
});

const adminWith = (parts: Partial<SubscriptionAdminDependencies>): SubscriptionAdmin =>
  new SubscriptionAdmin({
    store: new SubscriptionStore(table, RETENTION_DAYS),
    feed: new EventFeedStore(table, now),
    kinds: KINDS,
    deliver: () => Promise.resolve(),
    awaitDispatchers: () => Promise.resolve(),
    now,
    ...parts,
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

describe('The creation of a subscription', () => {
  const WEBHOOK = { name: 'Product', kind: 'webhook', endpoint: 'https://example.com/' } as const;

  it('requests the deliveries of a webhook once all functions know it, but none of a feed', async () => {
    const calls: string[] = [];
    const observed = adminWith({
      awaitDispatchers: async () => {
        calls.push(`${(await new ConsumerStore(table).readAll()).length} known`);
      },
      deliver: ({ subscriptionId }) => Promise.resolve(void calls.push(subscriptionId)),
    });
    const { subscription } = await observed.create(DEPLOYMENT, WEBHOOK, ADMIN);
    await observed.create(DEPLOYMENT, { name: 'Product', kind: 'feed' }, ADMIN);
    expect(calls).toEqual(['1 known', subscription.subscriptionId, '2 known']);
  });

  it('returns the secret even if the deliveries cannot be requested', async () => {
    const withSecret = () => Promise.resolve({ attributes: {}, secret: 'whsec_1' });
    const failing = adminWith({
      kinds: { webhook: { validateEndpoint, create: withSecret } },
      deliver: () => Promise.reject(new Error('The queue cannot be reached.')),
    });
    expect(await failing.create(DEPLOYMENT, WEBHOOK, ADMIN)).toMatchObject({ secret: 'whsec_1' });
  });
});

it('a domain that does not exist gets no subscription', async () => {
  const domainId = '0190a1b2-0000-7000-8000-000000000001';
  await expect(create(domainId)).rejects.toMatchObject({ problem: 'notFound' });
  expect(await admin.list(domainId)).toEqual([]);
});

describe('A run in progress', () => {
  /** Creates a subscription, and begins a run. `isGoingOn` returns whether the run still has its lease. */
  async function begin(kind: keyof typeof KINDS) {
    const endpoint = kind === 'eventBridge' ? {} : { endpoint: 'https://one.example.com/' };
    const { subscription } = await admin.create(DEPLOYMENT, { name: 'Product', kind, ...endpoint }, ADMIN);
    const states = new WebhookStates(table);
    const lease = await states.request(subscription, now());
    return {
      change: (update: SubscriptionUpdate) =>
        admin.change(DEPLOYMENT, subscription.subscriptionId, update, ADMIN),
      subscription,
      isGoingOn: async () => lease !== undefined && (await states.save(lease, now())),
      /** Returns whether another run can begin. */
      isFree: async () => (await states.request(subscription, now())) !== undefined,
    };
  }

  it.each(['webhook', 'setPush', 'eventBridge'] as const)(
    'of the kind %s ends with a pause',
    async (kind) => {
      const { change, isGoingOn, isFree } = await begin(kind);
      await change({ state: 'paused' });
      expect(await isGoingOn()).toBe(false);
      expect(await isFree()).toBe(true);
    },
  );

  it.each<SubscriptionUpdate>([
    { endpoint: 'https://two.example.com/' },
    { types: ['user.created'] },
    { content: 'full' },
  ])('ends with the change %j', async (update) => {
    const { change, isGoingOn, isFree } = await begin('webhook');
    await change(update);
    expect(await isGoingOn()).toBe(false);
    expect(await isFree()).toBe(true);
  });

  it('ends when the secrets are replaced', async () => {
    const { subscription, isGoingOn, isFree } = await begin('webhook');
    const subscriptions = new WebhookSubscriptions(table, RETENTION_DAYS);
    const before = await subscriptions.get(subscription);
    const secrets = [{ secretId: 'other', createdAt: now().toISOString() }];
    const audit = auditEvent('subscription.secretRevoked', subscription.subscriptionId);
    expect(before && (await subscriptions.replaceSecrets(before, secrets, audit, {}))).toBe(true);
    expect(await isGoingOn()).toBe(false);
    expect(await isFree()).toBe(true);
  });

  it('goes on after another name, and after a change to what is stored already', async () => {
    const { change, isGoingOn } = await begin('webhook');
    await change({ name: 'Other' });
    await change({ state: 'active', endpoint: 'https://one.example.com/' });
    expect(await isGoingOn()).toBe(true);
  });
});
