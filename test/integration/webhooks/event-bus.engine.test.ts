import { EventFeedStore } from '../../../shared/store/events/event-feed';
import { busUntil, eventsOnBus } from '../../support/events/bus';
import { DEPLOYMENT } from '../../../shared/store/table/keys';
import { systemTable } from '../../support/consistency/domain-data';
import { eventually } from '../../support/jest/timeouts';
import { replaceBody } from '../../support/requests/bodies';
import { provisionUser } from '../../support/requests/provision-user';
import { adminClient } from '../../support/system/admin-client';
import { createDomainClient, injectFault } from '../../support/system/system';
import { TestWebhook } from '../../support/webhooks/webhook';

const admin = adminClient();

/** A domain with a subscription of the kind `eventBridge`, created as an administrator does. */
async function open(more: object = {}) {
  const domain = await createDomainClient();
  const list = `/domains/${domain.domainId}/subscriptions`;
  const created = await admin('POST', list, { name: 'Bus', kind: 'eventBridge', ...more });
  expect(created).toMatchObject({ status: 201, body: { subscription: { kind: 'eventBridge' } } });
  expect(Object.keys(created.body)).toEqual(['subscription']);
  const { subscriptionId } = (created.body as unknown as { subscription: { subscriptionId: string } })
    .subscription;
  return { domain, subscriptionId, resource: `domains/${domain.domainId}/subscriptions/${subscriptionId}` };
}

/** Returns the JSON of the events in the feed of a domain, as the feed returns it. */
async function feedOf(domainId: string): Promise<string[]> {
  const feed = new EventFeedStore(await systemTable(), () => new Date());
  return (await feed.read(domainId, 0, 100)).events.map((event) => event.json('full'));
}

it('a change arrives on the bus with the bytes of the feed, and only for the subscription of its domain', async () => {
  const [one, other] = await Promise.all([open({ content: 'full' }), open({ types: ['license.ended'] })]);
  const users = [await provisionUser(one.domain), await provisionUser(other.domain)] as const;
  await one.domain.request('PATCH', users[0].path, replaceBody('active', false));
  await other.domain.request('PATCH', users[1].path, replaceBody('active', false));
  const typesOf = (events: Awaited<ReturnType<typeof eventsOnBus>>) =>
    events.map(({ event }) => event['detail-type']);
  const arrived = await busUntil(
    users[0].id,
    (events) => typesOf(events).includes('license.ended') && typesOf(events).includes('user.deactivated'),
  );
  const feed = await feedOf(one.domain.domainId);
  expect(new Set(arrived.map(({ detail }) => detail))).toEqual(
    new Set(feed.filter((json) => json.includes(users[0].id))),
  );
  expect(arrived.some(({ detail }) => detail.includes('"before":'))).toBe(true);
  for (const { event, detail } of arrived) {
    expect(event).toMatchObject({ source: 'scim-provisioning', resources: [one.resource] });
    const { type, domainId, time } = JSON.parse(detail) as Record<string, string>;
    expect(domainId).toBe(one.domain.domainId);
    expect(event['detail-type']).toBe(type);
    expect(event.time).toBe(time?.replace(/\.\d+/, ''));
  }
  // The other subscription has no more than its types of its own domain.
  await busUntil(users[1].id, (events) => events.length > 0);
  const ofOther = await eventsOnBus(other.domain.domainId);
  expect(new Set(typesOf(ofOther))).toEqual(new Set(['license.ended']));
  expect(ofOther.flatMap(({ event }) => event.resources)).toEqual(ofOther.map(() => other.resource));
  expect(ofOther.every(({ detail }) => !detail.includes('"before":'))).toBe(true);
});

