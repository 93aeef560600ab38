import { timeAhead, timeBehind } from '../../../../bin/cli/options/times';

const NOW = new Date('2026-06-15T12:00:00Z');

describe('timeAhead', () => {
  it.each([
    ['12h', '2026-06-16T00:00:00.000Z'],
    ['90d', '2026-09-13T12:00:00.000Z'],
    ['4w', '2026-07-13T12:00:00.000Z'],
    ['2026-12-31', '2027-01-01T00:00:00.000Z'],
    ['2026-06-15', '2026-06-16T00:00:00.000Z'],
    ['2027-01-31T12:00:00Z', '2027-01-31T12:00:00.000Z'],
    ['2027-01-31T12:00+02:00', '2027-01-31T10:00:00.000Z'],
  ])('%s is %s', (text, time) => expect(timeAhead(text, NOW)).toBe(time));

  it.each([
    ['2026-06-14', 'It has passed already.'],
    ['2026-06-15T12:00:00Z', 'It has passed already.'],
    ['0d', 'It has passed already.'],
    ['2027-02-31', 'There is no day 2027-02-31.'],
    ['2027-02-31T12:00:00Z', 'There is no day 2027-02-31.'],
    ['2027-13-01', 'There is no day 2027-13-01.'],
    ['soon', 'It is a span such as 12h'],
    ['90', 'It is a span such as 12h'],
    ['999999d', 'It is a span such as 12h'],
    ['2027-01-31T12:00:00', 'It is a span such as 12h'],
  ])('%s is refused: %s', (text, reason) => expect(() => timeAhead(text, NOW)).toThrow(reason));
});

describe('timeBehind', () => {
  it.each([
    ['7d', '2026-06-08T12:00:00.000Z'],
    ['2026-01-01', '2026-01-01T00:00:00.000Z'],
    ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00.000Z'],
  ])('%s is %s', (text, time) => expect(timeBehind(text, NOW)).toBe(time));
});
