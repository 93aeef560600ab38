import { setTimeout as sleep } from 'node:timers/promises';
import { isSignedWith, Receiver } from '../../support/webhooks/receiver';
import { TestWebhook } from '../../support/webhooks/webhook';
import { adminClient, portalUserClient, type AdminBody } from '../../support/system/admin-client';
import { createDomainClient } from '../../support/system/system';
import { eventually } from '../../support/jest/timeouts';
import { UndeliveredEvents } from '../../../shared/store/webhooks/undelivered';
import { LostEvents } from '../../../shared/store/webhooks/lost-events';
import { WebhookStates } from '../../../shared/store/webhooks/webhook-state';
import { webhookKey } from '../../../shared/store/webhooks/webhook-keys';

const admin = adminClient();

let domainId: string;
beforeAll(async () => {
  ({ domainId } = await createDomainClient());
});

/** A webhook of a domain of its own, with the operations of the admin API. */
async function open(ofDomain?: string, more: object = {}) {
  const domain = ofDomain ?? (await createDomainClient()).domainId;
  const receiver = new Receiver();
  const webhook = await TestWebhook.create(domain, receiver, { ...more });
  const path = `/domains/${domain}/subscriptions/${webhook.subscriptionId}`;
  const post = (operation: string, body?: unknown) => admin('POST', `${path}/${operation}`, body);
  const list = async (name: string): Promise<readonly AdminBody[]> =>
    (await admin('GET', `${path}/${name}`)).body.items;
  const arrive = (ids: readonly string[]) =>
    eventually('the events', async () => {
      const received = (await receiver.events()).map(({ id }) => id);
      return ids.every((id) => received.includes(id));
    });
  return { receiver, webhook, path, post, list, arrive };
}

