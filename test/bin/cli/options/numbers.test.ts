import { parseSeats, wholeNumber } from '../../../../bin/cli/options/numbers';

it('wholeNumber accepts whole numbers from the minimum on', () => {
  expect(wholeNumber(1)('25')).toBe(25);
  for (const text of ['0', '-1', '1.5', '1e3', 'x', '', '99999999999999999'])
    expect(() => wholeNumber(1)(text)).toThrow('It must be a whole number of at least 1.');
});

it('parseSeats accepts a whole number or "unlimited"', () => {
  expect(parseSeats('0')).toBe(0);
  expect(parseSeats('unlimited')).toBe('unlimited');
  expect(() => parseSeats('many')).toThrow('It must be a whole number or "unlimited".');
});
