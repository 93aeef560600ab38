import type { Attribute } from '../../../shared/scim/attribute';
import { IgnoredValue } from '../../../shared/scim/input/ignored';
import { readValue } from '../../../shared/scim/input/read-value';
import { scimErrorOf } from '../../support/scim/scim-fixtures';
import { ignoringUserType } from './attributes';

const colors: Attribute = {
  ...ignoringUserType,
  name: 'colors',
  multiValued: true,
  canonicalValues: ['Red', 'Green'],
};

describe('a value that its attribute ignores', () => {
  it.each<[string, unknown]>([
    ['a text outside the list', 'Super User'],
    ['a number', 7],
    ['a value in an object', [{ $ref: null, value: 'Super User' }]],
  ])('is not refused: %s', (_, value) => {
    expect(() => readValue(ignoringUserType, value)).toThrow(IgnoredValue);
  });

  it.each<[string, unknown]>([
    ['a boolean', true],
    ['an object', { type: 'Full User' }],
    ['an array', ['Full User']],
  ])('is refused if it is no text: %s', (_, value) => {
    expect(scimErrorOf(() => readValue(ignoringUserType, value))).toMatchObject({ status: 400 });
  });

  it('is reported and skipped among the elements of an attribute, with their path without an index', () => {
    const ignored: [string, string?][] = [];
    const read = readValue(colors, ['red', 'blue', 7, 'GREEN'], 'colors', (...each) => ignored.push(each));
    expect(read).toEqual(['Red', 'Green']);
    expect(ignored).toEqual([['colors', expect.stringContaining('Send one of: Red, Green.')]]);
  });

  it('leaves the attribute as it is if no other element remains', () => {
    expect(() => readValue(colors, ['blue'])).toThrow(IgnoredValue);
    expect(readValue(colors, [])).toBeUndefined();
    expect(readValue(colors, ['', null])).toBeUndefined();
  });
});
