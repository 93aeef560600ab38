import { errorFields, maskLocalParts } from '../../shared/logging/error-fields';

it('returns the name and the message of an error, without the local parts of addresses', () => {
  expect(errorFields(new TypeError('jane.doe@example.com is on the list'))).toEqual({
    errorName: 'TypeError',
    errorMessage: '***@example.com is on the list',
  });
});

it('accepts any thrown value', () => {
  expect(errorFields('out of luck')).toEqual({ errorName: 'Error', errorMessage: 'out of luck' });
});

it.each([
  ['refused: <jane.doe@example.com>, jane@example.org.', 'refused: <***@example.com>, ***@example.org.'],
  [`"jane doe"@example.com, o'neil@example.com`, '***@example.com, ***@example.com'],
  ['Maximum sending rate exceeded.', 'Maximum sending rate exceeded.'],
])('maskLocalParts masks the local parts in %j', (text, expected) => {
  expect(maskLocalParts(text)).toBe(expected);
});
