import { seatSettingsWrite, type SeatSettings } from '../../../shared/store/licenses/seat-settings';

const AT = '2026-03-01T12:00:00.000Z';

it.each<[string, SeatSettings, object, string[]]>([
  ['a number of seats', { seats: 50 }, { seats: 50 }, []],
  ['no seats', { seats: 0 }, { seats: 0 }, []],
  ['an unlimited number of seats', { seats: null }, {}, ['seats']],
  ['only a policy', { seatPolicy: 'wait' }, { seatPolicy: 'wait' }, []],
  ['both', { seats: 5, seatPolicy: 'refuse' }, { seats: 5, seatPolicy: 'refuse' }, []],
])('seatSettingsWrite sets %s, and creates the counts', (_, settings, set, remove) => {
  expect(seatSettingsWrite('d', settings, AT)).toEqual({
    update: { pk: 'DOMAIN#d', sk: 'COUNTS' },
    set: { wokenAt: AT, ...set },
    setIfAbsent: { activeLicenses: 0, pendingLicenses: 0 },
    remove,
  });
});
