import type { Attributes } from '../../../shared/scim/resource';
import { applyPatch } from '../../../shared/scim/patch/apply';
import { parsePatch } from '../../../shared/scim/patch/parse';
import { groupResourceType } from '../../../shared/scim/resource-type';
import { ENTERPRISE_USER_SCHEMA as ENT, PRODUCT_USER_SCHEMA, USER_SCHEMA } from '../../../shared/scim/urns';
import { scimErrorOf, johnDoe, patchUser } from '../../support/scim/scim-fixtures';

const work = { value: 'w@example.com', type: 'work', primary: true };
const home = { value: 'h@example.com', type: 'home' };
const address = { streetAddress: '100 Universal City Plaza', locality: 'Hollywood', type: 'work' };

type Row = [behaviour: string, before: object, operations: object | object[], after: object];

/** Runs the rows on a user that has `userName` and what the row gives. */
function itAppliesPatches(rows: Row[]): void {
  it.each(rows)('%s', (_, before, operations, after) => {
    const user = { userName: 'ada', ...before } as Attributes;
    const copy = structuredClone(user);
    expect(patchUser(user, ...[operations].flat())).toEqual({ userName: 'ada', ...after });
    expect(user).toEqual(copy);
  });
}

describe('applyPatch: one value', () => {
  itAppliesPatches([
    ['add sets an attribute', {}, { op: 'add', path: 'title', value: 'Boss' }, { title: 'Boss' }],
    ['add replaces a value', { title: 'A' }, { op: 'Add', path: 'title', value: 'B' }, { title: 'B' }],
    ['add sets externalId', {}, { op: 'add', path: 'externalId', value: 'e1' }, { externalId: 'e1' }],
    [
      'replace sets an attribute that is not there',
      {},
      { op: 'replace', path: 'title', value: 'B' },
      { title: 'B' },
    ],
    ['remove takes a value away', { title: 'A' }, { op: 'remove', path: 'title' }, {}],
    ['remove of what is not there is no error', {}, { op: 'remove', path: 'title' }, {}],
    ['remove does not look at its value', { title: 'A' }, { op: 'remove', path: 'title', value: 'B' }, {}],
    ['replace with "" clears', { title: 'A' }, { op: 'replace', path: 'title', value: '' }, {}],
    ['replace with null clears', { title: 'A' }, { op: 'replace', path: 'title', value: null }, {}],
    ['add of null clears', { title: 'A' }, { op: 'add', path: 'title', value: null }, {}],
    ['names count in any case', { title: 'A' }, { op: 'replace', path: 'TITLE', value: 'B' }, { title: 'B' }],
    [
      'active as text',
      { active: true },
      { op: 'Replace', path: 'active', value: 'False' },
      { active: false },
    ],
    [
      'active wrapped by an old job of Entra',
      {},
      { op: 'Add', path: 'active', value: [{ $ref: null, value: 'True' }] },
      { active: true },
    ],
    ['active that is removed is unassigned', { active: true }, { op: 'remove', path: 'active' }, {}],
    [
      'the URN of the core schema may stand before a name',
      {},
      { op: 'add', path: `${USER_SCHEMA}:title`, value: 'B' },
      { title: 'B' },
    ],
    [
      'operations work one after the other',
      { title: 'A' },
      [
        { op: 'remove', path: 'title' },
        { op: 'add', path: 'title', value: 'B' },
        { op: 'replace', path: 'title', value: 'C' },
      ],
      { title: 'C' },
    ],
    [
      'a required attribute may be gone in between',
      {},
      [
        { op: 'remove', path: 'userName' },
        { op: 'add', path: 'userName', value: 'ada' },
      ],
      {},
    ],
  ]);
});

