import fc from 'fast-check';
import type { Schema } from '../../../shared/scim/attribute';
import { string } from '../../../shared/scim/attribute';
import { isReturned, parseProjection, project } from '../../../shared/scim/output/projection';
import { groupResourceType, type ResourceType } from '../../../shared/scim/resource-type';
import type { Resource } from '../../../shared/scim/resource';
import { ENTERPRISE_USER_SCHEMA as ENT, USER_SCHEMA } from '../../../shared/scim/urns';
import { johnDoe } from '../../support/scim/scim-fixtures';
import { userResourceType } from '../../../shared/product/product';

const minimal = { schemas: [USER_SCHEMA, ENT], id: 'u1' };
const meta = { resourceType: 'User', version: 'W/"1"' };
const user: Resource = {
  ...minimal,
  ...johnDoe,
  groups: [],
  [ENT]: { department: 'D', manager: { value: 'm', $ref: '../Users/m' } },
  meta,
};
const { emails: _, name, externalId, userName, ...withoutThem } = user;

const projected = (attributes?: string, excludedAttributes?: string) =>
  project(userResourceType, user, parseProjection(userResourceType, { attributes, excludedAttributes }));

describe('project', () => {
  it('returns everything without parameters', () => {
    expect(projected()).toEqual(user);
    expect(projected('', ' ')).toEqual(user);
  });

  it.each<[string, object]>([
    ['id', {}],
    ['userName', { userName }],
    ['USERNAME', { userName }],
    ['userName,externalId', { userName, externalId }],
    [' userName , externalId ,', { userName, externalId }],
    ['meta', { meta }],
    ['meta.version', { meta: { version: 'W/"1"' } }],
    ['name', { name }],
    ['name.givenName', { name: { givenName: 'John' } }],
    ['name.givenName,name.familyName', { name }],
    ['name,name.givenName', { name }],
    ['name.givenName,name', { name }],
    ['name.honorificPrefix', {}],
    ['emails.value', { emails: [{ value: 'john.doe@example.com' }] }],
    ['groups', { groups: [] }],
    [`${USER_SCHEMA}:userName`, { userName }],
    [USER_SCHEMA, { ...johnDoe, externalId: undefined, groups: [] }],
    [ENT, { [ENT]: user[ENT] }],
    [`${ENT.toUpperCase()}:DEPARTMENT`, { [ENT]: { department: 'D' } }],
    ['department', { [ENT]: { department: 'D' } }],
    [`${ENT}:manager.value`, { [ENT]: { manager: { value: 'm' } } }],
    ['shoeSize', {}],
    ['shoeSize,urn:example:2.0:User,userName', { userName }],
    ['password', {}],
  ])('returns only the attribute, id, and schemas with attributes=%s', (attributes, expected) => {
    expect(projected(attributes)).toEqual({ ...minimal, ...expected });
  });

  it.each<[string, object]>([
    ['emails,name,externalId,userName', withoutThem],
    ['EMAILS,shoeSize', { ...withoutThem, name, externalId, userName }],
    ['id,schemas', user],
    ['meta', { ...user, meta: undefined }],
    ['emails.primary', { ...user, emails: [{ value: 'john.doe@example.com', type: 'work' }] }],
    ['name.givenName,name.familyName', { ...user, name: undefined }],
    [ENT, { ...user, [ENT]: undefined }],
    [`${ENT}:manager.$ref`, { ...user, [ENT]: { department: 'D', manager: { value: 'm' } } }],
  ])('returns the other attributes with excludedAttributes=%s', (excluded, expected) => {
    expect(projected(undefined, excluded)).toEqual(expected);
  });

  it('removes the excluded attributes from the requested ones if both are given', () => {
    expect(projected('name,userName', 'userName,name.familyName')).toEqual({
      ...minimal,
      name: { givenName: 'John' },
    });
  });

  it('returns the attributes in the order of their schemas, however the resource is stored', () => {
    const reversed = (value: unknown): unknown =>
      value !== null && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([name, part]) => [name, reversed(part)]),
          )
        : value;
    const all = parseProjection(userResourceType, {});
    const shown = project(userResourceType, reversed(user) as Resource, all);
    const names = userResourceType.schema.attributes.map((attribute) => attribute.name);
    const expected = names.filter((each) => each in user);
    expect(Object.keys(shown).filter((each) => names.includes(each))).toEqual(expected);
    expect(JSON.stringify(shown)).toBe(JSON.stringify(projected()));
  });

  it('does not change the resource', () => {
    const copy = structuredClone(user);
    projected('name.givenName', 'emails.value');
    expect(user).toEqual(copy);
  });

  it('respects the returned characteristic of an attribute', () => {
    const schema: Schema = {
      ...userResourceType.schema,
      attributes: [
        string('always', '', { returned: 'always' }),
        string('never', '', { returned: 'never' }),
        string('request', '', { returned: 'request' }),
        string('default', ''),
      ],
    };
    const type: ResourceType = { ...userResourceType, schema, extensions: [] };
    const resource = { schemas: [], id: '1', always: 'a', never: 'n', request: 'r', default: 'd' };
    const show = (query: object) =>
      Object.keys(project(type, resource, parseProjection(type, query))).slice(2);
    expect(show({})).toEqual(['always', 'default']);
    expect(show({ attributes: 'request,never' })).toEqual(['always', 'request']);
    expect(show({ excludedAttributes: 'always,default' })).toEqual(['always']);
  });

  it('always returns id and schemas, and never the password', () => {
    const names = fc.array(
      fc.oneof(
        fc.constantFrom(
          'password',
          'id',
          'schemas',
          'name.givenName',
          'emails',
          ENT,
          USER_SCHEMA,
          '__proto__',
          `${USER_SCHEMA}:password`,
        ),
        fc.string({ maxLength: 12 }),
      ),
      { maxLength: 5 },
    );
    const query = fc.record({ attributes: names, excludedAttributes: names }, { requiredKeys: [] });
    const secret: Resource = { ...user, password: 'secret', [ENT]: { password: 'secret' } };
    fc.assert(
      fc.property(query, ({ attributes, excludedAttributes }) => {
        const query = { attributes: attributes?.join(), excludedAttributes: excludedAttributes?.join() };
        const shown = project(userResourceType, secret, parseProjection(userResourceType, query));
        expect(shown).toMatchObject(minimal);
        expect(JSON.stringify(shown)).not.toContain('secret');
      }),
      { numRuns: 1000 },
    );
  });
});

describe('isReturned', () => {
  const members = (query: object) =>
    isReturned(groupResourceType, parseProjection(groupResourceType, query), 'members');

  it('tells whether members must be loaded', () => {
    expect(members({})).toBe(true);
    expect(members({ attributes: 'members.value' })).toBe(true);
    expect(members({ excludedAttributes: 'displayName' })).toBe(true);
    expect(members({ excludedAttributes: 'members.display' })).toBe(true);
    expect(members({ excludedAttributes: 'Members' })).toBe(false);
    expect(members({ attributes: 'displayName' })).toBe(false);
    expect(members({ attributes: 'members', excludedAttributes: 'members' })).toBe(false);
  });

  it('is false for an unknown attribute', () => {
    expect(isReturned(userResourceType, {}, 'members')).toBe(false);
  });
});
