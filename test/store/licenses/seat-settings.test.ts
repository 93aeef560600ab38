import { COUNT_SHARDS } from '../../../shared/store/domains/counts';
import { seatSettingsWrites, type SeatSettings } from '../../../shared/store/licenses/seat-settings';
import { countsSnapshot } from '../../support/store/counts-snapshot';

const AT = '2026-03-01T12:00:00.000Z';

/** Returns the changes of the seats, and those of all shards together. */
function changesOf(settings: SeatSettings, snapshot = countsSnapshot({ seats: 9 })) {
  const [seats, ...shards] = seatSettingsWrites('d', snapshot, settings, AT) as {
    set?: Record<string, unknown>;
    remove?: string[];
  }[];
  const free = shards.map(({ set }) => set?.free as number | undefined);
  return { seats, shards, free, sum: free.reduce<number>((total, each) => total + (each ?? 0), 0) };
}

it.each<[string, SeatSettings, object, string[]]>([
  ['a number of seats', { seats: 50 }, { seats: 50 }, []],
  ['no seats', { seats: 0 }, { seats: 0 }, []],
  ['an unlimited number of seats', { seats: null }, {}, ['seats']],
  ['only a policy', { seatPolicy: 'wait' }, { seatPolicy: 'wait' }, []],
  ['both', { seats: 5, seatPolicy: 'refuse' }, { seats: 5, seatPolicy: 'refuse' }, []],
])('seatSettingsWrites sets %s if the seats are as they were read', (_, settings, set, remove) => {
  expect(changesOf(settings).seats).toMatchObject({
    update: { pk: 'd#COUNTS', sk: 'SEATS' },
    set: { wokenAt: AT, version: 2, ...set },
    remove,
    condition: { values: { versionBefore: 1 } },
  });
});

it('a policy changes no shard', () => {
  expect(changesOf({ seatPolicy: 'wait' }).shards).toEqual([]);
});

it('free seats are divided among all shards', () => {
  const { free, sum, shards } = changesOf(
    { seats: 100 },
    countsSnapshot({ seats: 9 }, [{ activeLicenses: 3 }, { activeLicenses: -1, free: 7 }]),
  );
  expect(sum).toBe(98);
  expect(Math.max(...(free as number[])) - Math.min(...(free as number[]))).toBe(1);
  for (const shard of shards) expect(shard).toMatchObject({ set: { limit: 2 }, remove: ['debt'] });
});

it('active licenses for which there is no seat are a debt', () => {
  const { free, sum, shards } = changesOf(
    { seats: 10 },
    countsSnapshot({}, [{ activeLicenses: 15, free: -15 }]),
  );
  expect(sum).toBe(-5);
  expect(free.filter((each) => each === -1)).toHaveLength(5);
  for (const shard of shards) expect(shard).toMatchObject({ set: { limit: 2, debt: true }, remove: [] });
});

it('unlimited seats leave the free seats as they are, so that they can be counted again', () => {
  const { shards } = changesOf({ seats: null });
  expect(shards).toHaveLength(COUNT_SHARDS);
  for (const shard of shards) expect(shard).toMatchObject({ remove: ['limit', 'debt'] });
});
