import type { Attribute } from '../../../shared/scim/attribute';
import { findAttribute } from '../../../shared/scim/attribute-path';
import { ScimError } from '../../../shared/scim/error';
import { compileElementFilter, compileFilter } from '../../../shared/scim/filter/match';
import { parseFilter } from '../../../shared/scim/filter/parse';
import type { Attributes, Json } from '../../../shared/scim/resource';
import { groupResourceType, userResourceType, type ResourceType } from '../../../shared/scim/resource-type';
import { commonAttributes } from '../../../shared/scim/schemas/common';
import { userSchema } from '../../../shared/scim/schemas/user';
import { ENTERPRISE_USER_SCHEMA, GROUP_SCHEMA, USER_SCHEMA } from '../../../shared/scim/urns';

const jensen: Attributes = {
  schemas: [USER_SCHEMA, ENTERPRISE_USER_SCHEMA],
  id: '2819c223-7f76-453a-919d-413861904646',
  externalId: 'Ext-1',
  userName: 'BJensen@example.com',
  name: { familyName: 'Jensen', givenName: 'Barbara' },
  title: '',
  nickName: null,
  active: true,
  emails: [
    { value: 'bjensen@example.com', type: 'work', primary: true },
    { value: 'babs@example.org', type: 'home' },
  ],
  phoneNumbers: [],
  addresses: [{ type: 'work', country: 'NO' }],
  x509Certificates: [{ value: 'MIIDQzCCAqygAwIBAgICEAAwDQYJ' }],
  groups: [{ value: 'group-1', display: 'Tour Guides' }],
  meta: {
    resourceType: 'User',
    created: '2010-01-23T04:56:22.000Z',
    lastModified: '2011-05-13T04:42:34.000Z',
  },
  [ENTERPRISE_USER_SCHEMA]: { department: 'Tour Operations', manager: { value: 'Boss-1' } },
};

const group: Attributes = {
  schemas: [GROUP_SCHEMA],
  id: 'group-1',
  displayName: 'Tour Guides',
  members: [{ value: 'user-1' }, { value: 'user-2' }],
};

const matches = (text: string, resource = jensen, type: ResourceType = userResourceType): boolean =>
  compileFilter(parseFilter(text), type)(resource);

function refusal(text: string, type: ResourceType = userResourceType): string {
  try {
    compileFilter(parseFilter(text), type);
  } catch (error) {
    expect(error).toBeInstanceOf(ScimError);
    expect(error).toMatchObject({ status: 400, scimType: 'invalidFilter' });
    return (error as ScimError).detail;
  }
  throw new Error(`${text} was accepted`);
}

describe('strings', () => {
  test.each([
    'userName eq "bjensen@EXAMPLE.com"',
    'username EQ "BJensen@example.com"',
    'userName ne "other"',
    'userName co "JENSEN@"',
    'userName co ""',
    'userName sw "bj"',
    'userName ew ".COM"',
    'userName gt "bjensen"',
    'userName ge "bjensen@example.com"',
    'userName lt "c"',
    'userName le "BJENSEN@EXAMPLE.COM"',
    'name.familyName eq "jensen"',
    'externalId eq "Ext-1"',
    `${USER_SCHEMA}:userName sw "B"`,
    `${USER_SCHEMA.toUpperCase()}:UserName sw "B"`,
    `${ENTERPRISE_USER_SCHEMA}:department eq "tour operations"`,
    'department eq "tour operations"',
  ])('%s holds', (text) => {
    expect(matches(text)).toBe(true);
  });

  test.each([
    'userName eq "bjensen"',
    'userName ne "BJENSEN@example.com"',
    'userName sw "jensen"',
    'userName ew "bjensen"',
    'userName gt "bjensen@example.com"',
    'userName lt "bjensen@example.com"',
    'externalId eq "ext-1"',
    'id eq "2819C223-7f76-453a-919d-413861904646"',
    `${USER_SCHEMA}:department eq "tour operations"`,
  ])('%s does not hold', (text) => {
    expect(matches(text)).toBe(false);
  });

  test('order is by code point', () => {
    expect(matches('displayName gt "\ufffd"', { displayName: '😀' })).toBe(true);
  });
});

