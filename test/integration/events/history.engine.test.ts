import { setTimeout as sleep } from 'node:timers/promises';
import type { ChangeEvent } from '../../../shared/events/event';
import { readFeed, subscribe } from '../../support/events/feed';
import { eventually } from '../../support/jest/timeouts';
import { replaceBody, userBody } from '../../support/requests/bodies';
import {
  createDomainClient,
  injectFault,
  killInstances,
  persistentClient,
} from '../../support/system/system';

/** Rounds of changes. More rounds, with kills: `EVENT_ROUNDS=20 npx jest test/integration/events/history`. */
const ROUNDS = Number(process.env.EVENT_ROUNDS ?? 1);
const USERS = 4;
/**
 * The subjects that are compared. The feed may also have the creation of the domain, which the dispatcher saw
 * later.
 */
const SUBJECTS: ReadonlySet<string> = new Set(['user', 'license']);

/** The changes of a round, and the events that follow from each. */
const CHANGES: readonly (readonly [path: string, value: unknown, ofUser: string, ofLicense?: string])[] = [
  ['title', 'Engineer', 'user.changed'],
  ['active', false, 'user.deactivated', 'license.ended'],
  ['active', true, 'user.reactivated', 'license.activated'],
  ['title', 'Manager', 'user.changed'],
];

it('the feed equals the history of each subject, although functions fail and are killed', async () => {
  const domain = persistentClient(await createDomainClient({ name: 'History' }));
  const { domainId } = domain;
  await subscribe(domainId);
  const faults = [
    ['throttling', 'EventFeed', 'dynamodb:TransactWriteItems'],
    ['unavailable', 'WorkDispatcher', 'SendMessage'],
    ['reset-after', 'WorkDispatcher', 'SendMessage'],
    ['reset-after', 'EventFeed', 'dynamodb:TransactWriteItems'],
  ];
  const disturb = async (round: number) => {
    for (const [kinds = '', name = '', operation = ''] of faults)
      await injectFault({ kinds, function: name, operation, of: domainId, times: '2' });
    if (round === 0) return;
    await killInstances('EventFeed', domainId);
    await killInstances('WorkDispatcher', domainId);
  };

  const expected = new Map<string, { user: string[]; license: string[] }>();
  const changeUser = async () => {
    const created = await domain.request('POST', '/Users', userBody());
    expect(created.status).toBe(201);
    const { id } = created.body as { id: string };
    const history = { user: ['user.created'], license: ['license.activated'] };
    expected.set(id, history);
    for (let round = 0; round < ROUNDS; round++)
      for (const [path, value, ofUser, ofLicense] of CHANGES) {
        const { status } = await domain.request('PATCH', `/Users/${id}`, replaceBody(path, value));
        expect([200, 204]).toContain(status);
        history.user.push(ofUser);
        if (ofLicense) history.license.push(ofLicense);
      }
  };
  let isChanging = true;
  const changes = Promise.all(Array.from({ length: USERS }, changeUser)).finally(() => (isChanging = false));
  await disturb(0);
  for (let round = 1; ROUNDS > 1 && isChanging; round++) {
    await disturb(round);
    await sleep(1_000);
  }
  await changes;

  const total = [...expected.values()].reduce(
    (sum, { user, license }) => sum + user.length + license.length,
    0,
  );
  let events: ChangeEvent[] = [];
  await eventually('all events', async () => {
    events = (await readFeed(domainId)).filter(({ subject }) => SUBJECTS.has(subject.type));
    return events.length >= total;
  });
  for (const [id, { user, license }] of expected) {
    const of = (type: string) =>
      events.filter(({ subject }) => subject.type === type && subject.id === id).map((event) => event.type);
    expect(of('user')).toEqual(user);
    expect(of('license')).toEqual(license);
  }
  expect(events).toHaveLength(total);
  expect(new Set(events.map(({ id }) => id)).size).toBe(total);
});
