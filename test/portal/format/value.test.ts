import { isTimestamp, formatValue } from '../../../portal/src/format/value';

describe('a value of an audit event', () => {
  it.each([
    [undefined, '–'],
    [null, '–'],
    ['', '(empty)'],
    ['Ada', 'Ada'],
    [false, 'false'],
    [0, '0'],
    [[], '(none)'],
    [['a', 'b'], 'a\nb'],
    [{ givenName: 'Ada', familyName: 'Larsen' }, 'givenName: Ada, familyName: Larsen'],
    [
      [{ value: 'a@example.com', primary: true }, { value: 'b@example.com' }],
      'value: a@example.com, primary: true\nvalue: b@example.com',
    ],
    [{ manager: { value: 'u1' } }, 'manager: {"value":"u1"}'],
  ])('%j is shown as %j', (value, expected) => {
    expect(formatValue(value)).toBe(expected);
  });
});

describe('a point in time', () => {
  it.each([
    ['2026-05-01T00:00:00Z', true],
    ['2026-05-01T00:00:00.123+02:00', true],
    ['2026-05-01', false],
    ['Ada', false],
    [5, false],
  ])('%j: %s', (value, expected) => {
    expect(isTimestamp(value)).toBe(expected);
  });
});