it('each event arrives although the bus accepts only a part of a request, and a replay has the same bytes', async () => {
  const { domainId } = await createDomainClient();
  const bus = await TestWebhook.create(domainId, { url: '' }, { kind: 'eventBridge', endpoint: undefined });
  const path = `/domains/${domainId}/subscriptions/${bus.subscriptionId}`;
  await injectFault({ times: '1', kinds: 'unprocessed', operation: 'events:PutEvents', of: domainId });
  const since = new Date();
  const users = Array.from({ length: 12 }, (_, at) => ({ userId: `${domainId}-${at}` }));
  const ids = await bus.append(users, since);
  const idsOf = (events: Awaited<ReturnType<typeof eventsOnBus>>) =>
    events.map(({ detail }) => (JSON.parse(detail) as { id: string }).id);
  await eventually('all events', async () => {
    await admin('POST', `${path}/retries`);
    const arrived = idsOf(await eventsOnBus(domainId));
    return ids.every((id) => arrived.includes(id));
  });
  const first = await eventsOnBus(domainId);
  const { body } = await admin('GET', `${path}/deliveries`);
  expect(body.items).toContainEqual(
    expect.objectContaining({
      delivered: false,
      error:
        'The event bus did not accept the event (InternalFailure). The event was not stored. Try it again.',
    }),
  );
  await eventually(
    'the end of the run',
    async () => !('nextAttemptAt' in (await admin('GET', `${path}/delivery-status`)).body),
  );

  expect(await admin('POST', `${path}/replays`, { since: since.toISOString() })).toMatchObject({
    status: 202,
  });
  const again = await busUntil(domainId, (events) => events.length >= first.length + ids.length);
  expect(new Set(again.map(({ detail }) => detail))).toEqual(new Set(first.map(({ detail }) => detail)));
});

it('a subscription of the deployment gets the changes of each domain, with the bytes of its feed', async () => {
  const created = await admin('POST', '/subscriptions', {
    ...{ name: 'All', kind: 'eventBridge', content: 'full', types: ['user.deactivated'] },
  });
  const { subscriptionId, eventBusName } = (
    created.body as unknown as { subscription: Record<string, string> }
  ).subscription;
  expect(eventBusName).toBe('scim-events');
  const path = `/subscriptions/${subscriptionId}`;
  try {
    const domains = await Promise.all([createDomainClient(), createDomainClient()]);
    const ids: string[] = [];
    for (const domain of domains) {
      const user = await provisionUser(domain);
      await domain.request('PATCH', user.path, replaceBody('active', false));
      ids.push(user.id);
    }
    const feed = new EventFeedStore(await systemTable(), () => new Date());
    for (const [at, id] of ids.entries()) {
      const arrived = await busUntil(id, (events) => events.length > 0);
      const { domainId } = domains[at] ?? {};
      for (const { event, detail } of arrived) {
        expect(event).toMatchObject({
          'detail-type': 'user.deactivated',
          resources: [`subscriptions/${subscriptionId}`],
        });
        const { domainId: ofEvent, sequence, before } = JSON.parse(detail) as Record<string, unknown>;
        expect([ofEvent, sequence]).toEqual([domainId, 2]);
        expect(before).toMatchObject({ active: true });
      }
      // The feed of the deployment may have many events of other tests. The bus has its own time, which is
      // later.
      const { time } = JSON.parse(arrived[0]?.detail ?? '{}') as { time: string };
      const start = await feed.positionBefore(DEPLOYMENT, time);
      const bytes: string[] = [];
      for (let [after, more] = [start, true]; more;) {
        const page = await feed.read(DEPLOYMENT, after, 100);
        bytes.push(...page.events.map((event) => event.json('full')));
        ({ next: after, more } = page);
      }
      for (const { detail } of arrived) expect(bytes).toContain(detail);
      // No domain has a subscription, so each event is that of the deployment.
      expect(new Set(arrived.map(({ detail }) => detail)).size).toBe(1);
    }
    expect(await admin('POST', `${path}/test-events`)).toMatchObject({ body: { delivered: true } });
    const [test] = await eventsOnBus(String(subscriptionId));
    expect(JSON.parse(test?.detail ?? '{}')).not.toHaveProperty('domainId');
    expect(await admin('GET', `${path}/deliveries`)).toMatchObject({ status: 200 });
  } finally {
    await admin('DELETE', path);
  }
});

it('a test event arrives on the bus, and a secret is refused', async () => {
  const { domain, subscriptionId, resource } = await open();
  const path = `/domains/${domain.domainId}/subscriptions/${subscriptionId}`;
  expect(await admin('POST', `${path}/test-events`)).toMatchObject({
    status: 200,
    body: { delivered: true },
  });
  const [event, ...others] = await eventsOnBus(subscriptionId);
  expect(event?.event).toMatchObject({ 'detail-type': 'subscription.test', resources: [resource] });
  expect(others).toEqual([]);
  expect((await admin('GET', `${path}/delivery-status`)).body.secrets).toEqual([]);
  expect(await admin('POST', `${path}/secrets`)).toMatchObject({ status: 409 });
  const endpoint = { endpoint: 'https://hooks.example.com' };
  expect(await admin('PATCH', path, endpoint)).toMatchObject({ status: 400 });
});
