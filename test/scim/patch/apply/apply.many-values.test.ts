import { address, home, itAppliesPatches, work } from './patch-rows';

describe('applyPatch: many values', () => {
  itAppliesPatches([
    [
      'an element that is added twice stays primary',
      { phoneNumbers: [{ value: '0', primary: true }] },
      {
        op: 'add',
        path: 'phoneNumbers',
        value: [
          { value: '1', type: 'work', primary: true },
          { value: '1', type: 'work', display: 'x' },
        ],
      },
      {
        phoneNumbers: [
          { value: '0', primary: false },
          { value: '1', display: 'x', type: 'work', primary: true },
        ],
      },
    ],
    [
      'add appends',
      { emails: [work] },
      { op: 'add', path: 'emails', value: [home] },
      { emails: [work, home] },
    ],
    [
      'add accepts one object instead of an array',
      { emails: [work] },
      { op: 'add', path: 'emails', value: home },
      { emails: [work, home] },
    ],
    [
      'add of an existing element creates no duplicate',
      { emails: [work, home] },
      { op: 'add', path: 'emails', value: [home, work] },
      { emails: [work, home] },
    ],
    [
      'add ignores case if the schema does',
      { emails: [home] },
      { op: 'add', path: 'emails', value: [{ value: 'H@EXAMPLE.COM', type: 'Home' }] },
      { emails: [{ value: 'H@EXAMPLE.COM', type: 'Home' }] },
    ],
    [
      'add merges an element into the one with its value and type',
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
      'add of an empty array changes nothing',
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
      'replace replaces the whole array',
      { emails: [work, home] },
      { op: 'Replace', path: 'emails', value: [home] },
      { emails: [home] },
    ],
    ['replace with [] clears', { emails: [work] }, { op: 'replace', path: 'emails', value: [] }, {}],
    ['replace with null clears', { emails: [work] }, { op: 'replace', path: 'emails', value: null }, {}],
    ['remove without a value clears', { emails: [work, home] }, { op: 'remove', path: 'emails' }, {}],
    ['remove with null clears', { emails: [work, home] }, { op: 'remove', path: 'emails', value: null }, {}],
    [
      'remove with an array removes those elements',
      { emails: [work, home] },
      { op: 'Remove', path: 'emails', value: [{ $ref: null, value: 'W@example.com' }] },
      { emails: [home] },
    ],
    [
      'remove with strings',
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
      'remove compares the type of a listed element',
      { emails: [work, home] },
      { op: 'remove', path: 'emails', value: [{ value: 'w@example.com', type: 'home' }] },
      { emails: [work, home] },
    ],
    [
      'remove with [] removes nothing',
      { emails: [work] },
      { op: 'remove', path: 'emails', value: [] },
      { emails: [work] },
    ],
    [
      'remove with empty elements removes nothing',
      { emails: [work] },
      { op: 'remove', path: 'emails', value: [null, {}] },
      { emails: [work] },
    ],
    [
      'remove of elements without a value compares all their parts',
      { addresses: [address, { country: 'GB' }] },
      { op: 'remove', path: 'addresses', value: [{ country: 'gb' }] },
      { addresses: [address] },
    ],
    [
      'remove with an element that is listed twice, once as primary, removes both that it names',
      { addresses: [{ ...address, primary: true }, address, { country: 'GB' }] },
      { op: 'remove', path: 'addresses', value: [address, { ...address, primary: true }] },
      { addresses: [{ country: 'GB' }] },
    ],
    [
      'remove with an address that is listed twice, once as primary, removes it with each type',
      { emails: [work, { ...work, type: 'home', primary: false }, home] },
      { op: 'remove', path: 'emails', value: [{ value: work.value }, { value: work.value, primary: true }] },
      { emails: [home] },
    ],
    [
      'remove with display names that are listed twice, once as primary, removes both that they name',
      { emails: [{ ...work, display: 'A' }, { ...home, display: 'A' }, { value: 'x' }] },
      { op: 'remove', path: 'emails', value: [{ display: 'A' }, { display: 'A', primary: true }] },
      { emails: [{ value: 'x' }] },
    ],
    [
      'remove with two primary elements removes the one that is primary',
      { addresses: [{ country: 'DE' }, { country: 'GB', primary: true }, { country: 'US' }] },
      {
        op: 'remove',
        path: 'addresses',
        value: [
          { country: 'DE', primary: true },
          { country: 'GB', primary: true },
        ],
      },
      { addresses: [{ country: 'DE' }, { country: 'US' }] },
    ],
    [
      'remove of the last element clears the attribute',
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
      'a sub-attribute without a filter applies to all elements',
      { emails: [work, { ...home, display: 'H' }] },
      { op: 'remove', path: 'emails.display' },
      { emails: [work, home] },
    ],
    [
      'a sub-attribute without a filter creates an element if there is none',
      {},
      { op: 'add', path: 'emails.value', value: 'a@example.com' },
      { emails: [{ value: 'a@example.com' }] },
    ],
  ]);
});