describe('A webhook', () => {
  it('gets the events of its feed in their order, signed, with a log of the attempts', async () => {
    const { receiver, webhook, path, post, list, arrive } = await open();
    const { body } = await post('secrets');
    const ids = await webhook.append([
      { userId: 'a' },
      { userId: 'b' },
      { userId: 'a', type: 'user.deleted' },
    ]);
    await post('retries');
    await arrive(ids);
    expect((await receiver.events()).map(({ id }) => id)).toEqual(ids);
    for (const message of await receiver.received()) {
      expect(isSignedWith(String(body.secret), message)).toBe(true);
      expect(ids).toContain(message.headers['webhook-id']);
    }
    await eventually('the log', async () => (await list('deliveries')).length === 3);
    expect(await list('deliveries')).toContainEqual(
      expect.objectContaining({
        eventId: ids[0],
        type: 'user.changed',
        delivered: true,
        status: 200,
        attempt: 1,
      }),
    );
    await eventually(
      'the status',
      async () => (await admin('GET', `${path}/delivery-status`)).body.position === 3,
    );
  });

  it('gets an event that it has refused again, and no later event of the user before it', async () => {
    const { receiver, webhook, post, list, arrive } = await open();
    await receiver.respond(500, 200);
    const [first = '', other = '', last = ''] = await webhook.append([
      { userId: 'a' },
      { userId: 'b' },
      { userId: 'a' },
    ]);
    await post('retries');
    await arrive([other]);
    await eventually('the end of the run', async () => (await list('deliveries')).length >= 2);
    await post('retries');
    await arrive([last]);
    const received = (await receiver.events()).map(({ id }) => id);
    expect(received).toEqual([first, other, first, last]);
  });

  it('gets what has been waiting when it is resumed, and when it has another endpoint', async () => {
    const { receiver, webhook, path, arrive } = await open();
    expect((await admin('PATCH', path, { state: 'paused' })).status).toBe(200);
    const waiting = await webhook.append([{ userId: 'a' }]);
    expect((await admin('PATCH', path, { state: 'active' })).status).toBe(200);
    await arrive(waiting);
    const key = webhookKey({ scope: webhook.domainId, subscriptionId: webhook.subscriptionId });
    await eventually('the end of the run', async () => (await webhook.table.get(key))?.until === undefined);
    await receiver.respond(503);
    const moved = new Receiver();
    const [next] = await webhook.append([{ userId: 'b' }]);
    expect((await admin('PATCH', path, { endpoint: moved.url })).status).toBe(200);
    await eventually('the event', async () => (await moved.events()).some(({ id }) => id === next));
    expect((await receiver.events()).map(({ id }) => id)).toEqual(waiting);
  });

  it('gets only the attempt in progress after it is paused, and the rest at its new endpoint', async () => {
    const { receiver, webhook, path, post } = await open();
    await receiver.respond('hangs');
    const ids = await webhook.append([{ userId: 'a' }, { userId: 'b' }, { userId: 'c' }]);
    await post('retries');
    await eventually('the first attempt', async () => (await receiver.received()).length === 1);
    // The run saves its state once in a second.
    await sleep(1_100);
    expect((await admin('PATCH', path, { state: 'paused' })).status).toBe(200);
    await receiver.respond(200);
    const moved = new Receiver();
    expect((await admin('PATCH', path, { state: 'active', endpoint: moved.url })).status).toBe(200);
    await eventually('all events', async () => {
      const received = (await moved.events()).map(({ id }) => id);
      return ids.every((id) => received.includes(id));
    });
    expect((await receiver.events()).map(({ id }) => id)).toEqual([ids[0]]);
  });

  it('gets the same bytes in a replay of dead letters and in a replay since a time', async () => {
    const { receiver, webhook, path, post, list, arrive } = await open();
    const since = new Date();
    const ids = await webhook.append([{ userId: 'a' }, { userId: 'b' }], since);
    await post('retries');
    await arrive(ids);
    const events = await receiver.received();
    const [eventId = ''] = ids;
    await new UndeliveredEvents(webhook.table).giveUp(
      { scope: webhook.domainId, subscriptionId: webhook.subscriptionId },
      {
        ...{
          position: 1,
          eventId,
          type: 'user.changed',
          subject: 'user/a',
          attempts: 30,
          error: 'It was down.',
        },
        ...{ time: since.toISOString(), failedAt: since.toISOString() },
        ttl: Math.floor(Date.now() / 1_000) + 86_400,
      },
    );
    expect(await list('dead-letters')).toMatchObject([{ eventId, attempts: 30, error: 'It was down.' }]);
    expect(await post('replays', { deadLetters: ['other'] })).toMatchObject({ status: 404 });
    expect(await post('replays', { deadLetters: [eventId] })).toMatchObject({
      status: 202,
      body: { replayed: 1, more: false },
    });
    await eventually('the dead letter', async () => (await receiver.received()).length === 3);
    expect((await receiver.received())[2]?.body).toBe(events[0]?.body);
    expect(await list('dead-letters')).toEqual([]);

    expect(await post('replays', { since: since.toISOString() })).toMatchObject({ status: 202 });
    await eventually('all events again', async () => (await receiver.received()).length === 5);
    expect((await receiver.received()).slice(3).map(({ body }) => body)).toEqual(
      events.map(({ body }) => body),
    );
    const { body } = await admin('GET', `/domains/${webhook.domainId}/audit-events?action=subscription`);
    expect(body.items.map(({ action }) => action)).toEqual([
      'subscription.replayed',
      'subscription.replayed',
      'subscription.created',
    ]);
    expect(path).toContain(webhook.domainId);
  });

  it('that is told to replay what is newer than what waits skips nothing', async () => {
    const { receiver, webhook, post, arrive } = await open();
    await receiver.respond(503);
    const waiting = await webhook.append([{ userId: 'a' }], new Date(Date.now() - 3_600_000));
    const since = new Date();
    const later = await webhook.append([{ userId: 'b' }], since);
    await post('retries');
    await arrive(waiting);
    await receiver.respond(200);
    const before = (await receiver.received()).length;
    expect(await post('replays', { since: since.toISOString() })).toMatchObject({ status: 202 });
    await eventually('both events', async () => {
      const events = (await receiver.events()).slice(before).map(({ id }) => id);
      return [...waiting, ...later].every((id) => events.includes(id));
    });
  });

  it('whose replayed dead letters are all delivered has lost nothing', async () => {
    const { webhook, path, post } = await open();
    const ref = { scope: webhook.domainId, subscriptionId: webhook.subscriptionId };
    const since = new Date(Date.now() - 60_000);
    const [eventId = ''] = await webhook.append([{ userId: 'a' }], since);
    const lost = new LostEvents(webhook.table);
    const range = { from: since.toISOString(), until: new Date().toISOString() };
    await lost.giveUp(ref, range);
    await lost.giveUp(ref, { from: new Date().toISOString(), until: since.toISOString() });
    const states = new WebhookStates(webhook.table);
    expect((await states.get(ref))?.givenUp).toEqual(range);
    await new UndeliveredEvents(webhook.table).giveUp(ref, {
      ...{ position: 1, eventId, type: 'user.changed', subject: 'user/a', attempts: 30 },
      ...{ time: since.toISOString(), failedAt: since.toISOString() },
      ttl: Math.floor(Date.now() / 1_000) + 86_400,
    });
    expect(await post('replays', { deadLetters: 'all' })).toMatchObject({ body: { replayed: 1 } });
    expect((await states.get(ref))?.givenUp).toBeUndefined();
    expect((await admin('GET', `${path}/delivery-status`)).body).not.toHaveProperty('skipped');
  });

  it('can still lose the dead letters that are not replayed, also if the table has expired ones', async () => {
    const { webhook, post } = await open();
    const ref = { scope: webhook.domainId, subscriptionId: webhook.subscriptionId };
    const times = [120_000, 90_000, 60_000].map((age) => new Date(Date.now() - age).toISOString());
    const ids = await webhook.append([{ userId: 'a' }, { userId: 'b' }, { userId: 'c' }]);
    const until = new Date().toISOString();
    await new LostEvents(webhook.table).giveUp(ref, { from: times[1] ?? '', until });
    for (const [at, eventId] of ids.entries())
      await new UndeliveredEvents(webhook.table).giveUp(ref, {
        ...{ position: at + 1, eventId, type: 'user.changed', subject: 'user/a', attempts: 30 },
        ...{ time: times[at] ?? '', failedAt: until },
        ttl: Math.floor(Date.now() / 1_000) + (at === 0 ? -1 : 86_400),
      });
    expect(await post('replays', { deadLetters: [ids[1]] })).toMatchObject({ body: { replayed: 1 } });
    expect((await new WebhookStates(webhook.table).get(ref))?.givenUp).toEqual({ from: times[2], until });
  });

  it('has two secrets during a rotation', async () => {
    const { receiver, webhook, path, post, arrive } = await open();
    const created = [(await post('secrets')).body];
    expect(await post('secrets')).toMatchObject({ status: 409 });
    const { body } = await admin('GET', `${path}/delivery-status`);
    const [, original] = body.secrets as { secretId: string }[];
    expect((await admin('DELETE', `${path}/secrets/${original?.secretId}`)).status).toBe(204);
    created.push((await post('secrets')).body);
    await post('retries');
    const [id = ''] = await webhook.append([{ userId: 'a' }]);
    await post('retries');
    await arrive([id]);
    const [message] = await receiver.received();
    for (const { secret } of created) expect(message && isSignedWith(String(secret), message)).toBe(true);
    const [first, second] = created;
    expect((await admin('DELETE', `${path}/secrets/${String(first?.secretId)}`)).status).toBe(204);
    expect((await admin('DELETE', `${path}/secrets/${String(first?.secretId)}`)).status).toBe(404);
    expect((await admin('DELETE', `${path}/secrets/${String(second?.secretId)}`)).status).toBe(409);
    await post('test-events');
    const latest = (await receiver.received()).at(-1);
    expect(latest && isSignedWith(String(second?.secret), latest)).toBe(true);
    expect(latest && isSignedWith(String(first?.secret), latest)).toBe(false);
  });

  it('gets a test event at once, and shows why it failed', async () => {
    const { receiver, post, list } = await open();
    await receiver.respond(403);
    expect(await post('test-events')).toMatchObject({
      status: 200,
      body: { delivered: false, status: 403, error: expect.stringContaining('403') as string },
    });
    const [event] = await receiver.events();
    expect(event).toMatchObject({ type: 'subscription.test', subject: { type: 'subscription' } });
    expect(await list('deliveries')).toMatchObject([{ eventId: event?.id, delivered: false, status: 403 }]);
  });
});

