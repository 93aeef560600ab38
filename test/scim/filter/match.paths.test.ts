import type { Attribute } from '../../../shared/scim/attribute';
import { findAttribute } from '../../../shared/scim/attribute-path';
import { compileElementFilter } from '../../../shared/scim/filter/match';
import { parseFilter } from '../../../shared/scim/filter/parse';
import type { Attributes, Json } from '../../../shared/scim/resource';
import { groupResourceType } from '../../../shared/scim/resource-type';
import { commonAttributes } from '../../../shared/scim/schemas/common';
import { userSchema } from '../../../shared/scim/schemas/user';
import { ENTERPRISE_USER_SCHEMA, GROUP_SCHEMA, USER_SCHEMA } from '../../../shared/scim/urns';
import { filterErrorOf, group, jensen, matches } from './match-subjects';

describe('filters on multi-valued attributes', () => {
  test.each([
    ['emails eq "babs@example.org"', true],
    ['emails co "@example.com"', true],
    ['email eq "BABS@example.org"', true],
    ['Email.value eq "babs@example.org"', true],
    [`${USER_SCHEMA}:email eq "babs@example.org"`, true],
    [`${ENTERPRISE_USER_SCHEMA}:email eq "babs@example.org"`, false],
    ['email[type eq "home" and value eq "babs@example.org"]', true],
    ['email[type eq "work"].value eq "babs@example.org"', false],
    ['email pr', true],
    ['not (email eq "nobody@example.org")', true],
    ['not (emailAddress eq "nobody@example.org")', false],
    ['emails.value ew ".org"', true],
    ['emails.type eq "other"', false],
    ['emails.type ne "work"', true],
    ['emails.primary ne true', true],
    ['emails.primary eq false', true],
    ['addresses.primary ne false', false],
    ['phoneNumbers.primary eq false', false],
    ['phoneNumbers.primary ne true', true],
    ['addresses.type ne "work"', false],
    ['not (emails.type eq "work")', false],
    ['emails.type eq "home" and emails.value co "bjensen"', true],
    [`schemas eq "${ENTERPRISE_USER_SCHEMA}"`, true],
    [`schemas eq "${GROUP_SCHEMA}"`, false],
    ['groups.value eq "group-1"', true],
    ['groups eq "GROUP-1"', false],
    ['groups.display sw "tour"', true],
    ['x509Certificates eq "MIIDQzCCAqygAwIBAgICEAAwDQYJ"', true],
    ['x509Certificates eq "miidQzCCAqygAwIBAgICEAAwDQYJ"', false],
  ])('%s: %s', (text, expected) => {
    expect(matches(text)).toBe(expected);
  });

  test('a group has no email', () => {
    expect(matches('not (email eq "x@example.org")', group, groupResourceType)).toBe(false);
  });

  test('members of a group', () => {
    for (const text of ['members eq "user-2"', 'members.value eq "user-2"', 'members[value eq "user-2"]']) {
      expect(matches(text, group, groupResourceType)).toBe(true);
      expect(matches(text, { ...group, members: [] }, groupResourceType)).toBe(false);
    }
    expect(matches('id eq "group-1" and members eq "user-1"', group, groupResourceType)).toBe(true);
  });

  test('a single value of a multi-valued attribute counts as one element', () => {
    expect(matches('emails.type eq "work"', { emails: { type: 'work' } })).toBe(true);
  });
});

describe('filters with value paths', () => {
  test.each([
    ['emails[type eq "work" and value co "bjensen"]', true],
    ['emails[type eq "home" and value co "bjensen"]', false],
    ['emails[type eq "work"].value eq "BJENSEN@example.com"', true],
    ['emails[type eq "home"].value eq "bjensen@example.com"', false],
    ['emails[type eq "home" or type eq "work"].value eq "bjensen@example.com"', true],
    ['emails[not (type eq "work")]', true],
    ['emails[primary eq null]', true],
    ['emails[type eq "home" and primary pr]', false],
    ['emails[type eq "home" and primary eq false]', true],
    ['emails[type eq "home" and primary eq "False"]', true],
    ['emails[type eq "home" and primary ne false]', false],
    ['emails[type eq "home" and not (primary eq true)]', true],
    ['addresses[primary eq false]', true],
    ['phoneNumbers[primary eq false]', false],
    ['emails[type eq null]', false],
    ['emails[value pr].type pr', true],
    ['phoneNumbers[type ne "work"]', false],
    ['not (phoneNumbers[type eq "work"])', true],
    ['name[familyName eq "jensen" and givenName sw "bar"]', true],
    ['name[familyName eq "jensen" and givenName sw "foo"]', false],
    ['manager[value eq "Boss-1"]', true],
    [`${ENTERPRISE_USER_SCHEMA}:manager[value eq "Boss-1"]`, true],
    [`schemas[value eq "${USER_SCHEMA}"]`, true],
  ])('%s: %s', (text, expected) => {
    expect(matches(text)).toBe(expected);
  });
});

