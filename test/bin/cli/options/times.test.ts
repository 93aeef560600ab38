import { parseFutureTime, parsePastTime } from '../../../../bin/cli/options/times';

const NOW = new Date('2026-06-15T12:00:00Z');

describe('parseFutureTime', () => {
  it.each([
    ['12h', '2026-06-16T00:00:00.000Z'],
    ['90d', '2026-09-13T12:00:00.000Z'],
    ['4w', '2026-07-13T12:00:00.000Z'],
    ['2026-12-31', '2027-01-01T00:00:00.000Z'],
    ['2026-06-15', '2026-06-16T00:00:00.000Z'],
    ['2027-01-31T12:00:00Z', '2027-01-31T12:00:00.000Z'],
    ['2027-01-31T12:00+02:00', '2027-01-31T10:00:00.000Z'],
  ])('reads %s as %s', (text, time) => expect(parseFutureTime(text, NOW)).toBe(time));

  it.each([
    ['2026-06-14', 'This time is in the past.'],
    ['2026-06-15T12:00:00Z', 'This time is in the past.'],
    ['0d', 'This time is in the past.'],
    ['2027-02-31', '2027-02-31 is not a valid date.'],
    ['2027-02-31T12:00:00Z', '2027-02-31 is not a valid date.'],
    ['2027-13-01', '2027-13-01 is not a valid date.'],
    ['soon', 'It must be a duration such as 12h'],
    ['90', 'It must be a duration such as 12h'],
    ['999999d', 'It must be a duration such as 12h'],
    ['2027-01-31T12:00:00', 'It must be a duration such as 12h'],
  ])('refuses %s: %s', (text, reason) => expect(() => parseFutureTime(text, NOW)).toThrow(reason));
});

describe('parsePastTime', () => {
  it.each([
    ['7d', '2026-06-08T12:00:00.000Z'],
    ['2026-01-01', '2026-01-01T00:00:00.000Z'],
    ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00.000Z'],
  ])('reads %s as %s', (text, time) => expect(parsePastTime(text, NOW)).toBe(time));
});
