import type { Json } from '../../../shared/scim/resource';
import { readGroup } from '../../../shared/service/groups/group-input';
import { scimErrorOf } from '../../support/scim/scim-fixtures';

const read = (members: Json) => readGroup({ displayName: 'Staff', members }, () => undefined);
const membersOf = (members: Json) => [...read(members).desired.added.keys()];

describe('readGroup', () => {
  it.each<[form: string, members: Json]>([
    ['objects', [{ value: 'a' }, { value: 'b' }]],
    ['IDs', ['a', 'b']],
    ['a text of an array', '[{"value":"a"},{"value":"b"}]'],
    ['an array of texts', ['{"value":"a"}', '{"value":"b"}']],
    ['references', [{ $ref: 'https://example.com/scim/v2/Users/a' }, { $ref: '../Users/b', display: 'B' }]],
    ['an element without a value beside others', [{ value: 'a' }, { display: 'Nobody' }, { value: 'b' }]],
  ])('reads members: %s', (_, members) => {
    expect(membersOf(members)).toEqual(['a', 'b']);
  });

  it.each<[form: string, members: Json]>([
    ['references to groups', [{ $ref: 'https://example.com/scim/v2/Groups/a' }]],
    ['an unknown part', [{ id: 'a' }, { id: 'b' }]],
    ['display names alone', [{ display: 'Ada' }]],
    ['types alone', [{ type: 'User' }]],
    ['an element without a part', [{}]],
    ['an object without a part', {}],
    ['null in an array', [null]],
    ['an empty value', [{ value: '' }]],
    ['a value that is null', [{ value: null, $ref: null }]],
    ['an empty value with a name', [{ value: '', display: 'Ada' }]],
  ])('refuses members without a value, which would empty the group: %s', (_, members) => {
    expect(scimErrorOf(() => read(members))).toEqual({
      status: 400,
      scimType: 'invalidValue',
      detail:
        'The value of members is not valid because none of its elements has a value. Send the ID of each member as its value.',
    });
  });

  it('reads the display of a member, also from displayName', () => {
    const { desired } = read([
      { value: 'a', display: 'Ada', displayName: 'Other' },
      { value: 'b', displayName: 'Bob' },
      { value: 'c', display: null, DisplayName: 3 },
    ]);
    expect([...desired.added]).toEqual([
      ['a', 'Ada'],
      ['b', 'Bob'],
      ['c', '3'],
    ]);
  });

  it.each<[form: string, members: Json]>([
    ['no element', []],
    ['null', null],
    ['an empty text', ''],
    ['a text of an array', '[]'],
  ])('reads an empty group: %s', (_, members) => {
    expect(membersOf(members)).toEqual([]);
  });
});
