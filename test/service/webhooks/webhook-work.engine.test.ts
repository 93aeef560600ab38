import {
  deliverWebhooks,
  wakeParked,
  type WebhookWorkParts,
} from '../../../shared/service/webhook-delivery/webhook-work';
import { oneByOne } from '../../../shared/service/webhooks/channel';
import type { WebhookMessage } from '../../../shared/service/webhooks/webhook-lanes';
import { newId } from '../../../shared/id';
import { DeliveryLog } from '../../../shared/store/webhooks/delivery-log';
import { LostEvents } from '../../../shared/store/webhooks/lost-events';
import { ParkedWebhooks } from '../../../shared/store/webhooks/parked-webhooks';
import { UndeliveredEvents } from '../../../shared/store/webhooks/undelivered';
import { endRunWrite, type WebhookLease, WebhookStates } from '../../../shared/store/webhooks/webhook-state';
import type { Table } from '../../../shared/store/table/table';
import { createTableLikeSystem } from '../../support/store/create-table';

const LEASE_MS = 40_000;

let table: Table;
beforeAll(async () => {
  table = await createTableLikeSystem();
});

/** A webhook with one event, whose function can fail. */
function open() {
  const ref = { scope: newId(), subscriptionId: newId() };
  const sent: WebhookMessage[] = [];
  const delivered: string[] = [];
  const clock = { now: Date.parse('2026-01-01T00:00:00Z') };
  const log = new DeliveryLog(table);
  const fails = { log: false, abandon: false, release: false };
  /** `onAttempt` is called while the endpoint has the event. */
  const endpoint = {
    works: true,
    ended: undefined as 'paused' | 'deleted' | undefined,
    onAttempt: () => Promise.resolve(),
  };
  const states = new WebhookStates(table);
  const event = {
    ...({
      position: 1,
      id: 'event',
      type: 'user.changed',
      subject: 'user/a',
      body: Buffer.from('{}'),
    } as const),
    ...{ time: '2026-01-01T00:00:00Z', changedAt: '2026-01-01T00:00:00Z', ttl: 2_000_000_000 },
  };
  /** Called when a run is requested. */
  const hooks = { onRequest: () => {} };
  const unlessFailing = <T>(isFailing: boolean, act: () => Promise<T>): Promise<T> =>
    isFailing ? Promise.reject(new Error('The table fails.')) : act();
  const parts: WebhookWorkParts = {
    targetOf: () =>
      Promise.resolve(
        endpoint.ended ?? {
          ...{ ref, createdAt: event.time, startPosition: 0, accepts: () => true },
          channel: oneByOne(async ({ id }) => {
            await endpoint.onAttempt();
            return endpoint.works
              ? { durationMs: 1, delivered: delivered.push(id) > 0, status: 204 }
              : { durationMs: 1, delivered: false, status: 503, error: 'It is down.', isDown: true };
          }),
          feed: {
            read: (after) => Promise.resolve({ events: after < 1 ? [event] : [] }),
            at: () => Promise.resolve(event),
          },
        },
      ),
    activeWebhooks: () => Promise.resolve([ref.subscriptionId]),
    states: Object.assign(Object.create(states) as WebhookStates, {
      request: (...args: Parameters<WebhookStates['request']>) => {
        hooks.onRequest();
        return states.request(...args);
      },
      abandon: (lease: WebhookLease) => unlessFailing(fails.abandon, () => states.abandon(lease)),
      release: (...args: Parameters<WebhookStates['release']>) =>
        unlessFailing(fails.release, () => states.release(...args)),
    }),
    undelivered: new UndeliveredEvents(table),
    lost: new LostEvents(table),
    log: { add: (...entry) => unlessFailing(fails.log, () => log.add(...entry)) },
    parked: new ParkedWebhooks(table),
    lanes: { send: (message) => Promise.resolve(void sent.push(message)) },
    random: () => 0,
    now: () => new Date(clock.now),
    onAttempt: () => undefined,
    onDeadLetter: () => undefined,
    onSkipped: () => undefined,
  };
  const deliver = (isRepeated = false, message: Partial<WebhookMessage> = {}) =>
    deliverWebhooks(
      { domainId: ref.scope, subscriptionId: ref.subscriptionId, ...message },
      { isTimeUp: () => false, isRepeated },
      parts,
    );
  /** Returns whether the webhook is in the list of those that wait. */
  const isParked = async () => {
    const found: string[] = [];
    for await (const webhooks of parts.parked.all())
      found.push(...webhooks.map(({ subscriptionId }) => subscriptionId));
    return found.includes(ref.subscriptionId);
  };
  /** Does what the schedule does every minute, and delivers. */
  const wake = async () => {
    sent.length = 0;
    await wakeParked(parts);
    const message = sent.find(({ subscriptionId }) => subscriptionId === ref.subscriptionId);
    if (message) await deliver(false, message);
  };
  return { ref, states, sent, delivered, clock, fails, endpoint, hooks, deliver, isParked, wake };
}

