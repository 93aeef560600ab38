import { address, home, itAppliesPatches, work } from './patch-rows';

describe('applyPatch: a replace of selected elements without a value', () => {
  itAppliesPatches([
    [
      'replace by an object that only marks an element as primary keeps its other parts',
      { emails: [work, { ...home, display: 'H' }], addresses: [address] },
      [
        { op: 'replace', path: 'emails[type eq "home"]', value: { primary: true } },
        { op: 'replace', path: 'addresses[type eq "work"]', value: { type: 'work', primary: true } },
      ],
      {
        emails: [
          { ...work, primary: false },
          { ...home, display: 'H', primary: true },
        ],
        addresses: [{ ...address, primary: true }],
      },
    ],
    [
      'replace by an object without a known part keeps the value',
      { phoneNumbers: [{ value: '1', type: 'work' }] },
      [
        { op: 'replace', path: 'phoneNumbers[type eq "work"]', value: { type: 'work', number: '2' } },
        { op: 'replace', path: 'phoneNumbers[type eq "work"]', value: {} },
      ],
      { phoneNumbers: [{ value: '1', type: 'work' }] },
    ],
    [
      'replace by an object without a value keeps the value and replaces the other parts',
      { emails: [{ ...work, display: 'W' }, home] },
      [
        { op: 'replace', path: 'emails[type eq "home"]', value: { display: 'J' } },
        { op: 'replace', path: 'emails[type eq "work"]', value: { type: 'other' } },
        { op: 'replace', path: 'emails[type eq "other"]', value: { display: null } },
      ],
      {
        emails: [
          { ...work, type: 'other' },
          { ...home, display: 'J' },
        ],
      },
    ],
    [
      'replace by an object that clears the value removes the selected elements',
      { emails: [work, { ...home, display: 'H' }] },
      { op: 'replace', path: 'emails[type eq "home"]', value: { Value: '', type: 'home' } },
      { emails: [work] },
    ],
  ]);
});

describe('applyPatch: a remove of listed elements without a value', () => {
  const other = { streetAddress: '1 Main Street', type: 'other', primary: true };

  itAppliesPatches([
    [
      'removes the elements of a type',
      { addresses: [address, other], emails: [work, home] },
      [
        { op: 'remove', path: 'addresses', value: [{ type: 'work' }] },
        { op: 'remove', path: 'emails', value: { Type: 'HOME' } },
      ],
      { addresses: [other], emails: [work] },
    ],
    [
      'removes the primary element',
      { addresses: [address, other] },
      { op: 'remove', path: 'addresses', value: [{ primary: 'True' }] },
      { addresses: [address] },
    ],
    [
      'keeps the elements if the value is sent empty, or an unknown part is sent',
      { emails: [work, home] },
      [
        { op: 'remove', path: 'emails', value: [{ type: 'work', value: '' }, {}] },
        { op: 'remove', path: 'emails', value: [{ type: 'work', number: '1' }] },
      ],
      { emails: [work, home] },
    ],
  ]);
});
