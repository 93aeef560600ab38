import { type Attribute } from '../../../shared/scim/attribute';
import { readValue } from '../../../shared/scim/input/read-value';
import { scimErrorOf } from '../../support/scim/scim-fixtures';
import {
  title,
  active,
  count,
  score,
  hired,
  page,
  certificate,
  name,
  manager,
  emails,
  userType,
} from './attributes';

const PEM = '-----BEGIN CERTIFICATE-----\nMIID\n-----END CERTIFICATE-----\n';

describe('readValue', () => {
  it.each<[string, Attribute, unknown, string]>([
    [
      'a boolean for a string',
      title,
      true,
      'The value of title is not valid because it is not a string. Send a string.',
    ],
    [
      'an object for a string',
      title,
      { text: 'Boss' },
      'The value of title is not valid because it is not a string. Send a string.',
    ],
    [
      'several values for one',
      title,
      ['Boss', 'Chief'],
      'The value of title is not valid because the attribute takes one value, not 2. Send one value.',
    ],
    [
      'an array with one string',
      title,
      ['Boss'],
      'The value of title is not valid because the attribute takes one value, not an array. Send one value.',
    ],
    [
      'an array with one boolean',
      active,
      [false],
      'The value of active is not valid because the attribute takes one value, not an array. Send one value.',
    ],
    [
      'an array with one ID',
      manager,
      ['m'],
      'The value of manager is not valid because the attribute takes one value, not an array. Send one value.',
    ],
    [
      'several objects for one',
      name,
      [{ givenName: 'A' }, { givenName: 'B' }],
      'The value of name is not valid because the attribute takes one value, not 2. Send one value.',
    ],
    [
      'a word for a boolean',
      active,
      'yes',
      'The value of active is not valid because it is not a boolean. Send true or false.',
    ],
    [
      'a number for a boolean',
      active,
      0,
      'The value of active is not valid because it is not a boolean. Send true or false.',
    ],
    [
      'a fraction for an integer',
      count,
      1.5,
      'The value of count is not valid because it is not a number (integer). Send a number.',
    ],
    [
      'a fraction as text for an integer',
      count,
      '1.5',
      'The value of count is not valid because it is not a number (integer). Send a number.',
    ],
    [
      'other text for a number',
      score,
      '1,5',
      'The value of score is not valid because it is not a number (decimal). Send a number.',
    ],
    [
      'an integer that JSON cannot hold exactly, as text',
      count,
      '9007199254740993',
      'The value of count is not valid because it is a number beyond 2^53. Send a number closer to 0.',
    ],
    [
      'a decimal that cannot be stored exactly',
      score,
      -1e300,
      'The value of score is not valid because it is a number beyond 2^53. Send a number closer to 0.',
    ],
    [
      'a date without a time',
      hired,
      '2026-01-31',
      'The value of hired is not valid because it is not a date and time. Send one such as 2026-01-31T12:00:00Z.',
    ],
    [
      'a date that does not exist',
      hired,
      '2026-13-31T12:00:00Z',
      'The value of hired is not valid because it is not a date and time. Send one such as 2026-01-31T12:00:00Z.',
    ],
    [
      'a URI with a space',
      page,
      'https://example.com/a b',
      'The value of page is not valid because it is not a URI. Percent-encode spaces and special characters.',
    ],
    [
      'a URI with a line break',
      page,
      'https://example.com\n',
      'The value of page is not valid because it is not a URI. Percent-encode spaces and special characters.',
    ],
    [
      'a public key in PEM',
      certificate,
      '-----BEGIN PUBLIC KEY-----\nMIID\n-----END PUBLIC KEY-----',
      'The value of certificate is not valid because it is not base64. ' +
        'Encode it as base64, or send one certificate in PEM.',
    ],
    [
      'two certificates in PEM',
      certificate,
      `${PEM}${PEM}`,
      'The value of certificate is not valid because it is not base64. ' +
        'Encode it as base64, or send one certificate in PEM.',
    ],
    [
      'a certificate in PEM without its end',
      certificate,
      '-----BEGIN CERTIFICATE-----\nMIID',
      'The value of certificate is not valid because it is not base64. ' +
        'Encode it as base64, or send one certificate in PEM.',
    ],
    [
      'an empty certificate in PEM',
      certificate,
      '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----',
      'The value of certificate is not valid because it is not base64. ' +
        'Encode it as base64, or send one certificate in PEM.',
    ],
    [
      'a value that is not base64',
      certificate,
      'no base64!',
      'The value of certificate is not valid because it is not base64. ' +
        'Encode it as base64, or send one certificate in PEM.',
    ],
    [
      'a value outside a closed list',
      userType,
      'Super User',
      'The value of nrUserType is not valid because it is not an allowed value. Send one of: Basic User, Core User, Full User.',
    ],
    [
      'a string for a complex value',
      name,
      'Ada',
      'The value of name is not valid because it is not an object. Send an object with any of: givenName, familyName.',
    ],
    [
      'a boolean element',
      emails,
      [true],
      'The value of emails[0] is not valid because it is not an object. Send an object with any of: value, display, type, primary.',
    ],
    [
      'a wrong type in an element',
      emails,
      ['a', { value: 'b', primary: 'maybe' }],
      'The value of emails[1].primary is not valid because it is not a boolean. Send true or false.',
    ],
  ])('rejects %s', (_, attribute, value, detail) => {
    expect(scimErrorOf(() => readValue(attribute, value))).toEqual({
      status: 400,
      scimType: 'invalidValue',
      detail,
    });
  });

  it('names the given path in the error', () => {
    expect(scimErrorOf(() => readValue(active, 'x', 'Operations[0]')).detail).toBe(
      'The value of Operations[0] is not valid because it is not a boolean. Send true or false.',
    );
  });
});