describe('dates are compared as instants', () => {
  test.each([
    ['meta.lastModified eq "2011-05-13T06:42:34+02:00"', true],
    ['meta.lastModified ne "2011-05-13T06:42:34+02:00"', false],
    ['meta.lastModified gt "2011-05-13T04:42:33.999999Z"', true],
    ['meta.lastModified gt "2011-05-13T04:42:34Z"', false],
    ['meta.lastModified ge "2011-05-13T04:42:34.0Z"', true],
    ['meta.lastModified lt "2011-05-13T04:42:34.0001Z"', true],
    ['meta.lastModified le "2011-05-12T23:42:34-05:00"', true],
    ['meta.created lt "2010-01-23T04:56:22Z"', false],
  ])('%s: %s', (text, expected) => {
    expect(matches(text)).toBe(expected);
  });
});

describe('booleans', () => {
  test.each([
    ['active eq true', true],
    ['active ne true', false],
    ['active eq false', false],
    ['active eq "True"', true],
    ['active eq "FALSE"', false],
    ['emails[primary eq "True"]', true],
    ['emails[primary eq true and type eq "home"]', false],
  ])('%s: %s', (text, expected) => {
    expect(matches(text)).toBe(expected);
  });
});

describe('numbers are compared as numbers', () => {
  const definition = (name: string, type: 'integer' | 'decimal'): Attribute => ({
    ...(userSchema.attributes[0] as Attribute),
    name,
    type,
  });
  const type: ResourceType = {
    ...userResourceType,
    schema: { ...userSchema, attributes: [definition('floor', 'integer'), definition('share', 'decimal')] },
  };

  test.each([
    ['floor eq 10', true],
    ['floor gt 9', true],
    ['floor lt 9.5', false],
    ['floor ge 1e1', true],
    ['share le 0.5', true],
    ['share ne 0.25', true],
  ])('%s: %s', (text, expected) => {
    expect(matches(text, { floor: 10, share: 0.5 }, type)).toBe(expected);
  });

  test('and with nothing else', () => {
    expect(refusal('floor eq "10"', type)).toBe(
      'The filter cannot compare floor with "10" because its type is integer. Use a number.',
    );
    expect(refusal('floor sw 1', type)).toContain('Use one of: eq, ne, gt, ge, lt, le, pr');
  });
});

describe('what has no value', () => {
  // '' and null are what identity providers clear with
  const unassigned = [
    'title',
    'nickName',
    'phoneNumbers',
    'locale',
    'phoneNumbers.value',
    'manager.displayName',
  ];

  test.each(unassigned)('%s is absent, in whichever way', (path) => {
    expect(matches(`${path} pr`)).toBe(false);
    expect(matches(`not (${path} pr)`)).toBe(true);
    expect(matches(`${path} eq null`)).toBe(true);
    expect(matches(`${path} eq ""`)).toBe(true);
    expect(matches(`${path} ne null`)).toBe(false);
    expect(matches(`${path} eq "x"`)).toBe(false);
    expect(matches(`${path} ne "x"`)).toBe(true);
    expect(matches(`${path} co ""`)).toBe(false);
    expect(matches(`${path} lt "x"`)).toBe(false);
  });

  test.each(['userName', 'active', 'name', 'emails', 'emails.type', 'manager', 'schemas', 'meta'])(
    '%s is present',
    (path) => {
      expect(matches(`${path} pr`)).toBe(true);
      expect(matches(`${path} ne null`)).toBe(true);
      expect(matches(`${path} ne ""`)).toBe(true);
      expect(matches(`${path} eq null`)).toBe(false);
    },
  );

  test('false is a value, an object without one is none', () => {
    expect(matches('active pr', { active: false })).toBe(true);
    expect(matches('name pr', { name: {} })).toBe(false);
    expect(matches('name pr', { name: { givenName: '', familyName: null } })).toBe(false);
    expect(matches('emails pr', { emails: [{}, { value: '' }] })).toBe(false);
  });
});