describe('While the endpoint of another domain hangs', () => {
  it('a webhook gets its events', async () => {
    const [slow, fast] = [await open(), await open()];
    await slow.receiver.respond('hangs');
    const [hanging = ''] = await slow.webhook.append([{ userId: 'a' }]);
    await slow.post('retries');
    await slow.arrive([hanging]);
    const ids = await fast.webhook.append([{ userId: 'a' }, { userId: 'b' }]);
    await fast.post('retries');
    await fast.arrive(ids);
    // The other one has not responded yet.
    expect(await slow.list('deliveries')).toEqual([]);
    await slow.receiver.respond(200);
    await eventually('the delivery', async () => (await slow.list('deliveries')).length === 1);
  });
});

describe('The deliveries of a webhook', () => {
  it('are those of its domain', async () => {
    const { webhook } = await open();
    for (const [method, operation] of [
      ['GET', 'delivery-status'],
      ['GET', 'deliveries'],
      ['GET', 'dead-letters'],
      ['POST', 'secrets'],
      ['POST', 'test-events'],
      ['POST', 'retries'],
    ] as const) {
      const path = `/domains/${domainId}/subscriptions/${webhook.subscriptionId}/${operation}`;
      expect(await admin(method, path)).toMatchObject({ status: 404 });
    }
  });

  it('can be seen by viewers, who change nothing', async () => {
    const { webhook, path } = await open(domainId);
    const viewer = await portalUserClient(domainId, 'viewer');
    expect(await viewer('GET', `${path}/deliveries`)).toMatchObject({ status: 200 });
    for (const operation of ['secrets', 'test-events', 'retries', 'replays'])
      expect(await viewer('POST', `${path}/${operation}`, { since: '2026-01-01T00:00:00Z' })).toMatchObject({
        status: 403,
      });
    expect(webhook.domainId).toBe(domainId);
  });
});
