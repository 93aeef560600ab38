import {
  addEventsConsumer,
  addMappingsConsumer,
  ConsumerStore,
  removeEventsConsumer,
} from '../../../shared/store/consumers/consumer-store';
import { consumersStateKey } from '../../../shared/store/table/event-keys';
import type { Table } from '../../../shared/store/table/table';
import { createTableLikeSystem } from '../../support/store/create-table';

let table: Table;
let store: ConsumerStore;
beforeAll(async () => {
  table = await createTableLikeSystem();
  store = new ConsumerStore(table);
});

const MAPPINGS = { kind: 'MAPPINGS', full: false, pulls: false };

it('lists consumers, and has another version after each change', async () => {
  expect(await store.version()).toBe(0);
  await table.transact(addMappingsConsumer('d1'));
  await table.transact(addEventsConsumer('d1', 's1', { full: false, pulls: false }));
  await table.transact(addEventsConsumer('d1', 's1', { full: true, pulls: false }));
  await table.transact(addEventsConsumer('DEPLOYMENT', 's2', { full: false, pulls: true }));
  expect(await store.version()).toBe(4);
  expect(await store.readAll()).toEqual([
    { scope: 'DEPLOYMENT', kind: 'EVENTS', subscriptionId: 's2', full: false, pulls: true },
    { scope: 'd1', kind: 'EVENTS', subscriptionId: 's1', full: true, pulls: false },
    { scope: 'd1', ...MAPPINGS },
  ]);
  await table.transact(removeEventsConsumer('DEPLOYMENT', 's2'));
  expect(await store.version()).toBe(5);
  expect(await store.readAll()).toEqual([
    { scope: 'd1', kind: 'EVENTS', subscriptionId: 's1', full: true, pulls: false },
    { scope: 'd1', ...MAPPINGS },
  ]);
});

it('ignores kinds of a later version', async () => {
  await table.put({ pk: consumersStateKey.pk, sk: 'd2#LATER#x' });
  expect((await store.readAll()).filter(({ scope }) => scope === 'd2')).toEqual([]);
});

it('removes all consumers of a domain, and nobody else', async () => {
  await table.transact(addMappingsConsumer('d3'));
  const flags = { full: false, pulls: false };
  for (let at = 0; at < 120; at++) await table.transact(addEventsConsumer('d3', `s${at}`, flags));
  await table.transact(addMappingsConsumer('d34'));
  const before = await store.version();
  await store.removeAll('d3');
  const scopes = (await store.readAll()).map(({ scope }) => scope);
  expect(scopes).toContain('d34');
  expect(scopes).not.toContain('d3');
  expect(await store.version()).toBeGreaterThan(before);
});
