import { seatsOf, wholeNumber } from '../../../../bin/cli/options/numbers';

it('wholeNumber takes whole numbers from the least on', () => {
  expect(wholeNumber(1)('25')).toBe(25);
  for (const text of ['0', '-1', '1.5', '1e3', 'x', '', '99999999999999999'])
    expect(() => wholeNumber(1)(text)).toThrow('It is a whole number from 1.');
});

it('seats are a whole number, or unlimited', () => {
  expect(seatsOf('0')).toBe(0);
  expect(seatsOf('unlimited')).toBe('unlimited');
  expect(() => seatsOf('many')).toThrow('It is a whole number, or "unlimited".');
});
