import type { Attribute } from '../../../shared/scim/attribute';
import { IgnoredValue } from '../../../shared/scim/input/ignored';
import { readResource } from '../../../shared/scim/input/read-resource';
import { readValue } from '../../../shared/scim/input/read-value';
import { applyPatch } from '../../../shared/scim/patch/apply';
import { parsePatch } from '../../../shared/scim/patch/parse';
import type { Json } from '../../../shared/scim/resource';
import { userResourceType } from '../../../shared/product/product';
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

describe('a photo that is too long', () => {
  const photo = (length: number) => ({ value: `data:image/png;base64,${'A'.repeat(length)}`, type: 'photo' });
  const read = (photos: Json) => {
    const ignored: string[] = [];
    const onIgnored = (path: string, reason?: string) => void ignored.push(`${path}: ${reason}`);
    const { photos: stored } = readResource(userResourceType, { userName: 'ada', photos }, onIgnored);
    return { photos: stored, ignored };
  };

  it('is ignored and reported, and the user and the other photos are stored', () => {
    expect(read([photo(9_000), photo(100)])).toEqual({
      photos: [photo(100)],
      ignored: [expect.stringMatching(/^photos: .*9022 characters/)],
    });
    expect(read([photo(9_000)])).toMatchObject({ photos: undefined, ignored: [expect.any(String)] });
  });

  it('keeps the earlier photo in a PATCH', () => {
    const ignored: string[] = [];
    const before = { userName: 'ada', photos: [photo(100)] };
    const operations = parsePatch({
      Operations: [{ op: 'replace', path: 'photos[type eq "photo"].value', value: photo(9_000).value }],
    });
    const options = { onIgnored: (path: string) => void ignored.push(path) };
    expect(applyPatch(userResourceType, before, operations, options)).toEqual(before);
    expect(ignored).toEqual(['photos']);
  });

  it('is refused if it is no URI', () => {
    expect(scimErrorOf(() => read([{ value: 'a b' }]))).toMatchObject({ status: 400 });
  });
});