describe('applyPatch: a complex value', () => {
  const name = { givenName: 'Ada', familyName: 'King' };
  itAppliesPatches([
    [
      'replace merges the parts that are sent',
      { name },
      { op: 'Replace', path: 'name', value: { familyName: 'B' } },
      { name: { givenName: 'Ada', familyName: 'B' } },
    ],
    [
      'add merges too',
      { name },
      { op: 'add', path: 'name', value: { middleName: 'M' } },
      { name: { ...name, middleName: 'M' } },
    ],
    [
      'a part that is sent empty goes',
      { name },
      { op: 'replace', path: 'name', value: { GivenName: '' } },
      { name: { familyName: 'King' } },
    ],
    [
      'a dotted path sets one part',
      { name },
      { op: 'Add', path: 'name.givenName', value: 'A' },
      { name: { ...name, givenName: 'A' } },
    ],
    [
      'a dotted path makes the value',
      {},
      { op: 'Add', path: 'name.givenName', value: 'A' },
      { name: { givenName: 'A' } },
    ],
    [
      'a dotted path removes one part',
      { name },
      { op: 'remove', path: 'name.givenName' },
      { name: { familyName: 'King' } },
    ],
    [
      'the last part takes the value with it',
      { name: { givenName: 'A' } },
      { op: 'remove', path: 'name.givenName' },
      {},
    ],
    ['null clears it', { name }, { op: 'replace', path: 'name', value: null }, {}],
    ['remove clears it', { name }, { op: 'remove', path: 'name' }, {}],
    [
      'unknown parts are ignored',
      { name },
      { op: 'replace', path: 'name', value: { initials: 'AK' } },
      { name },
    ],
    [
      'a filter on it counts it as one element',
      { name },
      { op: 'replace', path: 'name[familyName eq "King"].givenName', value: 'A' },
      { name: { ...name, givenName: 'A' } },
    ],
  ]);
});

describe('applyPatch: an extension', () => {
  const before = { [ENT]: { department: 'D', manager: { value: 'm' } } };
  itAppliesPatches([
    [
      'a path with its URN',
      {},
      { op: 'Add', path: `${ENT}:department`, value: 'D' },
      { [ENT]: { department: 'D' } },
    ],
    [
      'a URN in another case',
      {},
      { op: 'Add', path: `${ENT.toUpperCase()}:DEPARTMENT`, value: 'D' },
      { [ENT]: { department: 'D' } },
    ],
    [
      'a manager as a bare string',
      {},
      { op: 'Add', path: `${ENT}:manager`, value: 'UID' },
      { [ENT]: { manager: { value: 'UID' } } },
    ],
    [
      'a manager as an object',
      {},
      { op: 'Add', path: `${ENT}:manager`, value: { value: 'UID' } },
      { [ENT]: { manager: { value: 'UID' } } },
    ],
    [
      'a manager in an array, by its bare name',
      {},
      { op: 'Add', path: 'manager', value: [{ $ref: '../Users/UID', value: 'UID' }] },
      { [ENT]: { manager: { value: 'UID', $ref: '../Users/UID' } } },
    ],
    [
      'a manager that "" clears',
      before,
      { op: 'Replace', path: `${ENT}:manager`, value: '' },
      { [ENT]: { department: 'D' } },
    ],
    [
      'a manager that is removed',
      before,
      { op: 'Remove', path: `${ENT}:manager` },
      { [ENT]: { department: 'D' } },
    ],
    [
      'a part of the manager',
      before,
      { op: 'replace', path: `${ENT}:manager.value`, value: 'n' },
      { [ENT]: { department: 'D', manager: { value: 'n' } } },
    ],
    [
      'the last attribute takes the extension with it',
      { [ENT]: { department: 'D' } },
      { op: 'remove', path: `${ENT}:department` },
      {},
    ],
    [
      'the URN alone merges an object',
      before,
      { op: 'replace', path: ENT, value: { division: 'E', department: null } },
      { [ENT]: { division: 'E', manager: { value: 'm' } } },
    ],
    ['the URN alone removes all', before, { op: 'remove', path: ENT }, {}],
    ['the URN alone and null clear all', before, { op: 'replace', path: ENT, value: null }, {}],
    [
      'adding nothing to the URN alone changes nothing',
      before,
      { op: 'add', path: ENT, value: null },
      before,
    ],
    [
      'the type of the license, in any case',
      {},
      { op: 'Replace', path: `${PRODUCT_USER_SCHEMA}:nrUserType`, value: 'full user' },
      { [PRODUCT_USER_SCHEMA]: { nrUserType: 'Full User' } },
    ],
  ]);
});