describe('multi-valued attributes', () => {
  test.each([
    ['emails eq "babs@example.org"', true],
    ['emails co "@example.com"', true],
    ['emails.value ew ".org"', true],
    ['emails.type eq "other"', false],
    ['emails.type ne "work"', true],
    ['emails.primary ne true', true],
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

  test('members of a group', () => {
    for (const text of ['members eq "user-2"', 'members.value eq "user-2"', 'members[value eq "user-2"]']) {
      expect(matches(text, group, groupResourceType)).toBe(true);
      expect(matches(text, { ...group, members: [] }, groupResourceType)).toBe(false);
    }
    expect(matches('id eq "group-1" and members eq "user-1"', group, groupResourceType)).toBe(true);
  });

  test('a single value where several may be counts as one', () => {
    expect(matches('emails.type eq "work"', { emails: { type: 'work' } })).toBe(true);
  });
});

describe('value paths', () => {
  test.each([
    ['emails[type eq "work" and value co "bjensen"]', true],
    ['emails[type eq "home" and value co "bjensen"]', false],
    ['emails[type eq "work"].value eq "BJENSEN@example.com"', true],
    ['emails[type eq "home"].value eq "bjensen@example.com"', false],
    ['emails[type eq "home" or type eq "work"].value eq "bjensen@example.com"', true],
    ['emails[not (type eq "work")]', true],
    ['emails[primary eq null]', true],
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

describe('a complex attribute without a sub-attribute', () => {
  test('stands for its value', () => {
    expect(matches('manager eq "Boss-1"')).toBe(true);
    expect(matches(`${ENTERPRISE_USER_SCHEMA}:manager eq "Boss-2"`)).toBe(false);
    expect(matches('id eq "2819c223-7f76-453a-919d-413861904646" and manager eq "Boss-1"')).toBe(true);
  });

  test('is refused where it has none', () => {
    expect(refusal('name eq "Jensen"')).toContain('Compare one of its sub-attributes: formatted, familyName');
    expect(refusal('addresses co "NO"')).toContain('country');
  });
});

describe('an attribute that the type does not have', () => {
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
  ])('%s returns nobody', (text) => {
    for (const resource of everybody) expect(matches(text, resource)).toBe(false);
  });

  test('leaves the rest of an or as it is', () => {
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

describe('what does not suit the type of the attribute is refused', () => {
  test.each([
    [
      'active gt true',
      'The filter cannot apply gt to active because its type is boolean. Use one of: eq, ne, pr.',
    ],
    ['active co "tr"', 'Use one of: eq, ne, pr'],
    [
      'active eq "yes"',
      'The filter cannot compare active with "yes" because its type is boolean. Use true or false.',
    ],
    [
      'active eq 1',
      'The filter cannot compare active with 1 because its type is boolean. Use true or false.',
    ],
    ['x509Certificates ge "MII"', 'ge to x509Certificates because its type is binary'],
    ['x509Certificates.value sw "MII"', 'sw to x509Certificates.value because its type is binary'],
    ['meta.created sw "2011"', 'Use one of: eq, ne, gt, ge, lt, le, pr'],
    [
      'meta.created gt "2011"',
      'with "2011" because its type is dateTime. Use a date and time such as "2011-05-13T04:42:34Z".',
    ],
    ['meta.created eq 2011', 'with 2011 because'],
    [
      'userName eq 5',
      'cannot compare userName with 5 because its type is string. Use a string in double quotes.',
    ],
    ['userName eq true', 'with true because'],
    ['userName gt null', 'with null because'],
    ['userName[value eq "x"]', 'brackets after userName because it has no sub-attributes'],
    ['emails.value[value eq "x"]', 'brackets after emails.value because it has no sub-attributes'],
    ['emails[primary gt true]', 'gt to primary because its type is boolean'],
    ['shoeSize pr or active gt true', 'gt to active because its type is boolean'],
    [`${ENTERPRISE_USER_SCHEMA} pr`, 'because it is the URN of a schema'],
    [`${USER_SCHEMA} eq "x"`, 'because it is the URN of a schema'],
  ])('%s: %s', (text, detail) => {
    expect(refusal(text)).toContain(detail);
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

  test('refuses what does not suit the sub-attribute', () => {
    expect(() => selects('primary gt true', 'emails', {})).toThrow(
      'gt to primary because its type is boolean',
    );
    expect(() => selects('type[value pr]', 'emails', {})).toThrow(
      'brackets after type because it has no sub-attributes',
    );
  });
});
