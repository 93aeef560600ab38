import { string } from '../../../shared/scim/attribute';
import { splitMembership } from '../../../shared/scim/patch/membership';
import { parsePatch } from '../../../shared/scim/patch/parse';
import { readSimple } from '../../../shared/scim/input/read-simple';
import { scimErrorOf } from '../../support/scim/scim-fixtures';

const title = string('title', '');

describe('readSimple: a string', () => {
  it('may contain characters beyond U+FFFF', () => expect(readSimple(title, 'a😀', 'title')).toBe('a😀'));

  it.each(['\ud83d', 'a\ude00b', '\ude00\ud83d'])('is rejected with half of a surrogate pair', (text) =>
    expect(scimErrorOf(() => readSimple(title, text, 'title'))).toMatchObject({
      status: 400,
      scimType: 'invalidValue',
    }),
  );

  it.each([
    ['too long', 'x'.repeat(8193)],
    ['not valid Unicode', '\ud83d'],
  ])('is also rejected as the display of a member if it is %s', (_, display) => {
    for (const operation of [
      { op: 'add', path: 'members', value: [{ value: 'a', display }] },
      { op: 'replace', path: 'members[value eq "a"].display', value: display },
    ]) {
      const patch = parsePatch({ Operations: [operation] });
      expect(scimErrorOf(() => splitMembership(patch, 'members'))).toMatchObject({
        scimType: 'invalidValue',
      });
    }
  });
});
