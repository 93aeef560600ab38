import type { ChangeEvent } from '../../../shared/events/event';
import { timeOfId } from '../../../shared/id';
import { feedUntil, readFeed, subscribe } from '../../support/events/feed';
import { patchBody, uniqueName, userBody, type Operation } from '../../support/requests/bodies';
import { adminClient } from '../../support/system/admin-client';
import { createDomainClient, type DomainClient, takeCapacity } from '../../support/system/system';

const admin = adminClient();
let domain: DomainClient;
beforeAll(async () => {
  domain = await createDomainClient({ name: 'Events' });
  await subscribe(domain.domainId, 'full');
});

const create = async (path: string, body: object): Promise<string> => {
  const created = await domain.request('POST', path, body);
  expect(created.status).toBe(201);
  return (created.body as { id: string }).id;
};

const isOfUser = ({ subject }: ChangeEvent): boolean => ['user', 'license'].includes(subject.type);

/**
 * Waits until no event of the creation of the domain and its key can follow, however late the dispatcher is.
 */
async function untilDomainIsPast(domainId: string): Promise<void> {
  for (const scimEnabled of [false, true])
    expect((await admin('PATCH', `/domains/${domainId}`, { scimEnabled })).status).toBe(200);
  const isSwitch = ({ type }: ChangeEvent) => type === 'domain.switched';
  await feedUntil(domainId, (_, events) => events.filter(isSwitch).length === 2);
}

const of = (events: readonly ChangeEvent[], type: string, id: string): ChangeEvent[] =>
  events.filter(({ subject }) => subject.type === type && subject.id === id);