it('a run that fails ends its lease, so that the repeated message delivers at once', async () => {
  const { states, ref, delivered, fails, deliver } = open();
  fails.log = true;
  await expect(deliver()).rejects.toThrow('The table fails.');
  fails.log = false;
  expect(await deliver(true)).toBe('finished');
  expect(delivered).toEqual(['event', 'event']);
  expect((await states.get(ref))?.position).toBe(1);
});

it('a repeated message waits for the end of the lease of a run that has died', async () => {
  const { delivered, clock, fails, deliver } = open();
  Object.assign(fails, { log: true, abandon: true });
  await expect(deliver()).rejects.toThrow('The table fails.');
  fails.log = false;
  expect(await deliver(true)).toBe('postponed');
  clock.now += LEASE_MS;
  expect(await deliver(true)).toBe('finished');
  expect(delivered).toEqual(['event', 'event']);
});

it('another message leaves its work to the run in progress', async () => {
  const { states, ref, delivered, clock, deliver } = open();
  const lease = await states.request(ref, new Date(clock.now));
  expect(await deliver()).toBe('finished');
  expect(delivered).toEqual([]);
  // The run sees the request, and starts over.
  expect(lease && (await states.release(lease))).toMatchObject({ requests: 2 });
});

it('a webhook that waits is tried by the schedule, and then no longer waits', async () => {
  const { delivered, clock, endpoint, deliver, isParked, wake } = open();
  endpoint.works = false;
  await deliver();
  expect(await isParked()).toBe(true);
  await wake();
  expect(delivered).toEqual([]);
  endpoint.works = true;
  clock.now += 60_000;
  await wake();
  expect(delivered).toEqual(['event']);
  expect(await isParked()).toBe(false);
});

it('a run that dies after it has parked a webhook does not leave it in the list forever', async () => {
  const { delivered, clock, fails, endpoint, deliver, isParked, wake } = open();
  endpoint.works = false;
  fails.release = true;
  await expect(deliver()).rejects.toThrow('The table fails.');
  fails.release = false;
  endpoint.works = true;
  clock.now += 60_000;
  await deliver(true);
  // The run had not stored its position either.
  expect(delivered).toEqual(['event', 'event']);
  expect(await isParked()).toBe(true);
  await wake();
  expect(await isParked()).toBe(false);
});

it('a webhook that fails after it was paused and resumed waits for its next attempt again', async () => {
  const { states, ref, delivered, clock, endpoint, deliver, isParked, wake } = open();
  endpoint.works = false;
  await deliver();
  endpoint.ended = 'paused';
  await deliver();
  expect(await isParked()).toBe(false);
  endpoint.ended = undefined;
  await states.retryNow(ref);
  await deliver();
  expect(await isParked()).toBe(true);
  endpoint.works = true;
  clock.now += 3_600_000;
  await wake();
  expect(delivered).toEqual(['event']);
});

it('a request to try everything at once that comes during an attempt causes another attempt', async () => {
  const { states, ref, delivered, endpoint, deliver, isParked } = open();
  endpoint.works = false;
  endpoint.onAttempt = async () => {
    // The endpoint works from the next attempt on.
    endpoint.onAttempt = () => Promise.resolve(void (endpoint.works = true));
    await states.retryNow(ref);
    await deliver();
  };
  await deliver();
  expect(delivered).toEqual(['event']);
  expect(await isParked()).toBe(false);
});

it('a run delivers as the subscription is when it has the lease', async () => {
  const { endpoint, hooks, delivered, deliver } = open();
  hooks.onRequest = () => void (endpoint.ended = 'paused');
  expect(await deliver()).toBe('finished');
  expect(delivered).toEqual([]);
});

it('a run that a change of the subscription ends stores nothing more, and requests another run', async () => {
  const { ref, states, sent, delivered, clock, endpoint, deliver } = open();
  endpoint.onAttempt = async () => {
    endpoint.onAttempt = () => Promise.resolve();
    clock.now += 1_000;
    await table.transact([endRunWrite(ref)]);
  };
  await deliver();
  expect((await states.get(ref))?.position).toBeUndefined();
  expect(sent).toEqual([{ domainId: ref.scope, subscriptionId: ref.subscriptionId }]);
  await deliver();
  expect(delivered).toEqual(['event', 'event']);
  expect((await states.get(ref))?.position).toBe(1);
});

it('a message about a deleted subscription leaves nothing behind', async () => {
  const { ref, states, endpoint, deliver } = open();
  endpoint.ended = 'deleted';
  expect(await deliver()).toBe('finished');
  expect(await states.get(ref)).toBeUndefined();
});
