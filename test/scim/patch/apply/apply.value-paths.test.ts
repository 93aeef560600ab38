import { patchUser, scimErrorOf } from '../../../support/scim/scim-fixtures';
import { ENTERPRISE_USER_SCHEMA } from '../../../../shared/scim/urns';
import { address, home, itAppliesPatches, work } from './patch-rows';

describe('applyPatch: a value path', () => {
  itAppliesPatches([
    [
      'replaces a part of the selected elements',
      { emails: [work, home] },
      { op: 'Replace', path: 'emails[type eq "home"].value', value: 'n@example.com' },
      { emails: [work, { ...home, value: 'n@example.com' }] },
    ],
    [
      'merges selected elements that become equal',
      {
        emails: [
          { value: 'a@example.com', type: 'work', display: 'A' },
          home,
          { value: 'b@example.com', type: 'work', primary: true },
        ],
      },
      { op: 'Replace', path: 'emails[type eq "work"].value', value: 'n@example.com' },
      { emails: [{ value: 'n@example.com', type: 'work', display: 'A', primary: true }, home] },
    ],
    [
      'merges a selected element into one that it equals now',
      { emails: [work, home, { value: 'W@EXAMPLE.COM', type: 'other', display: 'W' }] },
      { op: 'Replace', path: 'emails[type eq "other"].type', value: 'work' },
      { emails: [{ ...work, value: 'W@EXAMPLE.COM', display: 'W' }, home] },
    ],
    [
      'adds a part to the selected elements',
      { addresses: [address] },
      { op: 'Add', path: 'addresses[type eq "work"].country', value: 'US' },
      { addresses: [{ ...address, country: 'US' }] },
    ],
    [
      'a filter that does not match a single value replaces it',
      { [ENTERPRISE_USER_SCHEMA]: { manager: { value: 'm1', displayName: 'Grace' } } },
      { op: 'add', path: `${ENTERPRISE_USER_SCHEMA}:manager[value eq "m2"]`, value: { value: 'm2' } },
      { [ENTERPRISE_USER_SCHEMA]: { manager: { value: 'm2' } } },
    ],
    [
      'a filter that does not match a single value without an identity changes nothing',
      { name: { givenName: 'Ada', familyName: 'Lovelace' } },
      { op: 'replace', path: 'name[familyName eq "King"].givenName', value: 'Grace' },
      { name: { givenName: 'Ada', familyName: 'Lovelace' } },
    ],
    [
      'add creates a missing element',
      { emails: [home] },
      { op: 'Add', path: 'emails[type eq "work"].value', value: 'w@example.com' },
      { emails: [home, { type: 'work', value: 'w@example.com' }] },
    ],
    [
      'replace creates a missing element',
      { emails: [home] },
      { op: 'Replace', path: 'emails[type eq "work"].value', value: 'w@example.com' },
      { emails: [home, { type: 'work', value: 'w@example.com' }] },
    ],
    [
      'creates an element from several terms',
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
      'creates an element with a boolean from text',
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
      'remove removes a part',
      { addresses: [address] },
      { op: 'remove', path: 'addresses[type eq "work"].locality' },
      { addresses: [{ streetAddress: address.streetAddress, type: 'work' }] },
    ],
    [
      'an element without a remaining value is removed',
      { emails: [work, home] },
      { op: 'remove', path: 'emails[type eq "home"].value' },
      { emails: [work] },
    ],
    [
      'remove removes the selected elements',
      { emails: [work, home] },
      { op: 'remove', path: 'emails[type eq "home"]' },
      { emails: [work] },
    ],
    [
      'remove without a selected element changes nothing',
      { emails: [work] },
      { op: 'remove', path: 'emails[type eq "home"]' },
      { emails: [work] },
    ],
    [
      'remove with or removes the elements that either term selects',
      { emails: [work, home, { value: 'x' }] },
      { op: 'remove', path: 'emails[type eq "home" or value eq "x"]' },
      { emails: [work] },
    ],
    [
      'remove with not removes the other elements',
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
      'replace replaces the selected elements by an object',
      { emails: [work, { ...home, display: 'H' }] },
      { op: 'replace', path: 'emails[type eq "home"]', value: { value: 'n@example.com' } },
      { emails: [work, { value: 'n@example.com', type: 'home' }] },
    ],
    [
      'replace accepts an array with one object',
      { emails: [work, home] },
      { op: 'replace', path: 'emails[type eq "home"]', value: [{ value: 'n@example.com', type: 'other' }] },
      { emails: [work, { value: 'n@example.com', type: 'other' }] },
    ],
    [
      'replace accepts a string',
      { emails: [work, home] },
      { op: 'replace', path: 'emails[type eq "home"]', value: 'n@example.com' },
      { emails: [work, { value: 'n@example.com', type: 'home' }] },
    ],
    [
      'replace with null removes the selected elements',
      { emails: [work, home] },
      { op: 'replace', path: 'emails[type eq "home"]', value: null },
      { emails: [work] },
    ],
    [
      'an object creates a missing element',
      { emails: [work] },
      { op: 'add', path: 'emails[type eq "home"]', value: { value: 'h@example.com' } },
      { emails: [work, home] },
    ],
    [
      'names in filters may be in any case',
      { emails: [work, home] },
      { op: 'remove', path: 'Emails[TYPE eq "HOME"]' },
      { emails: [work] },
    ],
  ]);

  it('throws noTarget if the filter selects nothing and does not describe an element', () => {
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
