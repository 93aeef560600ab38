import fc from 'fast-check';
import { comparedValues } from '../../../shared/scim/filter/compared-values';
import { compileFilter } from '../../../shared/scim/filter/match';
import { parseFilter } from '../../../shared/scim/filter/parse';
import { groupResourceType } from '../../../shared/scim/resource-type';
import { userResourceType } from '../../../shared/product/product';

const values = (filter: string) => comparedValues(parseFilter(filter), groupResourceType, 'members');

describe('comparedValues', () => {
  it.each<[string, string[]]>([
    ['displayName eq "x"', []],
    ['nickName eq "x"', []],
    ['members eq "a"', ['a']],
    ['members.value eq "a"', ['a']],
    ['MEMBERS.VALUE eq "a"', ['a']],
    ['members[value eq "a"]', ['a']],
    ['id eq "g" and members eq "a"', ['a']],
    ['members eq "a" or not (members[value eq "b" or value eq "c"])', ['a', 'b', 'c']],
    ['members[color eq "red"]', []],
  ])('returns the values that %s compares', (filter, expected) =>
    expect(values(filter)).toEqual(new Set(expected)),
  );

  it.each([
    'members pr',
    'not (members pr)',
    'members.display eq "Ada"',
    'members.value ne "a"',
    'members.value sw "a"',
    'members.value eq ""',
    'members.value eq null',
    'members[value eq "a" and display eq "Ada"]',
    'members[value pr]',
    'displayName eq "x" or members.type eq "User"',
  ])('returns all for %s', (filter) => expect(values(filter)).toBe('all'));

  it('returns only values of the given attribute', () => {
    const filter = parseFilter('groups eq "g" and emails.value eq "a@example.com"');
    expect(comparedValues(filter, userResourceType, 'groups')).toEqual(new Set(['g']));
  });
});

it('a filter matches a group with only the compared members as it matches the whole group', () => {
  const id = fc.constantFrom('a', 'b', 'c', '');
  const term = fc.oneof(
    id.map((value) => `members.value eq "${value}"`),
    id.map((value) => `members[value eq "${value}"]`),
    id.map((value) => `not (members eq "${value}")`),
    fc.constant('displayName eq "x"'),
    fc.constant('color eq "red"'),
  );
  const filters = fc
    .array(fc.tuple(term, fc.constantFrom('and', 'or')), { minLength: 1, maxLength: 4 })
    .map((terms) => terms.map(([text, join], at) => (at === 0 ? text : `${join} ${text}`)).join(' '));
  fc.assert(
    fc.property(filters, fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd')), (text, members) => {
      const filter = parseFilter(text);
      const compared = comparedValues(filter, groupResourceType, 'members');
      const group = (ids: readonly string[]) => ({
        displayName: 'x',
        ...(ids.length > 0 && { members: ids.map((value) => ({ value })) }),
      });
      const loaded = compared === 'all' ? members : members.filter((member) => compared.has(member));
      const matches = compileFilter(filter, groupResourceType);
      expect(matches(group(loaded))).toBe(matches(group(members)));
    }),
  );
});
