import type { Attribute } from '../../../shared/scim/attribute';
import type { ResourceType } from '../../../shared/scim/resource-type';
import { userSchema } from '../../../shared/scim/schemas/user';
import { ENTERPRISE_USER_SCHEMA, USER_SCHEMA } from '../../../shared/scim/urns';
import { filterErrorOf, matches } from './match-subjects';
import { userResourceType } from '../../../shared/product/product';

describe('filters on strings', () => {
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
  ])('%s matches', (text) => {
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
  ])('%s does not match', (text) => {
    expect(matches(text)).toBe(false);
  });

  test('strings are ordered by code point', () => {
    expect(matches('displayName gt "\ufffd"', { displayName: '😀' })).toBe(true);
  });
});

describe('filters on dates, which are compared as instants', () => {
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

describe('filters on booleans', () => {
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

describe('filters on numbers', () => {
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
    ['floor eq "10"', true],
    ['floor eq "10.0"', true],
    ['floor lt "9.5"', false],
    ['share gt "0.25"', true],
  ])('%s: %s', (text, expected) => {
    expect(matches(text, { floor: 10, share: 0.5 }, type)).toBe(expected);
  });

  test('numbers are compared only with numbers', () => {
    expect(filterErrorOf('floor eq "ten"', type)).toBe(
      'The filter cannot compare floor with "ten" because its type is integer. Use a number.',
    );
    expect(filterErrorOf('floor sw 1', type)).toContain('Use one of: eq, ne, gt, ge, lt, le, pr');
  });
});

describe('filters on unassigned attributes', () => {
  // Identity providers clear attributes with '' and null.
  const unassigned = [
    'title',
    'nickName',
    'phoneNumbers',
    'locale',
    'phoneNumbers.value',
    'manager.displayName',
  ];

  test.each(unassigned)('%s is absent in every form', (path) => {
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

  test('false is a value, and an object without values is not', () => {
    expect(matches('active pr', { active: false })).toBe(true);
    expect(matches('name pr', { name: {} })).toBe(false);
    expect(matches('name pr', { name: { givenName: '', familyName: null } })).toBe(false);
    expect(matches('emails pr', { emails: [{}, { value: '' }] })).toBe(false);
  });
});

describe('filters that do not fit the type of the attribute', () => {
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
  ])('%s is rejected: %s', (text, detail) => {
    expect(filterErrorOf(text)).toContain(detail);
  });
});
