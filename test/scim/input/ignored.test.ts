import { applyPatch } from '../../../shared/scim/patch/apply';
import { parsePatch } from '../../../shared/scim/patch/parse';
import { readResource } from '../../../shared/scim/input/read-resource';
import { groupResourceType } from '../../../shared/scim/resource-type';
import { ENTERPRISE_USER_SCHEMA, USER_SCHEMA } from '../../../shared/scim/urns';
import { johnDoe } from '../../support/scim/scim-fixtures';
import { userResourceType } from '../../../shared/product/product';
import { PRODUCT_USER_SCHEMA } from '../../support/scim/product';

const OTHER_SCHEMA = 'urn:example:params:scim:schemas:extension:Badge:2.0:User';

function ignoredInBody(body: object, type = userResourceType): string[] {
  const ignored: string[] = [];
  readResource(type, { userName: 'ada', displayName: 'Ada', ...body }, (name) => ignored.push(name));
  return ignored;
}

function ignoredInPatch(...Operations: object[]): string[] {
  const ignored: string[] = [];
  const onIgnored = (name: string) => void ignored.push(name);
  const user = { userName: 'ada', emails: [{ value: 'ada@example.com', type: 'work' }] };
  applyPatch(userResourceType, user, parsePatch({ Operations }, onIgnored), { onIgnored });
  return ignored;
}

describe('ignored attributes of a body', () => {
  it.each<[string, object, string[]]>([
    ['an attribute', { badge: 7 }, ['badge']],
    ['an attribute whose name is not a path', { 'Cost Center': 'x' }, ['Cost Center']],
    ['a whole schema', { [OTHER_SCHEMA]: { badge: 7, color: 'red' } }, [OTHER_SCHEMA]],
    [
      'an attribute under the URN of an extension',
      { [ENTERPRISE_USER_SCHEMA]: { badge: 7, department: 'Engines' } },
      [`${ENTERPRISE_USER_SCHEMA}:badge`],
    ],
    ['an attribute after its URN', { [`${USER_SCHEMA}:badge`]: 7 }, [`${USER_SCHEMA}:badge`]],
    ['a sub-attribute', { name: { givenName: 'Ada', initials: 'AL' } }, ['name.initials']],
    ['a dotted sub-attribute', { 'name.initials': 'AL' }, ['name.initials']],
    [
      'a sub-attribute of each element, without the index',
      {
        emails: [
          { value: 'a@example.com', verified: true },
          { value: 'b@example.com', verified: true },
        ],
      },
      ['emails.verified', 'emails.verified'],
    ],
    [
      'a sub-attribute in an extension',
      { [ENTERPRISE_USER_SCHEMA]: { manager: { value: '42', mail: 'boss@example.com' } } },
      [`${ENTERPRISE_USER_SCHEMA}:manager.mail`],
    ],
  ])('%s', (_, body, expected) => {
    expect(ignoredInBody(body)).toEqual(expected);
  });

  it('are also reported for a group', () => {
    expect(ignoredInBody({ owner: 'ada', members: [{ value: '42', role: 'x' }] }, groupResourceType)).toEqual(
      ['userName', 'owner', 'members.role'],
    );
  });

  it('are not reported without a value', () => {
    expect(ignoredInBody({ badge: null, color: '', sizes: [], name: { initials: null } })).toEqual([]);
  });

  it('do not include known attributes that a client cannot write', () => {
    const readOnly = { id: '1', meta: { version: 'x' }, password: 'secret', groups: [{ value: '1' }] };
    expect(ignoredInBody({ schemas: [USER_SCHEMA, OTHER_SCHEMA], ...readOnly })).toEqual([]);
    expect(ignoredInBody({ [ENTERPRISE_USER_SCHEMA]: { manager: { displayName: 'Boss' } } })).toEqual([]);
  });

  it('do not include any attribute of the schemas', () => {
    expect(ignoredInBody({ ...johnDoe, [PRODUCT_USER_SCHEMA]: { nrUserType: 'Core User' } })).toEqual([]);
  });

  it('are reported with a name of limited length', () => {
    const [name] = ignoredInBody({ [`badge${'['.repeat(100_000)}`]: 7 });
    expect(name).toHaveLength(200);
  });
});

describe('ignored attributes of a PATCH', () => {
  it.each<[string, object, string[]]>([
    ['an attribute by path', { op: 'add', path: 'badge', value: 7 }, ['badge']],
    ['an attribute as a key', { op: 'replace', value: { badge: 7, title: 'Boss' } }, ['badge']],
    ['a key that is not a path', { op: 'replace', value: { 'Cost Center': 'x' } }, ['Cost Center']],
    ['a dotted sub-attribute', { op: 'add', path: 'name.initials', value: 'AL' }, ['name.initials']],
    ['a sub-attribute in a value', { op: 'add', path: 'name', value: { initials: 'AL' } }, ['name.initials']],
    [
      'a sub-attribute after a filter',
      { op: 'replace', path: 'emails[type eq "work"].verified', value: true },
      ['emails.verified'],
    ],
    [
      'a sub-attribute in an element',
      { op: 'add', path: 'emails', value: [{ value: 'b@example.com', verified: true }] },
      ['emails.verified'],
    ],
    ['a filter on a simple attribute', { op: 'add', path: 'title[value eq "x"]', value: 'y' }, ['title']],
    [
      'an attribute of an extension',
      { op: 'add', path: ENTERPRISE_USER_SCHEMA, value: { badge: 7, department: 'Engines' } },
      [`${ENTERPRISE_USER_SCHEMA}:badge`],
    ],
    [
      'an attribute of an unknown schema',
      { op: 'add', path: `${OTHER_SCHEMA}:badge`, value: 7 },
      [`${OTHER_SCHEMA}:badge`],
    ],
  ])('%s', (_, operation, expected) => {
    expect(ignoredInPatch(operation)).toEqual(expected);
  });

  it.each<[string, object]>([
    ['a removed attribute', { op: 'remove', path: 'badge' }],
    ['a cleared attribute', { op: 'replace', path: 'badge', value: null }],
    ['a read-only attribute', { op: 'replace', value: { id: '1', password: 'secret', groups: [] } }],
    ['a known attribute', { op: 'add', path: 'emails[type eq "home"].value', value: 'b@example.com' }],
  ])('do not include %s', (_, operation) => {
    expect(ignoredInPatch(operation)).toEqual([]);
  });
});