describe('applyPatch: many values', () => {
  itAppliesPatches([
    [
      'add appends',
      { emails: [work] },
      { op: 'add', path: 'emails', value: [home] },
      { emails: [work, home] },
    ],
    [
      'add takes one object for an array',
      { emails: [work] },
      { op: 'add', path: 'emails', value: home },
      { emails: [work, home] },
    ],
    [
      'add of what is there makes no duplicate',
      { emails: [work, home] },
      { op: 'add', path: 'emails', value: [home, work] },
      { emails: [work, home] },
    ],
    [
      'add compares without case where the schema does',
      { emails: [home] },
      { op: 'add', path: 'emails', value: [{ value: 'H@EXAMPLE.COM', type: 'Home' }] },
      { emails: [{ value: 'H@EXAMPLE.COM', type: 'Home' }] },
    ],
    [
      'add lays an element over the one with its value and type',
      { emails: [work, home] },
      { op: 'add', path: 'emails', value: [{ ...home, display: 'H' }] },
      { emails: [work, { ...home, display: 'H' }] },
    ],
    [
      'add of a primary element makes the others secondary',
      { emails: [work] },
      { op: 'add', path: 'emails', value: [{ ...home, primary: true }] },
      {
        emails: [
          { ...work, primary: false },
          { ...home, primary: true },
        ],
      },
    ],
    [
      'add of nothing changes nothing',
      { emails: [work] },
      { op: 'add', path: 'emails', value: [] },
      { emails: [work] },
    ],
    [
      'add of null changes nothing',
      { emails: [work] },
      { op: 'add', path: 'emails', value: null },
      { emails: [work] },
    ],
    [
      'replace puts the whole array in its place',
      { emails: [work, home] },
      { op: 'Replace', path: 'emails', value: [home] },
      { emails: [home] },
    ],
    ['replace with [] clears', { emails: [work] }, { op: 'replace', path: 'emails', value: [] }, {}],
    ['replace with null clears', { emails: [work] }, { op: 'replace', path: 'emails', value: null }, {}],
    ['remove without a value clears', { emails: [work, home] }, { op: 'remove', path: 'emails' }, {}],
    ['remove with null clears', { emails: [work, home] }, { op: 'remove', path: 'emails', value: null }, {}],
    [
      'remove with an array takes those elements',
      { emails: [work, home] },
      { op: 'Remove', path: 'emails', value: [{ $ref: null, value: 'W@example.com' }] },
      { emails: [home] },
    ],
    [
      'remove with bare strings',
      { emails: [work, home] },
      { op: 'remove', path: 'emails', value: ['w@example.com'] },
      { emails: [home] },
    ],
    [
      'remove with one object',
      { emails: [work, home] },
      { op: 'remove', path: 'emails', value: home },
      { emails: [work] },
    ],
    [
      'remove minds the type of what is listed',
      { emails: [work, home] },
      { op: 'remove', path: 'emails', value: [{ value: 'w@example.com', type: 'home' }] },
      { emails: [work, home] },
    ],
    [
      'remove with [] takes none',
      { emails: [work] },
      { op: 'remove', path: 'emails', value: [] },
      { emails: [work] },
    ],
    [
      'remove with elements that say nothing takes none',
      { emails: [work] },
      { op: 'remove', path: 'emails', value: [null, {}] },
      { emails: [work] },
    ],
    [
      'remove of elements without value by what they have',
      { addresses: [address, { country: 'GB' }] },
      { op: 'remove', path: 'addresses', value: [{ country: 'gb' }] },
      { addresses: [address] },
    ],
    [
      'remove of the last element unassigns',
      { emails: [work] },
      { op: 'remove', path: 'emails', value: [work] },
      {},
    ],
    [
      'a role whose value is JSON text stays text',
      {},
      { op: 'Add', path: 'roles', value: [{ value: '{"id":"1","value":"25"}' }] },
      { roles: [{ value: '{"id":"1","value":"25"}' }] },
    ],
    [
      'a sub-attribute without a filter is that of all elements',
      { emails: [work, { ...home, display: 'H' }] },
      { op: 'remove', path: 'emails.display' },
      { emails: [work, home] },
    ],
    [
      'a sub-attribute without a filter makes an element where there is none',
      {},
      { op: 'add', path: 'emails.value', value: 'a@example.com' },
      { emails: [{ value: 'a@example.com' }] },
    ],
  ]);
});

