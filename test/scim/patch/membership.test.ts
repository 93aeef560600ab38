import { splitMembership } from '../../../shared/scim/patch/membership';
import { parsePatch } from '../../../shared/scim/patch/parse';
import type { Json } from '../../../shared/scim/resource';
import { USER_SCHEMA } from '../../../shared/scim/urns';
import { scimErrorOf } from '../../support/scim/scim-fixtures';

const split = (name: 'members' | 'groups', ...Operations: object[]) =>
  splitMembership(parsePatch({ Operations }), name);
const changes = (...operations: object[]) => split('members', ...operations).membership;
const ids = (...values: string[]) => values.map((value) => ({ value }));

describe('splitMembership of a group', () => {
  it('rejects several values without an ID for a value path', () => {
    const value = [{ display: 'A' }, { display: 'B' }];
    expect(
      scimErrorOf(() => changes({ op: 'replace', path: 'members[value eq "a"]', value })).detail,
    ).toContain('none of its elements has a value');
  });

  it('rejects a replace without an ID, with and without a path', () => {
    for (const value of [{}, [{}], [{ value: null }], [{ display: 'A' }]])
      for (const operation of [
        { op: 'replace', path: 'members', value },
        { op: 'replace', value: { members: value } },
      ])
        expect(scimErrorOf(() => changes(operation))).toMatchObject({
          status: 400,
          scimType: 'invalidValue',
        });
  });

  it.each<[form: string, value: Json]>([
    ['a text of an array', '[{"value":"a"},{"value":"b"}]'],
    ['an array of texts', ['{"value":"a"}', '{"value":"b"}']],
    ['a text of IDs', '["a","b"]'],
  ])('reads members that are JSON text: %s', (_, value) => {
    for (const [op, kind] of [
      ['replace', 'replace'],
      ['add', 'add'],
      ['remove', 'remove'],
    ])
      expect(changes({ op, path: 'members', value })).toEqual([{ kind, values: ids('a', 'b') }]);
  });

  it('keeps the order of changes, and separates the other operations', () => {
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
  ])('rejects the member filter [%s]', (filter) => {
    const { scimType, detail } = scimErrorOf(() => changes({ op: 'remove', path: `members[${filter}]` }));
    expect(scimType).toBe('invalidPath');
    expect(detail).toContain('does not select by ID');
  });

  it.each<[Json, string]>([
    [
      [{ display: 'A' }],
      'The value of members is not valid because none of its elements has a value. ' +
        'Send the ID of each member as its value.',
    ],
    [
      ['a', { value: false }],
      'The value of members[1].value is not valid because it is not a string. Send the ID as a string.',
    ],
    [
      [[['a']]],
      'The value of members[0] is not valid because it is not an object. Send an object with the ID as its value.',
    ],
    [
      true,
      'The value of members[0] is not valid because it is not an object. Send an object with the ID as its value.',
    ],
  ])('rejects the members %j', (value, detail) => {
    expect(scimErrorOf(() => changes({ op: 'add', path: 'members', value }))).toEqual({
      status: 400,
      scimType: 'invalidValue',
      detail,
    });
  });
});

describe('splitMembership of a user', () => {
  it('reads groups if they are the path of an operation', () => {
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

  it('ignores groups in a value, because clients send back what they have read', () => {
    const { membership, attributeOperations } = split('groups', {
      op: 'replace',
      value: { groups: [], active: false },
    });
    expect(membership).toEqual([]);
    expect(attributeOperations.map(({ path }) => path.text)).toEqual(['groups', 'active']);
  });
});

describe('splitMembership of a large group', () => {
  it('reads 200,000 members in linear time', () => {
    const value = Array.from({ length: 200_000 }, (_, at) => ({
      value: `user-${at}`,
      $ref: null,
      display: 'U',
    }));
    expect(changes({ op: 'add', path: 'members', value })).toMatchObject([{ values: { length: 200_000 } }]);
  });
});

describe('the display of a member', () => {
  it.each([
    [{ value: 'a', displayName: 'Ada' }, 'Ada'],
    [{ Value: 'a', DisplayName: 'Ada' }, 'Ada'],
    [{ value: 'a', display: 'Ada', displayName: 'Other' }, 'Ada'],
    [{ value: 'a', displayName: 'Other', display: 'Ada' }, 'Ada'],
  ])('is read from %j', (member, display) => {
    const operations = parsePatch({ Operations: [{ op: 'add', path: 'members', value: [member] }] });
    expect(splitMembership(operations, 'members').membership).toEqual([
      { kind: 'add', values: [{ value: 'a', display }] },
    ]);
  });
});
