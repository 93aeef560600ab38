import { readMembers, readSelectedMembers } from '../../../shared/scim/patch/member-values';
import type { Json } from '../../../shared/scim/resource';
import { scimErrorOf } from '../../support/scim/scim-fixtures';

describe('readMembers', () => {
  it('keeps the first place and the last display of a member that is sent several times', () => {
    const sent: Json = [
      { value: 'a', display: 'Ada' },
      { value: 'b' },
      { VALUE: 'a', displayName: 'Ada L.' },
      'a',
      { value: 'a', display: null },
      { value: 'b', display: 1 },
    ];
    expect(readMembers(sent, 'members')).toEqual([{ value: 'a', display: 'Ada L.' }, { value: 'b' }]);
  });

  it('prefers display to displayName, in any order', () => {
    for (const parts of [
      { displayName: 'other', display: 'Ada' },
      { display: 'Ada', displayName: 'other' },
    ])
      expect(readMembers({ value: 'a', ...parts }, 'members')).toEqual([{ value: 'a', display: 'Ada' }]);
  });

  it.each<[Json, string]>([
    [1, 'members[1]'],
    [{ value: 1 }, 'members[1].value'],
    [{ value: 'b', display: '\ud800' }, 'members[1].display'],
    [{ value: 'b', display: 'x'.repeat(100_000) }, 'members[1].display'],
  ])('names the place of a member that is not valid', (member, path) => {
    const error = scimErrorOf(() => readMembers([{ value: 'a' }, member], 'members'));
    expect(error).toMatchObject({ status: 400, scimType: 'invalidValue' });
    expect(error.detail).toContain(`The value of ${path} is not valid`);
  });
});

describe('readSelectedMembers', () => {
  const selected = [{ value: 'a', display: 'Ada' }, { value: 'b' }];

  it('changes the display of the selected members', () => {
    expect(readSelectedMembers({ display: 'New' }, 'members', selected)).toEqual([
      { value: 'a', display: 'New' },
      { value: 'b', display: 'New' },
    ]);
    expect(readSelectedMembers({ type: 'User' }, 'members', selected)).toEqual(selected);
  });

  it('names the path of a display that is not valid', () => {
    const error = scimErrorOf(() => readSelectedMembers({ display: '\ud800' }, 'members', selected));
    expect(error.detail).toContain('The value of members.display is not valid');
  });
});
