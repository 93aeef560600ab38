import { patchUser } from '../../../support/scim/scim-fixtures';
import { home, itAppliesPatches, work } from './patch-rows';

const NAME = { givenName: 'Ada', familyName: 'Lovelace' };

describe('applyPatch: objects and arrays that are sent as JSON text', () => {
  itAppliesPatches([
    [
      'replaces all elements by an array',
      { emails: [home] },
      { op: 'replace', path: 'emails', value: JSON.stringify([work]) },
      { emails: [work] },
    ],
    [
      'replaces all elements by an array of texts',
      {},
      { op: 'replace', path: 'emails', value: [work, home].map((email) => JSON.stringify(email)) },
      { emails: [work, home] },
    ],
    [
      'adds an element',
      { emails: [work] },
      { op: 'add', path: 'emails', value: JSON.stringify(home) },
      { emails: [work, home] },
    ],
    [
      'removes a listed element',
      { emails: [work, home] },
      { op: 'remove', path: 'emails', value: [JSON.stringify({ value: home.value })] },
      { emails: [work] },
    ],
    [
      'replaces a single complex value',
      { name: { givenName: 'Grace' } },
      { op: 'replace', path: 'name', value: JSON.stringify(NAME) },
      { name: NAME },
    ],
    [
      'changes the elements that a filter selects',
      { emails: [work, home] },
      { op: 'add', path: 'emails[type eq "home"]', value: JSON.stringify([{ display: 'Home' }]) },
      { emails: [work, { ...home, display: 'Home' }] },
    ],
    [
      'reads the only text of an array without a path',
      {},
      { op: 'replace', value: [JSON.stringify({ title: 'Engineer' })] },
      { title: 'Engineer' },
    ],
  ]);

  it('keeps a simple text that starts like JSON', () => {
    expect(
      patchUser({ userName: 'ada' }, { op: 'replace', path: 'title', value: '[{"value":"Engineer"}]' }),
    ).toMatchObject({
      title: '[{"value":"Engineer"}]',
    });
  });
});

describe('applyPatch: elements of which no part is known', () => {
  itAppliesPatches([
    [
      'does not remove the elements that exist',
      { phoneNumbers: [{ value: '1' }] },
      { op: 'replace', path: 'phoneNumbers', value: [{ number: '2', kind: 'work' }] },
      { phoneNumbers: [{ value: '1' }] },
    ],
    [
      'does not remove the element that a filter selects',
      { emails: [work, home] },
      { op: 'replace', path: 'emails[type eq "work"]', value: { address: 'n@example.com' } },
      { emails: [work, home] },
    ],
    [
      'removes them if the elements have an empty value',
      { phoneNumbers: [{ value: '1' }] },
      { op: 'replace', path: 'phoneNumbers', value: [{ value: '', kind: 'work' }] },
      {},
    ],
  ]);
});
