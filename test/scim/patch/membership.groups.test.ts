import { splitMembership } from '../../../shared/scim/patch/membership';
import { parsePatch } from '../../../shared/scim/patch/parse';
import { GROUP_SCHEMA } from '../../../shared/scim/urns';

const changes = (...operations: object[]) =>
  splitMembership(parsePatch({ Operations: operations }), 'members').membership;
const ids = (...values: string[]) => values.map((value) => ({ value }));

describe('splitMembership of a group', () => {
  it.each<[string, object, object[]]>([
    [
      'Okta adds members with names',
      { op: 'add', path: 'members', value: [{ value: 'a', display: 'a@example.com' }] },
      [{ kind: 'add', values: [{ value: 'a', display: 'a@example.com' }] }],
    ],
    [
      'Entra adds members',
      { op: 'Add', path: 'members', value: [{ $ref: null, value: 'a' }] },
      [{ kind: 'add', values: ids('a') }],
    ],
    [
      'Entra removes members in its legacy mode',
      { op: 'Remove', path: 'members', value: [{ $ref: null, value: 'a' }] },
      [{ kind: 'remove', values: ids('a') }],
    ],
    [
      'Entra and Okta remove members by value path',
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
      'replace with null removes all members',
      { op: 'replace', path: 'members', value: null },
      [{ kind: 'replace', values: [] }],
    ],
    [
      'replace with "" removes all members',
      { op: 'replace', path: 'members', value: '' },
      [{ kind: 'replace', values: [] }],
    ],
    ['remove without a value removes all', { op: 'remove', path: 'members' }, [{ kind: 'removeAll' }]],
    ['remove with null removes all', { op: 'remove', path: 'members', value: null }, [{ kind: 'removeAll' }]],
    ['remove with [] removes none', { op: 'remove', path: 'members', value: [] }, []],
    [
      'remove with empty elements removes none',
      { op: 'remove', path: 'members', value: [null, {}, { value: null }] },
      [],
    ],
    ['add of [] adds none', { op: 'add', path: 'members', value: [] }, []],
    ['add of null adds none', { op: 'add', path: 'members', value: null }, []],
    [
      'IDs as strings',
      { op: 'add', path: 'members', value: ['a', 'b'] },
      [{ kind: 'add', values: ids('a', 'b') }],
    ],
    [
      'one ID as a string',
      { op: 'remove', path: 'members', value: 'a' },
      [{ kind: 'remove', values: ids('a') }],
    ],
    [
      'one object',
      { op: 'add', path: 'members', value: { value: 'a', type: 'User' } },
      [{ kind: 'add', values: ids('a') }],
    ],
    [
      'an ID twice',
      { op: 'add', path: 'members', value: ['a', { value: 'a', display: 'A' }, 'b', 'a'] },
      [{ kind: 'add', values: [{ value: 'a', display: 'A' }, ...ids('b')] }],
    ],
    [
      'names in any case',
      { op: 'ADD', path: 'Members', value: [{ VALUE: 'a', Display: 'A' }] },
      [{ kind: 'add', values: [{ value: 'a', display: 'A' }] }],
    ],
    [
      'a name that starts with the URN',
      { op: 'add', path: `${GROUP_SCHEMA}:members`, value: ['a'] },
      [{ kind: 'add', values: ids('a') }],
    ],
    [
      'members.value with IDs',
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
      'several IDs joined by or',
      { op: 'remove', path: 'members[value eq "a" or value eq "b"]' },
      [{ kind: 'remove', values: ids('a', 'b') }],
    ],
    [
      'an ID and a type',
      { op: 'remove', path: 'members[value eq "a" and type eq "User"]' },
      [{ kind: 'remove', values: ids('a') }],
    ],
    [
      'an ID and a name',
      { op: 'remove', path: 'members[display eq "A" and value eq "a"]' },
      [{ kind: 'remove', values: ids('a') }],
    ],
    [
      'an ID and a type that no member has',
      { op: 'remove', path: 'members[value eq "a" and type eq "Group"]' },
      [],
    ],
    ['two different IDs joined by and', { op: 'remove', path: 'members[value eq "a" and value eq "b"]' }, []],
    ['an empty ID', { op: 'remove', path: 'members[value eq ""]' }, []],
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
      'add by value path with only a name',
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
      'replace by an object without an ID, which keeps the member',
      { op: 'replace', path: 'members[value eq "a"]', value: { display: null } },
      [
        { kind: 'remove', values: ids('a') },
        { kind: 'add', values: ids('a') },
      ],
    ],
    [
      'replace of one member by another',
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
      'replace of one member by nothing',
      { op: 'replace', path: 'members[value eq "a"]', value: null },
      [{ kind: 'remove', values: ids('a') }],
    ],
    [
      'a replace without a path',
      { op: 'replace', value: { id: 'g', displayName: 'N', members: [] } },
      [{ kind: 'replace', values: [] }],
    ],
    [
      'a replace without members, which does not change them',
      { op: 'replace', value: { id: 'g', displayName: 'N' } },
      [],
    ],
    [
      'an add without a path',
      { op: 'add', value: { members: [{ value: 'a' }] } },
      [{ kind: 'add', values: ids('a') }],
    ],
    [
      'members under the URN of the core schema',
      { op: 'add', value: { [GROUP_SCHEMA]: { members: ['a'] } } },
      [{ kind: 'add', values: ids('a') }],
    ],
  ])('reads %s', (_, operation, expected) => {
    expect(changes(operation)).toEqual(expected);
  });
});
