import { verifyWebhook } from '../../../sdk/src/webhook.ts';
import { replaceBody } from '../../support/requests/bodies';
import { provisionUser } from '../../support/requests/provision-user';
import { newId } from '../../../shared/id';
import { sendEventWork } from '../../support/events/event-queue';
import { subscribe } from '../../support/events/feed';
import { eventually } from '../../support/jest/timeouts';
import { adminClient } from '../../support/system/admin-client';
import { createDomainClient } from '../../support/system/system';
import { Receiver } from '../../support/webhooks/receiver';

it('a deactivation reaches the receiver as webhooks that the client for products verifies', async () => {
  const domain = await createDomainClient();
  const receiver = new Receiver();
  const created = await adminClient()('POST', `/domains/${domain.domainId}/subscriptions`, {
    ...{ name: 'Product', kind: 'webhook', endpoint: receiver.url },
  });
  expect(created.status).toBe(201);
  const { secret } = created.body as unknown as { secret: string };
  const { id, path } = await provisionUser(domain);
  await domain.request('PATCH', path, replaceBody('active', false));
  const typesOf = async () =>
    (await receiver.events()).filter(({ subject }) => subject.id === id).map(({ type }) => type);
  await eventually('the end of the license', async () => (await typesOf()).includes('license.ended'));
  await eventually('the deactivation', async () => (await typesOf()).includes('user.deactivated'));
  const types = await typesOf();
  expect(types.filter((type) => type.startsWith('user.'))).toEqual(['user.created', 'user.deactivated']);
  expect(types.filter((type) => type.startsWith('license.'))).toEqual(['license.activated', 'license.ended']);
  for (const { headers, body } of await receiver.received()) {
    const { event } = verifyWebhook({ body, headers }, { secrets: [secret] });
    expect(event.domainId).toBe(domain.domainId);
  }
});

it('a change from before the first webhook arrives even if no other change follows', async () => {
  const { domainId } = await createDomainClient();
  await subscribe(domainId);
  const receiver = new Receiver();
  const input = { name: 'Product', kind: 'webhook', endpoint: receiver.url };
  expect((await adminClient()('POST', `/domains/${domainId}/subscriptions`, input)).status).toBe(201);
  const userId = newId();
  const change = {
    ...{ type: 'user.deleted', subject: { type: 'user', id: userId }, data: { userId } },
    ...{ time: new Date().toISOString(), domainId, source: 'item', sequenceNumber: '1' },
  };
  // As the dispatcher of an earlier version sent it while products only read the feed.
  await sendEventWork(domainId, { domainId, hasDeliveries: false, changes: [change] });
  await eventually('the event', async () =>
    (await receiver.events()).some(({ subject }) => subject.id === userId),
  );
});
