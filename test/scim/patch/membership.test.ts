import { splitMembership } from '../../../shared/scim/patch/membership';
import { parsePatch } from '../../../shared/scim/patch/parse';
import type { Json } from '../../../shared/scim/resource';
import { GROUP_SCHEMA, USER_SCHEMA } from '../../../shared/scim/urns';
import { scimErrorOf } from '../../support/scim/scim-fixtures';

const split = (name: 'members' | 'groups', ...Operations: object[]) =>
  splitMembership(parsePatch({ Operations }), name);
const changes = (...operations: object[]) => split('members', ...operations).membership;
const ids = (...values: string[]) => values.map((value) => ({ value }));

describe('splitMembership of a group', () => {
  it.each<[string, object, object[]]>([
    [
      'Okta adds with names',
      { op: 'add', path: 'members', value: [{ value: 'a', display: 'a@example.com' }] },
      [{ kind: 'add', values: [{ value: 'a', display: 'a@example.com' }] }],
    ],
    [
      'Entra adds',
      { op: 'Add', path: 'members', value: [{ $ref: null, value: 'a' }] },
      [{ kind: 'add', values: ids('a') }],
    ],
    [
      'Entra removes in its legacy dialect',
      { op: 'Remove', path: 'members', value: [{ $ref: null, value: 'a' }] },
      [{ kind: 'remove', values: ids('a') }],
    ],
    [
      'Entra and Okta remove by value path',
      { op: 'remove', path: 'members[value eq "a"]' },
      [{ kind: 'remove', values: ids('a') }],
    ],
    [
      'Okta pushes the whole group',
      { op: 'replace', path: 'members', value: [{ value: 'a', display: null }, { value: 'b' }] },
      [{ kind: 'replace', values: ids('a', 'b') }],
    ],
    [
      'Okta pushes an empty group',
      { op: 'replace', path: 'members', value: [] },
      [{ kind: 'replace', values: [] }],
    ],
    [
      'replace by null empties',
      { op: 'replace', path: 'members', value: null },
      [{ kind: 'replace', values: [] }],
    ],
    [
      'replace by "" empties',
      { op: 'replace', path: 'members', value: '' },
      [{ kind: 'replace', values: [] }],
    ],
    ['remove without a value removes all', { op: 'remove', path: 'members' }, [{ kind: 'removeAll' }]],
    ['remove with null removes all', { op: 'remove', path: 'members', value: null }, [{ kind: 'removeAll' }]],
    ['remove with [] removes none', { op: 'remove', path: 'members', value: [] }, []],
    [
      'remove with elements that say nothing removes none',
      { op: 'remove', path: 'members', value: [null, {}, { value: null }] },
      [],
    ],
    ['add of [] adds none', { op: 'add', path: 'members', value: [] }, []],
    ['add of null adds none', { op: 'add', path: 'members', value: null }, []],
    ['bare ids', { op: 'add', path: 'members', value: ['a', 'b'] }, [{ kind: 'add', values: ids('a', 'b') }]],
    ['one bare id', { op: 'remove', path: 'members', value: 'a' }, [{ kind: 'remove', values: ids('a') }]],
    [
      'one object',
      { op: 'add', path: 'members', value: { value: 'a', type: 'User' } },
      [{ kind: 'add', values: ids('a') }],
    ],
    [
      'an id twice',
      { op: 'add', path: 'members', value: ['a', { value: 'a', display: 'A' }, 'b', 'a'] },
      [{ kind: 'add', values: [{ value: 'a', display: 'A' }, ...ids('b')] }],
    ],
    [
      'names in any case',
      { op: 'ADD', path: 'Members', value: [{ VALUE: 'a', Display: 'A' }] },
      [{ kind: 'add', values: [{ value: 'a', display: 'A' }] }],
    ],
    [
      'the URN before the name',
      { op: 'add', path: `${GROUP_SCHEMA}:members`, value: ['a'] },
      [{ kind: 'add', values: ids('a') }],
    ],
    [
      'members.value with ids',
      { op: 'add', path: 'members.value', value: ['a'] },
      [{ kind: 'add', values: ids('a') }],
    ],
    [
      'members.value removed one by one',
      { op: 'remove', path: 'members.value', value: 'a' },
      [{ kind: 'remove', values: ids('a') }],
    ],
    ['members.value removed', { op: 'remove', path: 'members.value' }, [{ kind: 'removeAll' }]],
    [
      'several ids by or',
      { op: 'remove', path: 'members[value eq "a" or value eq "b"]' },
      [{ kind: 'remove', values: ids('a', 'b') }],
    ],
    [
      'an id and a type',
      { op: 'remove', path: 'members[value eq "a" and type eq "User"]' },
      [{ kind: 'remove', values: ids('a') }],
    ],
    [
      'an id and a name',
      { op: 'remove', path: 'members[display eq "A" and value eq "a"]' },
      [{ kind: 'remove', values: ids('a') }],
    ],
    [
      'an id and a type that no member has',
      { op: 'remove', path: 'members[value eq "a" and type eq "Group"]' },
      [],
    ],
    ['ids that contradict each other', { op: 'remove', path: 'members[value eq "a" and value eq "b"]' }, []],
    ['an empty id', { op: 'remove', path: 'members[value eq ""]' }, []],
    [
      'a value path with .value',
      { op: 'remove', path: 'members[value eq "a"].value' },
      [{ kind: 'remove', values: ids('a') }],
    ],
    [
      "a member's name removed, which changes nothing",
      { op: 'remove', path: 'members[value eq "a"].display' },
      [],
    ],
    ["all members' names, which changes nothing", { op: 'replace', path: 'members.display', value: 'A' }, []],
    [
      "a member's type, which changes nothing",
      { op: 'replace', path: 'members[value eq "a"].type', value: 'User' },
      [],
    ],
    [
      'add by value path',
      { op: 'add', path: 'members[value eq "a"]', value: { value: 'a', display: 'A' } },
      [{ kind: 'add', values: [{ value: 'a', display: 'A' }] }],
    ],
    [
      'add by value path without a value',
      { op: 'add', path: 'members[value eq "a"]', value: null },
      [{ kind: 'add', values: ids('a') }],
    ],
    [
      "a member's name",
      { op: 'replace', path: 'members[value eq "a"].display', value: 'A' },
      [{ kind: 'add', values: [{ value: 'a', display: 'A' }] }],
    ],
    [
      "a member's name in an object without the id",
      { op: 'replace', path: 'members[value eq "a"]', value: [{ display: 'A', type: 'User' }] },
      [
        { kind: 'remove', values: ids('a') },
        { kind: 'add', values: [{ value: 'a', display: 'A' }] },
      ],
    ],
    [
      'add by value path with a name alone',
      { op: 'add', path: 'members[value eq "a" or value eq "b"]', value: { display: 'A' } },
      [
        {
          kind: 'add',
          values: [
            { value: 'a', display: 'A' },
            { value: 'b', display: 'A' },
          ],
        },
      ],
    ],
    [
      'replace by an object that says nothing',
      { op: 'replace', path: 'members[value eq "a"]', value: { display: null } },
      [{ kind: 'remove', values: ids('a') }],
    ],
    [
      'one member by another',
      { op: 'replace', path: 'members[value eq "a"]', value: { value: 'b' } },
      [
        { kind: 'remove', values: ids('a') },
        { kind: 'add', values: ids('b') },
      ],
    ],
    [
      "a member's id",
      { op: 'replace', path: 'members[value eq "a"].value', value: 'b' },
      [
        { kind: 'remove', values: ids('a') },
        { kind: 'add', values: ids('b') },
      ],
    ],
    [
      'one member by nothing',
      { op: 'replace', path: 'members[value eq "a"]', value: null },
      [{ kind: 'remove', values: ids('a') }],
    ],
    [
      'a replace without a path',
      { op: 'replace', value: { id: 'g', displayName: 'N', members: [] } },
      [{ kind: 'replace', values: [] }],
    ],
    [
      'a replace without members, which leaves them alone',
      { op: 'replace', value: { id: 'g', displayName: 'N' } },
      [],
    ],
    [
      'an add without a path',
      { op: 'add', value: { members: [{ value: 'a' }] } },
      [{ kind: 'add', values: ids('a') }],
    ],
    [
      'the core schema around them',
      { op: 'add', value: { [GROUP_SCHEMA]: { members: ['a'] } } },
      [{ kind: 'add', values: ids('a') }],
    ],
  ])('takes in: %s', (_, operation, expected) => {
    expect(changes(operation)).toEqual(expected);
  });

  it('refuses several values without an id for a value path', () => {
    const value = [{ display: 'A' }, { display: 'B' }];
    expect(
      scimErrorOf(() => changes({ op: 'replace', path: 'members[value eq "a"]', value })).detail,
    ).toContain('[0].value is not valid because it is not a string');
  });

  it('keeps the order, and the other operations for applyPatch', () => {
    const { membership, attributeOperations } = split(
      'members',
      { op: 'remove', path: 'members[value eq "a"]' },
      { op: 'replace', value: { displayName: 'N', members: ['b'], externalId: 'e' } },
      { op: 'add', path: 'memberships', value: 'x' },
      { op: 'add', path: 'members', value: ['a'] },
    );
    expect(membership).toEqual([
      { kind: 'remove', values: ids('a') },
      { kind: 'replace', values: ids('b') },
      { kind: 'add', values: ids('a') },
    ]);
    expect(attributeOperations.map(({ path }) => path.text)).toEqual([
      'displayName',
      'externalId',
      'memberships',
    ]);
  });

  it.each([
    'display eq "A"',
    'value sw "a"',
    'value ne "a"',
    'not (value eq "a")',
    'type eq "User"',
    'value eq "a" or display eq "A"',
    'value pr',
  ])('refuses to select members by [%s]', (filter) => {
    const { scimType, detail } = scimErrorOf(() => changes({ op: 'remove', path: `members[${filter}]` }));
    expect(scimType).toBe('invalidPath');
    expect(detail).toContain('does not select by ID');
  });

  it.each<[Json, string]>([
    [
      [{ display: 'A' }],
      'The value of members[0].value is not valid because it is not a string. Send the ID as a string.',
    ],
    [
      ['a', { value: 7 }],
      'The value of members[1].value is not valid because it is not a string. Send the ID as a string.',
    ],
    [
      [['a']],
      'The value of members[0] is not valid because it is not an object. Send an object with the ID as its value.',
    ],
    [
      true,
      'The value of members[0] is not valid because it is not an object. Send an object with the ID as its value.',
    ],
  ])('refuses the members %j', (value, detail) => {
    expect(scimErrorOf(() => changes({ op: 'add', path: 'members', value }))).toEqual({
      status: 400,
      scimType: 'invalidValue',
      detail,
    });
  });
});

describe('splitMembership of a user', () => {
  it('takes groups where the request names them as the path', () => {
    const { membership, attributeOperations } = split(
      'groups',
      { op: 'Add', path: 'groups', value: [{ value: 'g', display: 'G' }] },
      { op: 'remove', path: `${USER_SCHEMA}:groups[value eq "h"]` },
    );
    expect(membership).toEqual([
      { kind: 'add', values: [{ value: 'g', display: 'G' }] },
      { kind: 'remove', values: ids('h') },
    ]);
    expect(attributeOperations).toEqual([]);
  });

  it('leaves groups in a value alone: they are what the client read before', () => {
    const { membership, attributeOperations } = split('groups', {
      op: 'replace',
      value: { groups: [], active: false },
    });
    expect(membership).toEqual([]);
    expect(attributeOperations.map(({ path }) => path.text)).toEqual(['groups', 'active']);
  });
});

describe('splitMembership of a large group', () => {
  it('ends, which it would not if each member were compared with each', () => {
    const value = Array.from({ length: 200_000 }, (_, at) => ({
      value: `user-${at}`,
      $ref: null,
      display: 'U',
    }));
    expect(changes({ op: 'add', path: 'members', value })).toMatchObject([{ values: { length: 200_000 } }]);
  });
});
