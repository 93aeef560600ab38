import { readResource } from '../../../shared/scim/input/read-resource';
import { groupResourceType } from '../../../shared/scim/resource-type';
import { ENTERPRISE_USER_SCHEMA, USER_SCHEMA } from '../../../shared/scim/urns';
import { scimErrorOf, johnDoe } from '../../support/scim/scim-fixtures';
import { userResourceType } from '../../../shared/product/product';
import { PRODUCT_USER_SCHEMA } from '../../support/scim/product';

const readUser = (body: unknown) => readResource(userResourceType, body);
const ada = { userName: 'ada' };

describe('readResource', () => {
  it('returns the attributes of a simple user unchanged', () => {
    expect(readUser({ schemas: [USER_SCHEMA], ...johnDoe })).toEqual(johnDoe);
  });

  it('returns names and URNs as the schema defines them, in whatever case they are sent', () => {
    expect(
      readUser({
        USERNAME: 'ada',
        Name: { GIVENNAME: 'Ada' },
        EMAILS: [{ Value: 'ada@example.com', TYPE: 'work' }],
        [ENTERPRISE_USER_SCHEMA.toUpperCase()]: { DEPARTMENT: 'Engines' },
      }),
    ).toEqual({
      userName: 'ada',
      name: { givenName: 'Ada' },
      emails: [{ value: 'ada@example.com', type: 'work' }],
      [ENTERPRISE_USER_SCHEMA]: { department: 'Engines' },
    });
  });

  it.each<[string, object]>([
    ['schemas, id and meta', { schemas: ['urn:x'], id: 'mine', meta: { version: 'W/"9"' } }],
    ['groups, which are read-only on a user', { groups: [{ value: 'g' }] }],
    ['the password', { password: 'secret' }],
    ['unknown attributes', { shoeSize: 46, favorites: [{ value: 1 }] }],
    ['unknown sub-attributes', { name: { initials: 'AL' } }],
    ['unknown schemas', { 'urn:example:2.0:User': { team: 'x' }, 'urn:example:2.0:User:team': 'x' }],
    ['a misspelled URN', { 'urn:ietf:params:scim:schemas:extension:enterprise:2.0User': { division: 'D' } }],
    ['the display name of the manager, which is read-only', { manager: { displayName: 'Grace' } }],
    ['null', { title: null, name: null, emails: null, [ENTERPRISE_USER_SCHEMA]: null }],
    ['the empty string', { title: '', name: { givenName: '' }, emails: '', active: '' }],
    ['the empty array', { emails: [], roles: [], title: [], name: { givenName: [] } }],
    ['objects without remaining values', { name: { givenName: null }, [ENTERPRISE_USER_SCHEMA]: {} }],
    ['elements without remaining values', { emails: [null, '', {}, { value: null }, { value: '' }] }],
    [
      'elements that only have a type',
      { emails: [{ type: 'work', primary: true }], addresses: [{ type: 'home' }] },
    ],
  ])('omits %s', (_, extra) => {
    expect(readUser({ ...ada, ...extra })).toEqual(ada);
  });

  it.each<[string, object]>([
    ['an object under its URN', { [ENTERPRISE_USER_SCHEMA]: { department: 'D', manager: { value: 'm' } } }],
    [
      'keys that start with its URN',
      { [`${ENTERPRISE_USER_SCHEMA}:department`]: 'D', [`${ENTERPRISE_USER_SCHEMA}:manager.value`]: 'm' },
    ],
    [
      'both at once',
      { [ENTERPRISE_USER_SCHEMA]: { department: 'D' }, [`${ENTERPRISE_USER_SCHEMA}:manager`]: 'm' },
    ],
    ['names without a URN', { department: 'D', manager: 'm' }],
    [
      'JSON text under its URN',
      { [ENTERPRISE_USER_SCHEMA]: JSON.stringify({ department: 'D', manager: { value: 'm' } }) },
    ],
    [
      'an array with one object under its URN',
      { [ENTERPRISE_USER_SCHEMA]: [{ department: 'D', manager: { value: 'm' } }] },
    ],
    ['dotted keys in the object', { [ENTERPRISE_USER_SCHEMA]: { department: 'D', 'manager.value': 'm' } }],
  ])('accepts an extension as %s', (_, extension) => {
    expect(readUser({ ...ada, ...extension })).toEqual({
      ...ada,
      [ENTERPRISE_USER_SCHEMA]: { department: 'D', manager: { value: 'm' } },
    });
  });

  it.each<[string, object]>([
    ['dotted names', { 'name.givenName': 'Ada', 'name.familyName': 'King' }],
    ['dotted names beside an object', { 'name.givenName': 'Ada', name: { familyName: 'King' } }],
    ['an object and then a dotted name', { name: { familyName: 'King' }, 'NAME.givenName': 'Ada' }],
    [
      'the URN of the core schema before a name',
      { [`${USER_SCHEMA}:name`]: { familyName: 'King', givenName: 'Ada' } },
    ],
    [
      'an object under the URN of the core schema',
      { [USER_SCHEMA]: { name: { familyName: 'King', givenName: 'Ada' } } },
    ],
  ])('accepts %s', (_, name) => {
    expect(readUser({ ...ada, ...name })).toEqual({ ...ada, name: { familyName: 'King', givenName: 'Ada' } });
  });

  it('reads dotted names of a multi-valued attribute as one element', () => {
    expect(readUser({ ...ada, 'emails.type': 'work', 'emails.value': 'ada@example.com' })).toEqual({
      ...ada,
      emails: [{ value: 'ada@example.com', type: 'work' }],
    });
  });

  it('rejects a resource without a required attribute', () => {
    for (const body of [{}, { userName: '' }, { userName: null }, { userName: [] }]) {
      expect(scimErrorOf(() => readUser(body))).toEqual({
        status: 400,
        scimType: 'invalidValue',
        detail: 'The User cannot be stored because userName is required. Send userName with a value.',
      });
    }
    expect(scimErrorOf(() => readResource(groupResourceType, { members: [] })).detail).toMatch(
      /^The Group cannot be stored because displayName is required/,
    );
  });

  it.each([null, undefined, 'text', 7, true, [], [{ userName: 'ada' }]])(
    'rejects the body %j, which is not an object',
    (body) => {
      expect(scimErrorOf(() => readUser(body))).toMatchObject({ status: 400, scimType: 'invalidSyntax' });
    },
  );

  it('rejects an extension that is not an object', () => {
    const { scimType, detail } = scimErrorOf(() => readUser({ ...ada, [PRODUCT_USER_SCHEMA]: 'Full User' }));
    expect(scimType).toBe('invalidValue');
    expect(detail).toContain(PRODUCT_USER_SCHEMA);
  });

  it('does not change the body', () => {
    const body = {
      userName: 'ada',
      emails: { VALUE: 'a@example.com' },
      'name.givenName': 'Ada',
      active: 'True',
    };
    const copy = structuredClone(body);
    readUser(body);
    expect(body).toEqual(copy);
  });

  it('never changes a prototype', () => {
    const body: unknown = JSON.parse(
      `{"userName":"ada","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},
        "name":{"__proto__":{"polluted":true},"givenName":"Ada"},"name.__proto__":{"polluted":true},
        "emails":[{"__proto__":{"polluted":true},"value":"a@example.com"}],
        "${ENTERPRISE_USER_SCHEMA}":{"__proto__":{"polluted":true},"constructor":"x"},
        "${ENTERPRISE_USER_SCHEMA}:__proto__":{"polluted":true}}`,
    );
    const user = readUser(body);
    expect(user).toEqual({
      userName: 'ada',
      name: { givenName: 'Ada' },
      emails: [{ value: 'a@example.com' }],
    });
    expect(Object.getPrototypeOf(user)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('rejects a resource that is too large for an item of the table', () => {
    const roles = Array.from({ length: 60 }, (_, at) => ({ value: `${at}${'x'.repeat(4000)}` }));
    expect(scimErrorOf(() => readUser({ ...ada, roles }))).toMatchObject({
      scimType: 'invalidValue',
      detail: expect.stringContaining(
        'bytes as JSON, and the limit is 200000. Send fewer or shorter values.',
      ) as string,
    });
  });

  it('reads 200,000 members in linear time', () => {
    const members = Array.from({ length: 200_000 }, (_, at) => ({
      value: `user-${at}`,
      display: `User ${at}`,
    }));
    const group = readResource(groupResourceType, { displayName: 'All', members });
    expect(group.members).toHaveLength(200_000);
  });
});
