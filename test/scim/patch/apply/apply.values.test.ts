import { ENTERPRISE_USER_SCHEMA as ENT, USER_SCHEMA } from '../../../../shared/scim/urns';
import { itAppliesPatches } from './patch-rows';
import { PRODUCT_USER_SCHEMA } from '../../../support/scim/product';

describe('applyPatch: one value', () => {
  itAppliesPatches([
    ['add sets an attribute', {}, { op: 'add', path: 'title', value: 'Boss' }, { title: 'Boss' }],
    ['add replaces a value', { title: 'A' }, { op: 'Add', path: 'title', value: 'B' }, { title: 'B' }],
    ['add sets externalId', {}, { op: 'add', path: 'externalId', value: 'e1' }, { externalId: 'e1' }],
    ['replace sets an absent attribute', {}, { op: 'replace', path: 'title', value: 'B' }, { title: 'B' }],
    ['remove clears an attribute', { title: 'A' }, { op: 'remove', path: 'title' }, {}],
    ['remove of an absent attribute is not an error', {}, { op: 'remove', path: 'title' }, {}],
    ['remove ignores its value', { title: 'A' }, { op: 'remove', path: 'title', value: 'B' }, {}],
    ['replace with "" clears', { title: 'A' }, { op: 'replace', path: 'title', value: '' }, {}],
    ['replace with null clears', { title: 'A' }, { op: 'replace', path: 'title', value: null }, {}],
    ['add of null clears', { title: 'A' }, { op: 'add', path: 'title', value: null }, {}],
    [
      'names may be in any case',
      { title: 'A' },
      { op: 'replace', path: 'TITLE', value: 'B' },
      { title: 'B' },
    ],
    [
      'active as text',
      { active: true },
      { op: 'Replace', path: 'active', value: 'False' },
      { active: false },
    ],
    [
      'active in an array, as old Entra jobs send it',
      {},
      { op: 'Add', path: 'active', value: [{ $ref: null, value: 'True' }] },
      { active: true },
    ],
    ['a removed active is unassigned', { active: true }, { op: 'remove', path: 'active' }, {}],
    [
      'a name may start with the URN of the core schema',
      {},
      { op: 'add', path: `${USER_SCHEMA}:title`, value: 'B' },
      { title: 'B' },
    ],
    [
      'operations apply in order',
      { title: 'A' },
      [
        { op: 'remove', path: 'title' },
        { op: 'add', path: 'title', value: 'B' },
        { op: 'replace', path: 'title', value: 'C' },
      ],
      { title: 'C' },
    ],
    [
      'a required attribute may be absent in between',
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
      'replace merges the sent parts',
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
      'a part that is sent empty is removed',
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
      'a dotted path creates the value',
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
      'removing the last part removes the value',
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
      'a filter treats it as one element',
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
      'replaces parts by an array with one object',
      {},
      { op: 'replace', path: ENT, value: [{ department: 'Sales' }] },
      { [ENT]: { department: 'Sales' } },
    ],
    [
      'adds parts from JSON text',
      {},
      { op: 'add', path: ENT, value: '{"department":"Sales"}' },
      { [ENT]: { department: 'Sales' } },
    ],
    [
      'drops the reference of the former manager',
      { [ENT]: { manager: { value: 'a', $ref: '../Users/a' } } },
      { op: 'replace', path: `${ENT}:manager`, value: 'b' },
      { [ENT]: { manager: { value: 'b' } } },
    ],
    [
      'drops the reference of the former manager if only the value is sent',
      { [ENT]: { manager: { value: 'a', $ref: '../Users/a' } } },
      { op: 'replace', path: `${ENT}:manager.value`, value: 'b' },
      { [ENT]: { manager: { value: 'b' } } },
    ],
    [
      'keeps the reference of the same manager, and one that is sent',
      { [ENT]: { manager: { value: 'a', $ref: '../Users/a' } } },
      [
        { op: 'replace', path: `${ENT}:manager`, value: 'a' },
        { op: 'replace', path: `${ENT}:manager`, value: { value: 'b', $ref: '../Users/a' } },
      ],
      { [ENT]: { manager: { value: 'b', $ref: '../Users/a' } } },
    ],
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
      'a manager as a string',
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
      'a manager in an array, without a URN',
      {},
      { op: 'Add', path: 'manager', value: [{ $ref: '../Users/UID', value: 'UID' }] },
      { [ENT]: { manager: { value: 'UID', $ref: '../Users/UID' } } },
    ],
    [
      'a manager cleared by ""',
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
      'removing the last attribute removes the extension',
      { [ENT]: { department: 'D' } },
      { op: 'remove', path: `${ENT}:department` },
      {},
    ],
    [
      'the URN as the path merges an object',
      before,
      { op: 'replace', path: ENT, value: { division: 'E', department: null } },
      { [ENT]: { division: 'E', manager: { value: 'm' } } },
    ],
    ['remove of the URN removes the extension', before, { op: 'remove', path: ENT }, {}],
    [
      'replace of the URN with null removes the extension',
      before,
      { op: 'replace', path: ENT, value: null },
      {},
    ],
    ['add of null to the URN changes nothing', before, { op: 'add', path: ENT, value: null }, before],
    [
      'the type of the license, in any case',
      {},
      { op: 'Replace', path: `${PRODUCT_USER_SCHEMA}:nrUserType`, value: 'full user' },
      { [PRODUCT_USER_SCHEMA]: { nrUserType: 'Full User' } },
    ],
  ]);
});