describe('applyPatch: a value path', () => {
  itAppliesPatches([
    [
      'replaces a part of what it selects',
      { emails: [work, home] },
      { op: 'Replace', path: 'emails[type eq "home"].value', value: 'n@example.com' },
      { emails: [work, { ...home, value: 'n@example.com' }] },
    ],
    [
      'adds a part to what it selects',
      { addresses: [address] },
      { op: 'Add', path: 'addresses[type eq "work"].country', value: 'US' },
      { addresses: [{ ...address, country: 'US' }] },
    ],
    [
      'add creates the element that is not there',
      { emails: [home] },
      { op: 'Add', path: 'emails[type eq "work"].value', value: 'w@example.com' },
      { emails: [home, { type: 'work', value: 'w@example.com' }] },
    ],
    [
      'replace creates the element that is not there',
      { emails: [home] },
      { op: 'Replace', path: 'emails[type eq "work"].value', value: 'w@example.com' },
      { emails: [home, { type: 'work', value: 'w@example.com' }] },
    ],
    [
      'creates from several terms',
      {},
      { op: 'add', path: 'emails[type eq "work" and primary eq true].value', value: 'w@example.com' },
      { emails: [work] },
    ],
    [
      'a created primary element makes the others secondary',
      { emails: [{ ...home, primary: true }] },
      { op: 'add', path: 'emails[type eq "work" and primary eq true].value', value: 'w@example.com' },
      { emails: [{ ...home, primary: false }, work] },
    ],
    [
      'builds one element in several operations',
      {},
      [
        { op: 'Add', path: 'addresses[type eq "work"].locality', value: 'London' },
        { op: 'Add', path: 'addresses[type eq "work"].country', value: 'GB' },
      ],
      { addresses: [{ type: 'work', locality: 'London', country: 'GB' }] },
    ],
    [
      'builds an element whose value comes last',
      {},
      [
        { op: 'Add', path: 'emails[type eq "work"].primary', value: 'True' },
        { op: 'Add', path: 'emails[type eq "work"].value', value: 'w@example.com' },
      ],
      { emails: [work] },
    ],
    [
      'compares booleans with text',
      { roles: [{ value: 'a', primary: true }] },
      { op: 'Replace', path: 'roles[primary eq "True"].value', value: 'b' },
      { roles: [{ value: 'b', primary: true }] },
    ],
    [
      'creates with a boolean out of text',
      {},
      { op: 'Add', path: 'roles[primary eq "True"].value', value: 'b' },
      { roles: [{ value: 'b', primary: true }] },
    ],
    [
      'a part that becomes primary makes the others secondary',
      { emails: [work, home] },
      { op: 'replace', path: 'emails[type eq "home"].primary', value: true },
      {
        emails: [
          { ...work, primary: false },
          { ...home, primary: true },
        ],
      },
    ],
    [
      '"" creates nothing',
      { emails: [home] },
      { op: 'replace', path: 'emails[type eq "work"].value', value: '' },
      { emails: [home] },
    ],
    [
      '"" clears a part',
      { addresses: [address] },
      { op: 'replace', path: 'addresses[type eq "work"].locality', value: '' },
      { addresses: [{ streetAddress: address.streetAddress, type: 'work' }] },
    ],
    [
      'remove takes a part away',
      { addresses: [address] },
      { op: 'remove', path: 'addresses[type eq "work"].locality' },
      { addresses: [{ streetAddress: address.streetAddress, type: 'work' }] },
    ],
    [
      'an element that is left without a value goes',
      { emails: [work, home] },
      { op: 'remove', path: 'emails[type eq "home"].value' },
      { emails: [work] },
    ],
    [
      'remove takes the elements away',
      { emails: [work, home] },
      { op: 'remove', path: 'emails[type eq "home"]' },
      { emails: [work] },
    ],
    [
      'remove of what it does not select changes nothing',
      { emails: [work] },
      { op: 'remove', path: 'emails[type eq "home"]' },
      { emails: [work] },
    ],
    [
      'remove by or takes what either selects',
      { emails: [work, home, { value: 'x' }] },
      { op: 'remove', path: 'emails[type eq "home" or value eq "x"]' },
      { emails: [work] },
    ],
    [
      'remove by not',
      { emails: [work, home] },
      { op: 'remove', path: 'emails[not (type eq "work")]' },
      { emails: [work] },
    ],
    [
      'add merges an object into the elements',
      { emails: [work, home] },
      { op: 'add', path: 'emails[type eq "home"]', value: { display: 'H' } },
      { emails: [work, { ...home, display: 'H' }] },
    ],
    [
      'add of null changes nothing',
      { emails: [work, home] },
      { op: 'add', path: 'emails[type eq "home"]', value: null },
      { emails: [work, home] },
    ],
    [
      'replace puts an object in the place of the elements',
      { emails: [work, { ...home, display: 'H' }] },
      { op: 'replace', path: 'emails[type eq "home"]', value: { value: 'n@example.com' } },
      { emails: [work, { value: 'n@example.com', type: 'home' }] },
    ],
    [
      'replace with an array of one',
      { emails: [work, home] },
      { op: 'replace', path: 'emails[type eq "home"]', value: [{ value: 'n@example.com', type: 'other' }] },
      { emails: [work, { value: 'n@example.com', type: 'other' }] },
    ],
    [
      'replace with a bare string',
      { emails: [work, home] },
      { op: 'replace', path: 'emails[type eq "home"]', value: 'n@example.com' },
      { emails: [work, { value: 'n@example.com', type: 'home' }] },
    ],
    [
      'replace with null takes the elements away',
      { emails: [work, home] },
      { op: 'replace', path: 'emails[type eq "home"]', value: null },
      { emails: [work] },
    ],
    [
      'an object creates the element that is not there',
      { emails: [work] },
      { op: 'add', path: 'emails[type eq "home"]', value: { value: 'h@example.com' } },
      { emails: [work, home] },
    ],
    [
      'names in filters count in any case',
      { emails: [work, home] },
      { op: 'remove', path: 'Emails[TYPE eq "HOME"]' },
      { emails: [work] },
    ],
  ]);

  it('is noTarget where it selects nothing and describes no element', () => {
    for (const filter of [
      'type ne "work"',
      'value co "zzz"',
      'type eq "home" or type eq "other"',
      'not (type eq "work")',
    ]) {
      const act = () =>
        patchUser(
          { userName: 'ada', emails: [work] },
          { op: 'replace', path: `emails[${filter}].value`, value: 'x' },
        );
      expect(scimErrorOf(act)).toMatchObject({ status: 400, scimType: 'noTarget' });
    }
  });
});

