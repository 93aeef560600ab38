import { parseFilter } from '../../../shared/scim/filter/parse';
import { similarAttribute, unknownAttributes } from '../../../shared/scim/filter/unknown-attributes';
import { groupResourceType } from '../../../shared/scim/resource-type';
import { ENTERPRISE_USER_SCHEMA, USER_SCHEMA } from '../../../shared/scim/urns';
import { scimErrorOf } from '../../support/scim/scim-fixtures';
import { RESOURCE_TYPES, userResourceType } from '../../../shared/product/product';

const unknownIn = (filter: string, types = [userResourceType]): string[] => [
  ...unknownAttributes(parseFilter(filter), types),
];

describe('unknownAttributes', () => {
  it.each<[string, string[]]>([
    ['userName eq "a" and email eq "b" and meta.created pr', []],
    [`${ENTERPRISE_USER_SCHEMA}:department eq "x" or department eq "x"`, []],
    ['login eq "a" or not (upn pr)', ['login', 'upn']],
    ['login eq "a" or login eq "b"', ['login']],
    ['emails[kind eq "work" and value eq "x"].foo pr', ['emails.kind', 'emails.foo']],
    ['mails[type eq "work"]', ['mails']],
    ['password eq "secret"', ['password']],
    ['members.value eq "1"', ['members.value']],
  ])('%s: %j', (filter, expected) => {
    expect(unknownIn(filter)).toEqual(expected);
  });

  it('finds what no type of a list has', () => {
    const filter = 'members.value eq "1" or userName eq "x" or login eq "y"';
    expect(unknownIn(filter, [userResourceType, groupResourceType])).toEqual(['login']);
  });

  it('throws invalidFilter for the URN of a schema', () => {
    expect(scimErrorOf(() => unknownIn(`${USER_SCHEMA} eq "x"`))).toMatchObject({
      scimType: 'invalidFilter',
    });
  });
});

describe('similarAttribute', () => {
  it.each([
    ['emial', 'emails'],
    ['mail', 'emails'],
    ['emailAddress', 'emails'],
    ['user_name', 'userName'],
    ['userPrincipalName', 'userName'],
    ['givenName', 'name.givenName'],
    ['externalID2', 'externalId'],
    ['emails.vlaue', 'emails.value'],
    ['departement', 'department'],
    [`${USER_SCHEMA}:usrName`, 'userName'],
    ['shoeSize', undefined],
    ['x', undefined],
    ['constructor', undefined],
    ['password', undefined],
    ['n'.repeat(8_000), undefined],
  ])('%s: %s', (path, expected) => {
    expect(similarAttribute(path, [userResourceType])).toBe(expected);
  });

  it('suggests an attribute of any type of the list', () => {
    expect(similarAttribute('member', RESOURCE_TYPES)).toBe('members');
    expect(similarAttribute('member', [userResourceType])).toBeUndefined();
  });
});
