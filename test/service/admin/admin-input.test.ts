import fc from 'fast-check';
import {
  validateMailDelay,
  validateName,
  validateNotifyAddresses,
  validateSeats,
  parseFutureInstant,
} from '../../../shared/service/admin/admin-input';
import { codePoint } from '../../support/arbitraries/code-point';

const NOW = new Date('2026-03-01T12:00:00.000Z');

describe('validateName', () => {
  const check = (text: string) => validateName(text, 'The name of a domain');

  it.each(['Example Inc', 'Zürich & Söhne 雪', '👩‍🚀', 'x'.repeat(100), '😀'.repeat(100)])(
    'accepts %j unchanged',
    (name) => expect(check(name)).toBe(name),
  );

  it('removes surrounding white space', () => expect(check('  Example \n')).toBe('Example'));

  it.each([
    ['nothing', '', /1 to 100 characters, but this one has 0/],
    ['blanks', ' \t ', /this one has 0/],
    ['101 characters', 'x'.repeat(101), /this one has 101/],
    ['a line break', 'a\nb', /one line/],
    ['a tab', 'a\tb', /control characters/],
    ['a line separator', 'a\u2028b', /one line/],
    ['an escape', 'a\u001b[31m', /control characters/],
    ['a control of the text direction', 'a\u202eb', /control characters/],
    ['a zero-width space alone', '\u200b', /no visible characters/],
    ['fillers alone', '\u3164\u2800', /no visible characters/],
    ['half of a surrogate pair', 'a\ud83d', /Type it again/],
  ])('refuses %s with a message that says what to change', (_, text, message) => {
    expect(() => check(text)).toThrow(message);
    expect(() => check(text)).toThrow(/^The name of a domain /);
  });

  it('accepts any text as one line, or refuses it with an AdminError', () => {
    fc.assert(
      fc.property(fc.string({ unit: codePoint, maxLength: 120 }), (text) => {
        try {
          expect(check(text)).toMatch(/^[^\r\n\u2028\u2029]{1,200}$/u);
        } catch (error) {
          expect(error).toMatchObject({ name: 'AdminError', problem: 'invalid' });
        }
      }),
    );
  });
});

describe('validateMailDelay', () => {
  it.each([0, 1, 10_080])('accepts %d minutes', (minutes) =>
    expect(validateMailDelay(minutes)).toBe(minutes),
  );

  it.each([-1, 10_081, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses %d', (minutes) => {
    expect(() => validateMailDelay(minutes)).toThrow(/whole number of minutes from 0 to 10080/);
  });
});

describe('validateNotifyAddresses', () => {
  const addresses = (count: number) => Array.from({ length: count }, (_, at) => `it-${at}@example.com`);

  it('returns each address once, without surrounding white space', () =>
    expect(validateNotifyAddresses([' IT@example.com ', 'ops@example.com', 'it@example.com'])).toEqual([
      'IT@example.com',
      'ops@example.com',
    ]));

  it('accepts ten addresses', () => expect(validateNotifyAddresses(addresses(10))).toHaveLength(10));

  it.each([
    ['different addresses', addresses(11)],
    ['the same address', Array.from({ length: 11 }, () => 'it@example.com')],
    ['texts that are no addresses', Array.from({ length: 11 }, () => 'nobody')],
  ])('refuses more than ten, before it checks each one, if they are %s', (_, input) =>
    expect(() => validateNotifyAddresses(input)).toThrow(/at most 10 addresses, but these are 11/),
  );
});

describe('validateSeats', () => {
  it.each([0, 1, 100_000_000, null])('accepts %s', (seats) => expect(validateSeats(seats)).toBe(seats));

  it.each([-1, 1.5, 100_000_001, Number.NaN])('refuses %d', (seats) => {
    expect(() => validateSeats(seats)).toThrow(/whole number from 0 to 100000000, or unlimited/);
  });
});

describe('parseFutureInstant', () => {
  it.each([
    ['2026-03-01T12:00:00.001Z', '2026-03-01T12:00:00.001Z'],
    ['2099-01-01T01:00:00+01:00', '2099-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59.000Z'],
    ['2026-03-01t13:00z', '2026-03-01T13:00:00.000Z'],
    ['2028-02-29T00:00:00Z', '2028-02-29T00:00:00.000Z'],
  ])('returns %s as %s', (text, expected) => expect(parseFutureInstant(text, NOW)).toBe(expected));

  it.each([
    ['tomorrow', /not an RFC 3339 time/],
    ['2099-01-01', /not an RFC 3339 time/],
    ['2099-02-30T00:00:00Z', /not an RFC 3339 time/],
    ['2027-02-29T00:00:00Z', /not an RFC 3339 time/],
    ['2099-01-01T00:00:00', /not an RFC 3339 time/],
    ['2099-13-01T00:00:00Z', /not an RFC 3339 time/],
    ['2099-01-01T25:00:00Z', /not an RFC 3339 time/],
    ['9999-12-31T23:59:59-01:00', /after the year 9999/],
    ['2026-03-01T12:00:00Z', /has already passed/],
    ['2026-03-01T13:00:00+01:00', /has already passed/],
  ])('refuses %s', (text, message) => expect(() => parseFutureInstant(text, NOW)).toThrow(message));
});