describe('applyPatch: without a path', () => {
  itAppliesPatches([
    ['plain names', { active: true }, { op: 'replace', value: { active: false } }, { active: false }],
    [
      'dotted names, URNs and value paths',
      { name: { familyName: 'King' }, emails: [work] },
      {
        op: 'replace',
        value: {
          'name.givenName': 'Augusta',
          'emails[type eq "work"].value': 'n@example.com',
          [`${ENT}:department`]: 'Analytical',
          [`${PRODUCT_USER_SCHEMA}:nrUserType`]: 'Core User',
          active: false,
        },
      },
      {
        name: { familyName: 'King', givenName: 'Augusta' },
        emails: [{ ...work, value: 'n@example.com' }],
        [ENT]: { department: 'Analytical' },
        [PRODUCT_USER_SCHEMA]: { nrUserType: 'Core User' },
        active: false,
      },
    ],
    [
      'objects merge',
      { name: { familyName: 'King' } },
      { op: 'replace', value: { name: { givenName: 'Ada' } } },
      { name: { familyName: 'King', givenName: 'Ada' } },
    ],
    [
      'an extension under its URN merges',
      { [ENT]: { department: 'D' } },
      { op: 'replace', value: { [ENT]: { division: 'E', manager: 'm' } } },
      { [ENT]: { department: 'D', division: 'E', manager: { value: 'm' } } },
    ],
    [
      'add appends to an array',
      { emails: [work] },
      { op: 'add', value: { emails: [home] } },
      { emails: [work, home] },
    ],
    [
      'replace replaces an array',
      { emails: [work] },
      { op: 'replace', value: { emails: [home] } },
      { emails: [home] },
    ],
    [
      'null clears',
      { title: 'A', nickName: 'B' },
      { op: 'replace', value: { title: null, nickName: '' } },
      {},
    ],
    ['JSON text', {}, { op: 'replace', value: '{"title":"A"}' }, { title: 'A' }],
    ['an empty object changes nothing', { title: 'A' }, { op: 'replace', value: {} }, { title: 'A' }],
  ]);
});

