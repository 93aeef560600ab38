import { parseInstant } from '../../../shared/scim/filter/comparison';

test.each([
  ['2011-05-13T04:42:34Z', '2011-05-13T04:42:34.000Z'],
  ['2011-05-13T04:42:34Z', '2011-05-13T06:42:34+02:00'],
  ['2011-05-13T04:42:34.5Z', '2011-05-12T23:12:34.500000-05:30'],
  ['2011-05-13T04:42:34.57Z', '2011-05-13T04:42:34.570Z'],
  ['2011-05-13T04:42:34', '2011-05-13t04:42:34z'],
])('%s and %s are the same instant', (a, b) => {
  expect(parseInstant(a)).toBeDefined();
  expect(parseInstant(a)).toBe(parseInstant(b));
});

test('an instant is in milliseconds since the epoch, with a fraction', () => {
  expect(parseInstant('1970-01-01T00:00:01.25Z')).toBe(1250);
  expect(parseInstant('2011-05-13T04:42:34.1234Z')).toBeGreaterThan(
    parseInstant('2011-05-13T04:42:34.123Z') ?? NaN,
  );
});

test.each([
  '',
  'yesterday',
  '2011',
  '2011-05-13',
  '2011-05-13 04:42:34Z',
  '2011-13-13T04:42:34Z',
  '1305261754',
])('%j is not a date and time', (text) => {
  expect(parseInstant(text)).toBeUndefined();
});
