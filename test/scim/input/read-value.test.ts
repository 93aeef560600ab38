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

describe('readValue', () => {
  it.each<[string, Attribute, unknown, unknown]>([
    ['a string', title, 'Boss', 'Boss'],
    ['a number for a string, as a template without quotes sends it', title, 701984, '701984'],
    [
      'an array with one object for a string, as old Entra jobs send it',
      title,
      [{ $ref: null, value: 'Boss' }],
      'Boss',
    ],
    ['an object around a string', title, { value: 'Boss' }, 'Boss'],
    ['JSON text in a string, which stays text', title, '{"id":"1"}', '{"id":"1"}'],
    ['true', active, true, true],
    ['false', active, false, false],
    ['"True"', active, 'True', true],
    ['"False", which is true in JavaScript', active, 'False', false],
    ['"FALSE"', active, 'FALSE', false],
    ['"false" in an array', active, [{ value: 'false' }], false],
    ['an integer', count, 3, 3],
    ['an integer as text, as old Entra jobs send it', count, '-3', -3],
    ['an integer as text in an array', count, [{ $ref: null, value: '3' }], 3],
    ['an integer with decimal places', count, '3.0', 3],
    ['the largest integer', count, '9007199254740991', 9007199254740991],
    ['integers as text', { ...count, multiValued: true }, [{ value: '1' }, '2', 3], [1, 2, 3]],
    ['a decimal', score, 1.5, 1.5],
    ['a decimal as text', score, '1.50', 1.5],
    ['a date', hired, '2026-01-31T12:00:00.123Z', '2026-01-31T12:00:00.123Z'],
    ['a date with an offset', hired, '2026-01-31T12:00:00+01:00', '2026-01-31T12:00:00+01:00'],
    ['a URI', page, 'https://example.com/~ada?x=%20#y', 'https://example.com/~ada?x=%20#y'],
    ['a relative reference', page, '../Users/26118915', '../Users/26118915'],
    ['base64', certificate, 'MIIDQzCCAqygAwIBAgICEAAwDQ==', 'MIIDQzCCAqygAwIBAgICEAAwDQ=='],
    [
      'a certificate in PEM',
      certificate,
      '-----BEGIN CERTIFICATE-----\r\nMIID\r\nQzCC\r\n-----END CERTIFICATE-----\r\n',
      'MIIDQzCC',
    ],
    [
      'a certificate in PEM on one line, with padding',
      certificate,
      '-----BEGIN CERTIFICATE-----MIIDQw==-----END CERTIFICATE-----',
      'MIIDQw==',
    ],
    [
      'a certificate in PEM as a former version stored it',
      certificate,
      '-----BEGINCERTIFICATE-----MIIDQzCC-----ENDCERTIFICATE-----',
      'MIIDQzCC',
    ],
    ['base64url with hyphens', certificate, 'MI--_-', 'MI--_-'],
    ['base64 with line breaks', certificate, 'MIID\r\nQzCC\n', 'MIIDQzCC'],
    ['a value of a closed list in another case', userType, 'FULL user', 'Full User'],
    ['a complex value', name, { givenName: 'Ada' }, { givenName: 'Ada' }],
    ['a complex value in an array', name, [{ givenName: 'Ada' }], { givenName: 'Ada' }],
    ['a manager as a string', manager, 'UID', { value: 'UID' }],
    ['a manager in an array', manager, [{ $ref: null, value: 'UID' }], { value: 'UID' }],
    [
      'an object for an array, as OneLogin sends it',
      emails,
      { value: 'a@example.com' },
      [{ value: 'a@example.com' }],
    ],
    ['strings as elements', emails, ['a', 'b'], [{ value: 'a' }, { value: 'b' }]],
    ['one string instead of an array', emails, 'a', [{ value: 'a' }]],
    [
      'a suggested value in any spelling, unchanged',
      emails,
      [{ value: 'a', type: 'Work' }],
      [{ value: 'a', type: 'Work' }],
    ],
    ['text booleans in elements', emails, [{ value: 'a', primary: 'True' }], [{ value: 'a', primary: true }]],
    [
      'elements in another order of members',
      emails,
      [{ primary: true, value: 'a' }],
      [{ value: 'a', primary: true }],
    ],
    [
      'equal elements once',
      emails,
      [{ value: 'a', type: 'x' }, { TYPE: 'x', value: 'a' }, 'b', 'b'],
      [{ value: 'a', type: 'x' }, { value: 'b' }],
    ],
  ])('reads %s', (_, attribute, value, expected) => {
    expect(readValue(attribute, value)).toEqual(expected);
  });

  it.each([undefined, null, '', [], [null], {}, { givenName: null }])('returns undefined for %j', (value) => {
    expect(readValue(name, value)).toBeUndefined();
    expect(readValue(emails, value)).toBeUndefined();
  });

  it('keeps only the first of several primary elements, as PingFederate requires', () => {
    expect(
      readValue(emails, [
        { value: 'a', type: 'work', primary: true },
        { value: 'a', type: 'home', primary: true },
        { value: 'b', primary: false },
      ]),
    ).toEqual([
      { value: 'a', type: 'work', primary: true },
      { value: 'a', type: 'home', primary: false },
      { value: 'b', primary: false },
    ]);
  });

  it('keeps one of two elements with the same value and type, which is primary if one of them is', () => {
    const [first, second] = [
      { value: 'a', type: 'work', display: 'A' },
      { value: 'a', type: 'work' },
    ];
    const b = { value: 'b', primary: true };
    expect(readValue(emails, [{ ...first, primary: true }, second])).toEqual([{ ...first, primary: true }]);
    expect(readValue(emails, [first, { ...second, primary: true }])).toEqual([{ ...first, primary: true }]);
    expect(readValue(emails, [b, second, { ...first, primary: true }])).toEqual([
      b,
      { ...first, primary: false },
    ]);
    expect(readValue(emails, [second, { ...second, primary: true }, b])).toEqual([
      { ...second, primary: true },
      { ...b, primary: false },
    ]);
  });

  it('keeps one of two primary elements that are equal and have no value', () => {
    const display = { display: 'A', primary: true };
    expect(readValue(emails, [display, { ...display }])).toEqual([display]);
  });

  it('returns its own result unchanged', () => {
    const once = readValue(emails, [
      { value: 'a', primary: true },
      { value: 'b', primary: true },
      { value: 'b', primary: false },
    ]);
    expect(once).toHaveLength(2);
    expect(readValue(emails, once)).toEqual(once);
  });

  it('limits the length of strings and the number of elements', () => {
    expect(readValue(title, 'x'.repeat(8192))).toHaveLength(8192);
    expect(scimErrorOf(() => readValue(title, 'x'.repeat(8193))).detail).toBe(
      'The value of title is not valid because it has 8193 characters, and the limit is 8192. Send a shorter value.',
    );
    const values = Array.from({ length: 201 }, (_, at) => `a${at}`);
    expect(readValue(emails, values.slice(1))).toHaveLength(200);
    expect(scimErrorOf(() => readValue(emails, values)).detail).toBe(
      'The value of emails is not valid because it has 201 elements, and the limit is 200. Send at most 200.',
    );
  });
});
