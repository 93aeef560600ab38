import type { ChangeEvent } from '../../../shared/events/event';
import { ConsumerStore } from '../../../shared/store/consumers/consumer-store';
import { eventsPartition, subscriptionsPartition } from '../../../shared/store/table/event-keys';
import { DEPLOYMENT } from '../../../shared/store/table/keys';
import { UndeliveredEvents } from '../../../shared/store/webhooks/undelivered';
import { systemTable } from '../../support/consistency/domain-data';
import { ofDomain, readFeedEvents, subscribe } from '../../support/events/feed';
import { eventually } from '../../support/jest/timeouts';
import { userBody } from '../../support/requests/bodies';
import { adminClient } from '../../support/system/admin-client';
import { createDomainClient, domainAdmin, OPERATOR } from '../../support/system/system';
import { Receiver } from '../../support/webhooks/receiver';

const admin = adminClient();
let subscriptionId: string;
let token: string;

beforeAll(async () => {
  const { status, body } = await admin('POST', '/subscriptions', { name: 'Product', kind: 'feed' });
  expect(status).toBe(201);
  ({ subscriptionId } = body.subscription);
  token = String(body.token);
});
// The changes of other tests need not become events any longer.
afterAll(() => admin('DELETE', `/subscriptions/${subscriptionId}`));

it('the feed of the deployment has the life of a domain and its connections, also after its deletion', async () => {
  const { domainId, request } = await createDomainClient({ name: 'Short-lived' });
  await subscribe(domainId);
  const path = `/domains/${domainId}`;
  for (const scimEnabled of [false, true])
    expect((await admin('PATCH', path, { scimEnabled })).status).toBe(200);
  const [key] = (await admin('GET', `${path}/connections`)).body.items;
  const keyId = key?.connectionId ?? '';
  // A key that was created alone gets an item for its connection, which is no new connection.
  await admin('PATCH', `${path}/connections/${keyId}`, { name: 'Renamed' });
  const created = await admin('POST', `${path}/connections`, { name: 'Okta' });
  const { connectionId } = created.body;
  expect((await admin('DELETE', `${path}/connections/${connectionId}`)).status).toBe(204);
  const user = await request('POST', '/Users', userBody());
  const userId = (user.body as { id: string }).id;
  const types = async (id: string) =>
    (await ofDomain(domainId)).filter(({ subject }) => subject.id === id).map(({ type }) => type);
  await eventually('the license', async () => (await types(userId)).includes('license.activated'));

  await (await domainAdmin()).deleteDomain(domainId, 'Short-lived', OPERATOR);
  // Subjects are in order, but not with each other.
  for (const [id, last] of [
    [userId, 'user.deleted'],
    [userId, 'license.ended'],
    [domainId, 'domain.deleted'],
  ] as const)
    await eventually(last, async () => (await types(id)).includes(last));
  expect((await types(userId)).sort()).toEqual([
    'license.activated',
    'license.ended',
    'user.created',
    'user.deleted',
  ]);
  expect(await types(domainId)).toEqual([
    'domain.created',
    'domain.switched',
    'domain.switched',
    // The deletion first disables SCIM.
    'domain.switched',
    'domain.deleted',
  ]);
  expect(await types(keyId)).toEqual(['connection.created']);
  expect(await types(connectionId)).toEqual(['connection.created', 'connection.revoked']);
  const events = await ofDomain(domainId);
  const ofDeletion = events.find(({ type }) => type === 'domain.deleted');
  expect(ofDeletion?.actor).toEqual({ kind: 'admin', id: 'operator', name: 'test' });

  const table = await systemTable();
  await eventually('the end of its subscriptions and events', async () => {
    const left = await Promise.all(
      [subscriptionsPartition(domainId), eventsPartition(domainId)].map((pk) => table.query({ pk })),
    );
    return left.every(({ items }) => items.length === 0);
  });
  const consumers = await new ConsumerStore(table).readAll();
  expect(consumers.filter(({ scope }) => scope === domainId)).toEqual([]);
});

it('a webhook of the deployment gets what it has refused again, also as a replayed dead letter', async () => {
  const receiver = new Receiver();
  const created = await admin('POST', '/subscriptions', {
    ...{ name: 'Deletions', kind: 'webhook', endpoint: receiver.url, types: ['domain.deleted'] },
  });
  expect(created.status).toBe(201);
  const ref = { scope: DEPLOYMENT, subscriptionId: created.body.subscription.subscriptionId };
  const path = `/subscriptions/${ref.subscriptionId}`;
  await receiver.respond(500, 200);
  const { domainId } = await createDomainClient({ name: 'Deleted' });
  await (await domainAdmin()).deleteDomain(domainId, 'Deleted', OPERATOR);
  const attempts = async () =>
    (await receiver.received()).filter(({ body }) => body.includes(domainId)).map(({ body }) => body);
  // Other domains are deleted at the same time, so the refused event may be one of them.
  await eventually('the events', async () => {
    expect((await admin('POST', `${path}/retries`)).status).toBe(202);
    const bodies = (await receiver.received()).map(({ body }) => body);
    return (await attempts()).length > 0 && new Set(bodies).size < bodies.length;
  });
  const [first = ''] = await attempts();
  const table = await systemTable();
  const { id, type, time, subject } = JSON.parse(first) as ChangeEvent;
  await eventually('the end of the run', async () => {
    const { items } = (await admin('GET', `${path}/deliveries`)).body;
    return items.some(({ eventId, delivered }) => eventId === id && delivered === true);
  });
  const { position } = (await readFeedEvents(DEPLOYMENT)).find((event) => event.id === id) ?? { position: 0 };
  await new UndeliveredEvents(table).giveUp(ref, {
    ...{ position, eventId: id, type, subject: `${subject.type}/${subject.id}`, time, attempts: 30 },
    ...{ failedAt: time, ttl: Math.floor(Date.now() / 1_000) + 86_400 },
  });
  const before = (await attempts()).length;
  expect((await admin('POST', `${path}/replays`, { deadLetters: [id] })).body.replayed).toBe(1);
  await eventually('the replay', async () => (await attempts()).length > before);
  expect(new Set(await attempts())).toEqual(new Set([first]));
  expect((await admin('DELETE', path)).status).toBe(204);
});

it('the token of the deployment reads events, and nothing else', async () => {
  const product = adminClient(token);
  expect((await product('GET', '/events?limit=1')).status).toBe(200);
  for (const path of ['/domains', '/subscriptions', `/subscriptions/${subscriptionId}`])
    expect((await product('GET', path)).status).toBe(403);
});
