import { sweepUsageKeys } from '../../../shared/service/domains/usage-key-sweep';
import type { Domain } from '../../../shared/store/domains/domain-store';
import { UsageKeyChanges } from '../../../shared/store/domains/usage-key-changes';
import type { Table } from '../../../shared/store/table/table';
import { createTableLikeSystem } from '../../support/store/create-table';

const BEGIN = Date.parse('2026-03-01T12:00:00.000Z');
const minutes = (count: number): Date => new Date(BEGIN + count * 60_000);

let table: Table;
let changes: UsageKeyChanges;
/** Domain → the IDs of its API keys. */
let keys: Map<string, string[]>;
/** Domain → the ID of the API key that it names. */
let named: Map<string, string>;
let swept: [string, number][];
let failed: string[];
let isTimeUp: boolean;
/** Runs while the keys of a domain are listed. */
let whileListing: () => Promise<unknown>;

beforeEach(async () => {
  table = await createTableLikeSystem();
  changes = new UsageKeyChanges(table);
  keys = new Map();
  named = new Map();
  swept = [];
  failed = [];
  isTimeUp = false;
  whileListing = () => Promise.resolve();
});

const sweep = (now: Date) =>
  sweepUsageKeys({
    changes,
    domains: {
      get: (domainId) => {
        const usageKeyId = named.get(domainId);
        return Promise.resolve(usageKeyId === undefined ? undefined : ({ usageKeyId } as Domain));
      },
    },
    usageKeys: {
      list: async (domainId) => {
        const own = keys.get(domainId);
        await whileListing();
        if (!own) throw new Error('API Gateway is busy.');
        return own;
      },
      delete: (keyId) => {
        for (const [domainId, own] of keys)
          keys.set(
            domainId,
            own.filter((id) => id !== keyId),
          );
        return Promise.resolve();
      },
    },
    isTimeUp: () => isTimeUp,
    now: () => now,
    onSwept: (domainId, deleted) => swept.push([domainId, deleted]),
    onError: (domainId) => failed.push(domainId),
  });

const commit = (change: Parameters<UsageKeyChanges['end']>[0]) =>
  table.transact([
    { put: { pk: 'D', sk: 'D' } },
    changes.openCheck(change, () => new Error('The change took too long.')),
  ]);

it('deletes the keys of an interrupted change, except the one that the domain names', async () => {
  await changes.begin('gone', 'Example', minutes(0));
  await changes.begin('kept', 'Example', minutes(0));
  keys.set('gone', ['1', '2']).set('kept', ['3', '4']);
  named.set('kept', '4');
  await sweep(minutes(16));
  expect([keys.get('gone'), keys.get('kept')]).toEqual([[], ['4']]);
  expect(swept).toEqual([
    ['gone', 2],
    ['kept', 1],
  ]);
  expect(await changes.startedBefore(minutes(60))).toEqual([]);
});

it('leaves a change alone that may be in progress', async () => {
  const change = await changes.begin('d', 'Example', minutes(0));
  keys.set('d', ['1']);
  await sweep(minutes(14));
  expect(keys.get('d')).toEqual(['1']);
  await expect(commit(change)).resolves.toBeUndefined();
});

it('lets no change succeed whose key it may have deleted', async () => {
  const change = await changes.begin('d', 'Example', minutes(0));
  keys.set('d', ['1']);
  whileListing = () => expect(commit(change)).rejects.toThrow('The change took too long.');
  await sweep(minutes(16));
  await expect(commit(change)).rejects.toThrow('The change took too long.');
});

it('leaves all keys of a domain while another change of it is in progress', async () => {
  await changes.begin('d', 'Example', minutes(0));
  keys.set('d', ['old', 'new']);
  let current: Awaited<ReturnType<UsageKeyChanges['begin']>> | undefined;
  whileListing = async () => (current ??= await changes.begin('d', 'Example', minutes(15)));
  await sweep(minutes(16));
  expect([keys.get('d'), swept]).toEqual([['old', 'new'], []]);
  named.set('d', 'new');
  if (current) await changes.end(current);
  await sweep(minutes(17));
  expect(keys.get('d')).toEqual(['new']);
});

it('sweeps several interrupted changes of a domain at once', async () => {
  for (const minute of [0, 1, 2]) await changes.begin('d', 'Example', minutes(minute));
  keys.set('d', ['1', '2', '3']);
  await sweep(minutes(20));
  expect([keys.get('d'), swept]).toEqual([[], [['d', 3]]]);
  expect(await changes.ofDomain('d')).toEqual([]);
});

it('goes on after a domain that fails, which the next run repeats', async () => {
  await changes.begin('busy', 'Example', minutes(0));
  await changes.begin('free', 'Example', minutes(0));
  keys.set('free', ['1']);
  await sweep(minutes(16));
  expect([failed, swept]).toEqual([['busy'], [['free', 1]]]);
  keys.set('busy', ['2']);
  await sweep(minutes(17));
  expect(keys.get('busy')).toEqual([]);
});

it('stops when the time is up', async () => {
  await changes.begin('d', 'Example', minutes(0));
  keys.set('d', ['1']);
  isTimeUp = true;
  await sweep(minutes(16));
  expect([keys.get('d'), swept]).toEqual([['1'], []]);
});
