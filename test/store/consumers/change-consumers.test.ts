import { ChangeConsumers, CONSUMERS_CACHE_MS } from '../../../shared/store/consumers/change-consumers';
import type { Consumer } from '../../../shared/store/consumers/consumer-store';

let list: Consumer[];
let version: number;
let now: number;
let reads: string[];
beforeEach(() => {
  [list, version, now, reads] = [[], 0, 1_000_000, []];
});

const open = () =>
  new ChangeConsumers({
    now: () => now,
    store: {
      version: () => {
        reads.push('version');
        return Promise.resolve(version);
      },
      readAll: () => {
        reads.push('list');
        return Promise.resolve(list);
      },
    },
  });

const subscription = (scope: string, subscriptionId: string, full = false, pulls = false): Consumer => ({
  scope,
  kind: 'EVENTS',
  subscriptionId,
  full,
  pulls,
});

it('reads only the small state of a deployment without consumers, once a second', async () => {
  const consumers = open();
  for (let change = 0; change < 100; change++)
    expect((await consumers.current()).hasMappings('d')).toBe(false);
  expect(reads).toEqual(['version']);
  now += CONSUMERS_CACHE_MS;
  await consumers.current();
  expect(reads).toEqual(['version', 'version']);
});

it('knows a consumer at the latest a second after it was added, and reads the list only then', async () => {
  const consumers = open();
  await consumers.current();
  [list, version] = [[{ scope: 'd', kind: 'MAPPINGS', full: false, pulls: false }], 1];
  now += CONSUMERS_CACHE_MS - 1;
  expect((await consumers.current()).hasMappings('d')).toBe(false);
  now += 1;
  expect((await consumers.current()).hasMappings('d')).toBe(true);
  expect((await consumers.current()).hasMappings('e')).toBe(false);
  now += CONSUMERS_CACHE_MS;
  await consumers.current();
  expect(reads).toEqual(['version', 'version', 'list', 'version']);
});

it('reads again if the clock was set back', async () => {
  const consumers = open();
  await consumers.current();
  now -= 60_000;
  await consumers.current();
  expect(reads).toEqual(['version', 'version']);
});

it('counts the time from the beginning of the read', async () => {
  const consumers = new ChangeConsumers({
    now: () => now,
    store: {
      version: () => {
        reads.push('version');
        now += 700;
        return Promise.resolve(version);
      },
      readAll: () => Promise.resolve(list),
    },
  });
  await consumers.current();
  now += 300;
  await consumers.current();
  expect(reads).toEqual(['version', 'version']);
});

it('keeps the domains and the deployment apart, and takes the largest content', async () => {
  list = [
    subscription('d', '1'),
    subscription('d', '2', true),
    subscription('d', '3'),
    subscription('e', '4'),
  ];
  version = 4;
  const { eventsOf, eventsOfDeployment, subscriptionsOf, hasMappings } = await open().current();
  expect([eventsOf('d'), eventsOf('e'), eventsOf('f')]).toEqual(['full', 'notice', undefined]);
  expect(eventsOfDeployment).toBeUndefined();
  expect(subscriptionsOf('d')).toEqual(['1', '2', '3']);
  expect(hasMappings('d')).toBe(false);
  [list, version] = [[subscription('DEPLOYMENT', '5')], 5];
  now += CONSUMERS_CACHE_MS;
  expect((await open().current()).eventsOfDeployment).toBe('notice');
  expect((await open().current()).eventsOf('d')).toBeUndefined();
});

it('knows that nothing is delivered if products only read the feed', async () => {
  list = [subscription('d', '1', false, true), subscription('e', '2', true, true), subscription('e', '3')];
  version = 1;
  const { hasDeliveries } = await open().current();
  expect(['d', 'e', 'f'].map(hasDeliveries)).toEqual([false, true, false]);
});
