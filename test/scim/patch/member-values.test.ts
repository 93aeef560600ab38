import { readMembers, readSelectedMembers } from '../../../shared/scim/patch/member-values';
import type { Json } from '../../../shared/scim/resource';
import { scimErrorOf } from '../../support/scim/scim-fixtures';

const LIST = { name: 'members', path: 'members' } as const;

describe('readMembers', () => {
  it('skips members without an ID if another member has one', () => {
    const sent: Json = [{ value: 'a' }, { display: 'x' }, null, {}, { value: 1 }, 2];
    expect(readMembers(sent, { ...LIST, requiresId: true })).toEqual([
      { value: 'a' },
      { value: '1' },
      { value: '2' },
    ]);
  });

  it.each<Json>([
    {},
    [{}],
    [null],
    [{ value: null }],
    { display: null },
    [{ value: '' }],
    '{}',
    [{ $ref: 'x' }],
  ])('rejects %j if a list needs an ID', (sent) => {
    const error = scimErrorOf(() => readMembers(sent, { ...LIST, requiresId: true }));
    expect(error).toMatchObject({ status: 400, scimType: 'invalidValue' });
    expect(error.detail).toContain('none of its elements has a value');
  });

  it.each<[Json | undefined]>([
    [[]],
    [null],
    [''],
    ['[]'],
    [{ members: [] }],
    [{ Members: null }],
    [undefined],
  ])('reads %j as no members', (sent) => {
    expect(readMembers(sent, { ...LIST, requiresId: true })).toEqual([]);
  });

  it('reads members under the name of the attribute', () => {
    for (const sent of [{ members: [{ value: 'a' }] }, [{ members: ['a'] }], '{"members":{"value":"a"}}'])
      expect(readMembers(sent, LIST)).toEqual([{ value: 'a' }]);
  });

  it.each(['https://h/scim/v2/Users/a', '../Users/a', 'Users/a', '/users/a'])(
    'reads the ID in the reference %s',
    ($ref) => {
      expect(readMembers([{ $ref, display: 'Ada' }], LIST)).toEqual([{ value: 'a', display: 'Ada' }]);
      expect(readMembers([{ $ref, value: 'b' }], LIST)).toEqual([{ value: 'b' }]);
      const reference = $ref.replace(/users/i, 'Groups');
      expect(readMembers({ $ref: reference }, { ...LIST, name: 'groups' })).toEqual([{ value: 'a' }]);
      expect(() => readMembers({ $ref: reference }, LIST)).toThrow('none of its elements has a value');
    },
  );

  it('keeps the first place and the last display of a member that is sent several times', () => {
    const sent: Json = [
      { value: 'a', display: 'Ada' },
      { value: 'b' },
      { VALUE: 'a', displayName: 'Ada L.' },
      'a',
      { value: 'a', display: null },
      { value: 'b', display: 1 },
    ];
    expect(readMembers(sent, LIST)).toEqual([
      { value: 'a', display: 'Ada L.' },
      { value: 'b', display: '1' },
    ]);
  });

  it('prefers display to displayName, in any order', () => {
    for (const parts of [
      { displayName: 'other', display: 'Ada' },
      { display: 'Ada', displayName: 'other' },
    ])
      expect(readMembers({ value: 'a', ...parts }, LIST)).toEqual([{ value: 'a', display: 'Ada' }]);
  });

  it.each<[Json, string]>([
    [true, 'members[1]'],
    [{ value: true }, 'members[1].value'],
    [{ value: '\ud800' }, 'members[1].value'],
    ['x'.repeat(100_000), 'members[1]'],
    [{ value: 'b', display: '\ud800' }, 'members[1].display'],
    [{ value: 'b', display: 'x'.repeat(100_000) }, 'members[1].display'],
  ])('names the place of a member that is not valid', (member, path) => {
    const error = scimErrorOf(() => readMembers([{ value: 'a' }, member], LIST));
    expect(error).toMatchObject({ status: 400, scimType: 'invalidValue' });
    expect(error.detail).toContain(`The value of ${path} is not valid`);
  });
});

describe('readSelectedMembers', () => {
  const selected = [{ value: 'a', display: 'Ada' }, { value: 'b' }];

  it('changes the display of the selected members', () => {
    expect(readSelectedMembers({ display: 'New' }, LIST, selected)).toEqual([
      { value: 'a', display: 'New' },
      { value: 'b', display: 'New' },
    ]);
    expect(readSelectedMembers({ type: 'User' }, LIST, selected)).toEqual(selected);
  });

  it('keeps the selected members if an object has no parts, and removes them if it clears the ID', () => {
    expect(readSelectedMembers({}, LIST, selected)).toEqual(selected);
    expect(readSelectedMembers({ display: null }, LIST, selected)).toEqual(selected);
    expect(readSelectedMembers([{ Value: null, display: 'x' }], LIST, selected)).toEqual([]);
    expect(readSelectedMembers('', LIST, selected)).toEqual([]);
  });

  it('names the path of a display that is not valid', () => {
    const error = scimErrorOf(() => readSelectedMembers({ display: '\ud800' }, LIST, selected));
    expect(error.detail).toContain('The value of members.display is not valid');
  });
});