describe('filters on complex attributes without a sub-attribute', () => {
  test('compares the value', () => {
    expect(matches('manager eq "Boss-1"')).toBe(true);
    expect(matches(`${ENTERPRISE_USER_SCHEMA}:manager eq "Boss-2"`)).toBe(false);
    expect(matches('id eq "2819c223-7f76-453a-919d-413861904646" and manager eq "Boss-1"')).toBe(true);
  });

  test('rejects a complex attribute that has no value', () => {
    expect(filterErrorOf('name eq "Jensen"')).toContain(
      'Compare one of its sub-attributes: formatted, familyName',
    );
    expect(filterErrorOf('addresses co "NO"')).toContain('country');
  });
});

describe('filters on unknown attributes', () => {
  const everybody = [jensen, {}];

  test.each([
    'shoeSize eq "x"',
    'shoeSize ne "x"',
    'shoeSize pr',
    'not (shoeSize pr)',
    'shoeSize eq null',
    'shoeSize ne null',
    'not (shoeSize eq "x")',
    'not (not (shoeSize eq "x"))',
    'emails.shoeSize ne "x"',
    'shoeSize[type eq "x"]',
    'not (shoeSize[type eq "x"])',
    'emails[shoeSize ne "x"]',
    'not (emails[shoeSize eq "x"])',
    'not (phoneNumbers[shoeSize eq "x"])',
    'members eq "x"',
    'active eq true and shoeSize ne "x"',
    'not (active ne null or shoeSize eq "x")',
    'urn:example:unknown:User:userName pr',
    'constructor pr',
    'not (toString eq "x")',
    'emails.constructor ne "x"',
  ])('%s matches no user', (text) => {
    for (const resource of everybody) expect(matches(text, resource)).toBe(false);
  });

  test('does not affect the other operands of an or', () => {
    expect(matches('shoeSize eq "x" or active eq true')).toBe(true);
    expect(matches('shoeSize eq "x" or active eq false')).toBe(false);
    expect(matches('emails[shoeSize eq "x" or type eq "work"]')).toBe(true);
  });

  test('the password cannot be searched for', () => {
    const user = { ...jensen, password: 'secret' };
    for (const text of ['password sw "s"', 'password pr', 'not (password pr)', 'password ne "x"']) {
      expect(matches(text, user)).toBe(false);
    }
  });

  test('nothing is read from the prototype', () => {
    const user = Object.create({ userName: 'bjensen', emails: [{ value: 'x' }] }) as Attributes;
    expect(matches('userName eq "bjensen" or emails pr or emails eq "x"', user)).toBe(false);
  });
});

describe('compileElementFilter', () => {
  const attribute = (name: string): Attribute =>
    findAttribute([...userSchema.attributes, ...commonAttributes], name) as Attribute;
  const selects = (text: string, name: string, element: Json): boolean =>
    compileElementFilter(parseFilter(text), attribute(name))(element);

  test.each<[string, string, Json, boolean]>([
    ['type eq "WORK"', 'emails', { type: 'work' }, true],
    ['type eq "work" and primary eq "True"', 'emails', { type: 'work' }, false],
    ['primary eq false', 'emails', { type: 'work' }, true],
    ['primary eq false', 'emails', { type: 'work', primary: null }, true],
    ['value eq "a@example.com"', 'emails', 'A@example.com', true],
    ['type eq "work"', 'emails', 'a@example.com', false],
    ['value ne "x"', 'emails', null, true],
    [`value eq "${USER_SCHEMA}"`, 'schemas', USER_SCHEMA, true],
    ['VALUE sw "urn:"', 'schemas', USER_SCHEMA, true],
    ['shoeSize ne "x"', 'emails', { shoeSize: 'y' }, false],
    ['constructor ne "x"', 'emails', {}, false],
  ])('%s of %s on %j: %s', (text, name, element, expected) => {
    expect(selects(text, name, element)).toBe(expected);
  });

  test('rejects a filter that does not fit the type of the sub-attribute', () => {
    expect(() => selects('primary gt true', 'emails', {})).toThrow(
      'gt to primary because its type is boolean',
    );
    expect(() => selects('type[value pr]', 'emails', {})).toThrow(
      'brackets after type because it has no sub-attributes',
    );
  });
});

describe('a filter on roles that are JSON text', () => {
  const text = (value: string) => JSON.stringify({ id: '1', value, displayName: `Role ${value}` });
  const quoted = (value: string) => JSON.stringify(text(value));
  const roles: Attributes[] = [{ value: text('25'), type: 'app' }, { value: '30' }];
  const assigned: Attributes = {
    userName: 'ada',
    roles,
    entitlements: roles,
    emails: [{ value: text('25') }],
  };

  it.each<[filter: string, expected: boolean]>([
    ['roles.value eq "25"', true],
    ['roles eq "25"', true],
    ['roles[value eq "25" and type eq "app"]', true],
    ['roles[type eq "app"].value sw "2"', true],
    ['entitlements.value eq "25"', true],
    [`roles.value eq ${quoted('25')}`, true],
    [`roles.value eq ${quoted('30')}`, true],
    ['roles.value eq "2"', false],
    ['roles.value eq "1"', false],
    ['roles.value co "displayName"', false],
    ['not (roles.value eq "25")', false],
    ['emails.value eq "25"', false],
    [`emails.value eq ${quoted('25')}`, true],
  ])('%s is %s', (filter, expected) => {
    expect(matches(filter, assigned)).toBe(expected);
  });
});
