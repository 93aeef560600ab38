import fc from 'fast-check';
import { etagOf } from '../../../shared/scim/output/representation';
import { matchesVersion, parseVersions } from '../../../shared/scim/input/version-list';

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