it('the life of a user and its license is a row of events, each with its actor', async () => {
  const before = Date.now();
  const userId = await create('/Users', userBody(undefined, { title: 'Engineer' }));
  const patch = async (...operations: Operation[]) => {
    const { status } = await domain.request('PATCH', `/Users/${userId}`, patchBody(...operations));
    expect(status).toBe(200);
  };
  await patch({ op: 'replace', path: 'title', value: 'Manager' });
  await patch({ op: 'replace', value: { active: false, title: 'Retired' } });
  await patch({ op: 'replace', path: 'active', value: true });
  expect((await domain.request('DELETE', `/Users/${userId}`)).status).toBe(204);

  const isLast = ({ type, subject, sequence }: ChangeEvent) =>
    subject.id === userId && type === 'license.ended' && sequence === 4;
  await feedUntil(domain.domainId, isLast, 'full');
  const events = await feedUntil(
    domain.domainId,
    ({ type, subject }) => type === 'user.deleted' && subject.id === userId,
    'full',
  );
  const ofUser = of(events, 'user', userId);
  expect(ofUser.map(({ type, sequence }) => [type, sequence])).toEqual([
    ['user.created', 1],
    ['user.changed', 2],
    ['user.changed', 3],
    ['user.deactivated', 4],
    ['user.reactivated', 5],
    ['user.deleted', 6],
  ]);
  expect(ofUser.map(({ data }) => data)).toEqual([
    { userId, active: true, attributes: ['active', 'emails', 'title', 'userName'] },
    { userId, attributes: ['title'] },
    { userId, attributes: ['title'] },
    { userId },
    { userId },
    { userId },
  ]);
  expect(ofUser[1]).toMatchObject({ before: { title: 'Engineer' }, after: { title: 'Manager' } });
  expect(ofUser[0]).toMatchObject({ schemaVersion: 1, domainId: domain.domainId });
  expect(ofUser[0]).not.toHaveProperty('before');
  expect(ofUser[5]).not.toHaveProperty('after');

  const ofLicense = of(events, 'license', userId);
  expect(ofLicense.map(({ type, sequence }) => [type, sequence])).toEqual([
    ['license.activated', 1],
    ['license.ended', 2],
    ['license.activated', 3],
    ['license.ended', 4],
  ]);
  expect(ofLicense[1]).toMatchObject({
    data: { userId, status: 'inactive', previousStatus: 'active', reason: 'deactivated' },
  });
  expect(ofLicense[3]).toMatchObject({ data: { reason: 'deleted' } });

  for (const event of [...ofUser, ...ofLicense]) {
    expect(event.actor).toMatchObject({ kind: 'scimKey', name: 'test' });
    expect(timeOfId(event.id).toISOString()).toBe(event.time);
    expect(Date.parse(event.time)).toBeGreaterThan(before - 2_000);
    expect(event.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
});

it('the life of a group and its members is another row', async () => {
  const [one = '', two = ''] = await Promise.all(
    ['one', 'two'].map((name) => create('/Users', userBody(uniqueName(name)))),
  );
  const groupId = await create('/Groups', { displayName: 'Sales', members: [{ value: one }] });
  const path = `/Groups/${groupId}`;
  await domain.request('PATCH', path, patchBody({ op: 'add', path: 'members', value: [{ value: two }] }));
  await domain.request(
    'PATCH',
    path,
    patchBody({ op: 'replace', path: 'displayName', value: 'Field Sales' }),
  );
  expect((await domain.request('DELETE', `/Users/${one}`)).status).toBe(204);
  await feedUntil(
    domain.domainId,
    ({ type, subject }) => type === 'group.membersRemoved' && subject.id === groupId,
  );
  expect((await domain.request('DELETE', path)).status).toBe(204);
  const events = await feedUntil(
    domain.domainId,
    ({ type, subject }) => type === 'group.deleted' && subject.id === groupId,
  );
  expect(of(events, 'group', groupId).map(({ type, data }) => [type, data])).toEqual([
    ['group.created', { groupId, attributes: ['displayName'] }],
    ['group.changed', { groupId, attributes: ['displayName'] }],
    ['group.deleted', { groupId }],
  ]);
  const changes = of(events, 'groupMembers', groupId);
  expect(changes.map(({ sequence }) => sequence)).toEqual(changes.map((_, at) => at + 1));
  // Additions that are in one batch of the stream become one event.
  expect(
    changes.flatMap(({ type, data }) =>
      (data as unknown as { userIds: string[] }).userIds.map((id) => [type, id]),
    ),
  ).toEqual([
    ['group.membersAdded', one],
    ['group.membersAdded', two],
    ['group.membersRemoved', one],
  ]);
});

it('no event has a key or what a key is derived from', async () => {
  const events = JSON.stringify(await readFeed(domain.domainId, 'full'));
  for (const secret of ['licenseKey', 'keptActivationId', '"hash"', 'usageIdentifierKey', 'nameKey'])
    expect(events).not.toContain(secret);
});

it('a request costs the same with a subscription, and the feed pays for the events', async () => {
  const [plain, subscribed] = await Promise.all([createDomainClient(), createDomainClient()]);
  await subscribe(subscribed.domainId);
  await untilDomainIsPast(subscribed.domainId);
  const costOf = async ({ domainId, request }: DomainClient, isDone: () => Promise<unknown>) => {
    await takeCapacity(domainId);
    expect((await request('POST', '/Users', userBody())).status).toBe(201);
    await isDone();
    const records = await takeCapacity(domainId);
    const unitsOf = (name: RegExp) =>
      records
        .filter((record) => name.test(record.function))
        .map(({ read, write }) => ({ read, write }))
        .reduce((a, b) => ({ read: a.read + b.read, write: a.write + b.write }), { read: 0, write: 0 });
    // The rate counter and sampled records of requests are no part of the change.
    const ofChange = records.filter(
      ({ function: name, operation }) =>
        name.includes('FunctionsUsers') && operation === 'TransactWriteItems',
    );
    const writes = ofChange.map(({ write }) => write);
    return { request: writes, feed: unitsOf(/EventFeed/), webhooks: unitsOf(/Webhook/) };
  };
  const without = await costOf(plain, () => Promise.resolve());
  const withEvents = await costOf(subscribed, () =>
    feedUntil(subscribed.domainId, (_, events) => events.filter(isOfUser).length === 2),
  );
  expect(withEvents.request).toEqual(without.request);
  expect(without.feed).toEqual({ read: 0, write: 0 });
  // Two units for each event, for its subject, and for the end of the feed. If the stream delivers the user
  // and the license in two batches, the end is written twice, and what was seen of each.
  expect(withEvents.feed.write).toBeLessThanOrEqual(20);
  expect(withEvents.feed.read).toBeLessThanOrEqual(16);
  // The product reads the feed by itself.
  expect(withEvents.webhooks).toEqual({ read: 0, write: 0 });
});
