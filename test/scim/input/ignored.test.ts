import { applyPatch } from '../../../shared/scim/patch/apply';
import { parsePatch } from '../../../shared/scim/patch/parse';
import { readResource } from '../../../shared/scim/input/read-resource';
import { groupResourceType, userResourceType } from '../../../shared/scim/resource-type';
import { ENTERPRISE_USER_SCHEMA, PRODUCT_USER_SCHEMA, USER_SCHEMA } from '../../../shared/scim/urns';
import { johnDoe } from '../../support/scim/scim-fixtures';

const OTHER_SCHEMA = 'urn:example:params:scim:schemas:extension:Badge:2.0:User';

function ignoredInBody(body: object, type = userResourceType): string[] {
  const ignored: string[] = [];
  readResource(type, { userName: 'ada', displayName: 'Ada', ...body }, (name) => ignored.push(name));
  return ignored;
}

function ignoredInPatch(...Operations: object[]): string[] {
  const ignored: string[] = [];
  const tell = (name: string) => void ignored.push(name);
  const user = { userName: 'ada', emails: [{ value: 'ada@example.com', type: 'work' }] };
  applyPatch(userResourceType, user, parsePatch({ Operations }, tell), tell);
  return ignored;
}

describe('what a body loses is told', () => {
  it.each<[string, object, string[]]>([
    ['an attribute', { badge: 7 }, ['badge']],
    ['an attribute whose name is no path', { 'Cost Center': 'x' }, ['Cost Center']],
    ['a schema with all that is in it', { [OTHER_SCHEMA]: { badge: 7, color: 'red' } }, [OTHER_SCHEMA]],
    [
      'an attribute under the URN of an extension',
      { [ENTERPRISE_USER_SCHEMA]: { badge: 7, department: 'Engines' } },
      [`${ENTERPRISE_USER_SCHEMA}:badge`],
    ],
    ['an attribute with the URN before it', { [`${USER_SCHEMA}:badge`]: 7 }, [`${USER_SCHEMA}:badge`]],
    ['a part of an attribute', { name: { givenName: 'Ada', initials: 'AL' } }, ['name.initials']],
    ['a dotted part', { 'name.initials': 'AL' }, ['name.initials']],
    [
      'a part of each element, without its number',
      {
        emails: [
          { value: 'a@example.com', verified: true },
          { value: 'b@example.com', verified: true },
        ],
      },
      ['emails.verified', 'emails.verified'],
    ],
    [
      'a part of an attribute of an extension',
      { [ENTERPRISE_USER_SCHEMA]: { manager: { value: '42', mail: 'boss@example.com' } } },
      [`${ENTERPRISE_USER_SCHEMA}:manager.mail`],
    ],
  ])('%s', (_, body, expected) => {
    expect(ignoredInBody(body)).toEqual(expected);
  });

  it('of a group as well', () => {
    expect(ignoredInBody({ owner: 'ada', members: [{ value: '42', role: 'x' }] }, groupResourceType)).toEqual(
      ['userName', 'owner', 'members.role'],
    );
  });

  it('but not what has no value, and nothing is lost', () => {
    expect(ignoredInBody({ badge: null, color: '', sizes: [], name: { initials: null } })).toEqual([]);
  });

  it('nor what the service has and a client may not write', () => {
    const readOnly = { id: '1', meta: { version: 'x' }, password: 'secret', groups: [{ value: '1' }] };
    expect(ignoredInBody({ schemas: [USER_SCHEMA, OTHER_SCHEMA], ...readOnly })).toEqual([]);
    expect(ignoredInBody({ [ENTERPRISE_USER_SCHEMA]: { manager: { displayName: 'Boss' } } })).toEqual([]);
  });

  it('nor anything of a user who has all that a schema has', () => {
    expect(ignoredInBody({ ...johnDoe, [PRODUCT_USER_SCHEMA]: { nrUserType: 'Core User' } })).toEqual([]);
  });

  it('by a name of bounded length', () => {
    const [name] = ignoredInBody({ [`badge${'['.repeat(100_000)}`]: 7 });
    expect(name).toHaveLength(200);
  });
});

describe('what a PATCH loses is told', () => {
  it.each<[string, object, string[]]>([
    ['an attribute by path', { op: 'add', path: 'badge', value: 7 }, ['badge']],
    ['an attribute as a key', { op: 'replace', value: { badge: 7, title: 'Boss' } }, ['badge']],
    ['a key that is no path', { op: 'replace', value: { 'Cost Center': 'x' } }, ['Cost Center']],
    ['a dotted part', { op: 'add', path: 'name.initials', value: 'AL' }, ['name.initials']],
    ['a part in a value', { op: 'add', path: 'name', value: { initials: 'AL' } }, ['name.initials']],
    [
      'a part of what a filter selects',
      { op: 'replace', path: 'emails[type eq "work"].verified', value: true },
      ['emails.verified'],
    ],
    [
      'a part in the value of an element',
      { op: 'add', path: 'emails', value: [{ value: 'b@example.com', verified: true }] },
      ['emails.verified'],
    ],
    ['a filter on what has no parts', { op: 'add', path: 'title[value eq "x"]', value: 'y' }, ['title']],
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
    ['what is removed', { op: 'remove', path: 'badge' }],
    ['what is cleared', { op: 'replace', path: 'badge', value: null }],
    ['what is read-only', { op: 'replace', value: { id: '1', password: 'secret', groups: [] } }],
    ['what is kept', { op: 'add', path: 'emails[type eq "home"].value', value: 'b@example.com' }],
  ])('but not %s', (_, operation) => {
    expect(ignoredInPatch(operation)).toEqual([]);
  });
});