describe('applyPatch: what is not for the client to change', () => {
  const kept = { title: 'A' };
  itAppliesPatches([
    ...[
      'id',
      'meta',
      'meta.version',
      'schemas',
      'groups',
      'password',
      'shoeSize',
      'name.initials',
      'urn:example:x',
      'urn:example:2.0:User:y',
    ].flatMap((path): Row[] => [
      [
        `${path} as a path`,
        kept,
        [
          { op: 'add', path, value: 'x' },
          { op: 'replace', path, value: [] },
          { op: 'remove', path },
        ],
        kept,
      ],
      [`${path} as a key`, kept, { op: 'replace', value: { [path]: 'x' } }, kept],
    ]),
    [
      'an odd operation does not take the next one down',
      { active: true },
      [
        { op: 'Add', path: 'costume', value: 'x' },
        { op: 'Replace', path: 'active', value: 'False' },
      ],
      { active: false },
    ],
    [
      'a filter on an attribute without parts',
      kept,
      { op: 'replace', path: 'title[value eq "A"]', value: 'B' },
      kept,
    ],
    [
      'a filter behind a sub-attribute',
      { emails: [work] },
      { op: 'remove', path: 'emails.value[type eq "work"]' },
      { emails: [work] },
    ],
    [
      'a sub-attribute that there is not, behind a filter',
      { emails: [work] },
      { op: 'add', path: 'emails[type eq "work"].size', value: 1 },
      { emails: [work] },
    ],
    [
      'a filter by a sub-attribute that there is not',
      { emails: [work] },
      { op: 'add', path: 'emails[size eq "1"].value', value: 'x' },
      { emails: [work] },
    ],
    [
      'a read-only sub-attribute',
      { [ENT]: { manager: { value: 'm' } } },
      { op: 'add', path: 'manager.displayName', value: 'x' },
      { [ENT]: { manager: { value: 'm' } } },
    ],
    ['an extension that is sent as text', kept, { op: 'add', path: ENT, value: 'x' }, kept],
  ]);

  it('leaves members of a group to splitMembership', () => {
    const operations = parsePatch({
      Operations: [{ op: 'add', value: { members: [{ value: 'u' }], displayName: 'B' } }],
    });
    expect(applyPatch(groupResourceType, { displayName: 'A' }, operations)).toEqual({ displayName: 'B' });
  });
});

