import fc from 'fast-check';
import { etagOf } from '../../../shared/scim/output/representation';
import { matchesVersion, parseVersions, versionsToChange } from '../../../shared/scim/input/version-list';

describe('parseVersions', () => {
  it.each<[string, string | undefined, unknown]>([
    ['no header', undefined, undefined],
    ['any version', '*', '*'],
    ['any version, with spaces', ' * ', '*'],
    ['a weak tag', 'W/"3"', ['3']],
    ['a strong tag', '"3"', ['3']],
    ['several tags', 'W/"1", "2" ,W/"3"', ['1', '2', '3']],
    ['an empty header, which lists no version', '', []],
    ['a tag without quotes, which is not a tag', 'W/3', []],
  ])('reads %s', (_, header, versions) => expect(parseVersions(header)).toEqual(versions));

  it('reads the ETag of any version', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (version, other) => {
        const versions = parseVersions(etagOf(version)) ?? [];
        expect(matchesVersion(versions, version)).toBe(true);
        expect(matchesVersion(versions, other)).toBe(version === other);
      }),
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (header) => void parseVersions(header)));
  });
});

it('an asterisk matches every version, and an empty list matches none', () => {
  expect(matchesVersion('*', 7)).toBe(true);
  expect(matchesVersion([], 7)).toBe(false);
});

describe('versionsToChange', () => {
  it.each<[ifMatch: string | undefined, ifNoneMatch: string | undefined, allowed: number[]]>([
    ['"1", "2"', undefined, [1, 2]],
    [undefined, 'W/"2"', [1, 3]],
    [undefined, '*', []],
    [undefined, 'x', [1, 2, 3]],
    ['*', '"1"', [2, 3]],
    ['"1", "2"', '"2", "3"', [1]],
  ])('If-Match: %s, If-None-Match: %s', (ifMatch, ifNoneMatch, allowed) => {
    const versions = versionsToChange(ifMatch, ifNoneMatch) ?? [];
    expect([1, 2, 3].filter((version) => matchesVersion(versions, version))).toEqual(allowed);
  });

  it('is undefined without headers', () => expect(versionsToChange(undefined, undefined)).toBeUndefined());
});
