import { localDay, longTime, shortTime, startOfDay } from '../../../portal/src/format/time';

const NOW = new Date('2026-05-10T12:00:00Z');

describe('a time', () => {
  it.each([
    ['2026-05-10T11:59:30Z', 'just now'],
    ['2026-05-10T12:00:30Z', 'in a moment'],
    ['2026-05-10T11:58:00Z', '2 minutes ago'],
    ['2026-05-10T09:00:00Z', '3 hours ago'],
    ['2026-05-10T14:00:00Z', 'in 2 hours'],
  ])('%s is shown as "%s"', (at, expected) => {
    expect(shortTime(at, NOW)).toBe(expected);
  });

  it('more than a day away is shown with its date, in the format of the language', () => {
    const at = '2026-05-01T12:00:00Z';
    const format = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
    expect(shortTime(at, NOW)).toBe(format.format(new Date(at)));
  });

  it('in the long format has seconds and a time zone', () => {
    const zone = new Intl.DateTimeFormat('en', { timeZoneName: 'short' })
      .formatToParts(new Date('2026-05-01T12:00:07Z'))
      .find(({ type }) => type === 'timeZoneName')?.value;
    expect(longTime('2026-05-01T12:00:07Z')).toMatch(/:07\b/);
    expect(longTime('2026-05-01T12:00:07Z')).toContain(zone);
  });
});

describe('a day', () => {
  it('begins at the reader’s midnight, and can be moved past the end of a month', () => {
    expect(new Date(startOfDay('2026-01-31', 1))).toEqual(new Date(2026, 1, 1));
  });

  it('is in the reader’s time zone', () => {
    expect(localDay(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05');
  });
});