describe('applyPatch: refusals', () => {
  it.each(['userName', 'USERNAME', `${USER_SCHEMA}:userName`])(
    'refuses to remove %s, as it is required',
    (path) => {
      expect(scimErrorOf(() => patchUser(johnDoe, { op: 'remove', path }))).toMatchObject({
        status: 400,
        scimType: 'mutability',
        detail: `${path} cannot be removed because it is required for a User. Replace it with another value.`,
      });
    },
  );

  it('lets a required attribute be removed that comes back in the same request', () => {
    const operations = [
      { op: 'remove', path: 'userName' },
      { op: 'add', path: 'userName', value: 'b' },
    ];
    expect(patchUser({ userName: 'a' }, ...operations)).toEqual({ userName: 'b' });
  });

  it.each<[string, object[], string]>([
    [
      'a required attribute that is replaced by null',
      [{ op: 'replace', path: 'userName', value: null }],
      'userName is required',
    ],
    [
      'a required attribute that is replaced by ""',
      [{ op: 'replace', value: { userName: '' } }],
      'userName is required',
    ],
    [
      'a word for a boolean',
      [{ op: 'replace', path: 'active', value: 'yes' }],
      'The value of active is not valid because it is not a boolean',
    ],
    [
      'a wrong type in a part',
      [{ op: 'add', path: 'name.givenName', value: {} }],
      'The value of name.givenName is not valid because it is not a string',
    ],
    [
      'a wrong type behind a value path',
      [{ op: 'add', path: 'emails[type eq "work"].primary', value: 'x' }],
      'The value of emails[type eq "work"].primary is not valid because it is not a boolean',
    ],
    [
      'a wrong type of an array',
      [{ op: 'add', path: 'emails', value: [true] }],
      'The value of emails[0] is not valid because it is not an object',
    ],
    [
      'a license type that there is not',
      [{ op: 'Replace', path: `${PRODUCT_USER_SCHEMA}:nrUserType`, value: 'Super User' }],
      'Basic User, Core User, Full User',
    ],
    [
      'too many elements',
      [
        { op: 'add', path: 'roles', value: Array.from({ length: 150 }, (_, at) => `a${at}`) },
        { op: 'add', path: 'roles', value: Array.from({ length: 150 }, (_, at) => `b${at}`) },
      ],
      'Send at most 200',
    ],
    [
      'too many elements one by one',
      Array.from({ length: 201 }, (_, at) => ({
        op: 'add',
        path: `roles[type eq "${at}"].value`,
        value: 'x',
      })),
      'Send at most 200',
    ],
  ])('%s is invalidValue, and nothing is done', (_, operations, detail) => {
    const before = structuredClone(johnDoe);
    const error = scimErrorOf(() =>
      patchUser(before, { op: 'replace', path: 'title', value: 'Nobody' }, ...operations),
    );
    expect(error).toMatchObject({ status: 400, scimType: 'invalidValue' });
    expect(error.detail).toContain(detail);
    expect(before).toEqual(johnDoe);
  });

  it('of a filter that does not suit the attribute is a 400', () => {
    const act = () => patchUser(johnDoe, { op: 'remove', path: 'emails[primary gt true]' });
    expect(scimErrorOf(act)).toMatchObject({ status: 400, scimType: 'invalidFilter' });
  });
});
