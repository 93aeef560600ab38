import { seatSettingsWrite, type SeatSettings } from '../../../shared/store/licenses/seat-settings';

const AT = '2026-03-01T12:00:00.000Z';
const COUNTED =
  'activeLicenses = if_not_exists(activeLicenses, :none), pendingLicenses = if_not_exists(pendingLicenses, :none)';

it.each<[string, SeatSettings, string, object]>([
  ['a number of seats', { seats: 50 }, ', seats = :seats', { ':seats': 50 }],
  ['no seat at all', { seats: 0 }, ', seats = :seats', { ':seats': 0 }],
  ['any number of seats', { seats: null }, ' REMOVE seats', {}],
  ['a policy alone', { seatPolicy: 'wait' }, ', seatPolicy = :policy', { ':policy': 'wait' }],
  [
    'both',
    { seats: 5, seatPolicy: 'refuse' },
    ', seats = :seats, seatPolicy = :policy',
    { ':seats': 5, ':policy': 'refuse' },
  ],
])('seatSettingsWrite sets %s, and has the counts there', (_, settings, change, values) => {
  const { Update } = seatSettingsWrite('d', settings, AT);
  expect(Update?.Key).toEqual({ pk: 'DOMAIN#d', sk: 'COUNTS' });
  expect(Update?.UpdateExpression).toBe(`SET wokenAt = :at, ${COUNTED}${change}`);
  expect(Update?.ExpressionAttributeValues).toEqual({ ':at': AT, ':none': 0, ...values });
});
