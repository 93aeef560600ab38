import fc from 'fast-check';
import {
  addPatch,
  referencesOf,
  resolvePathReferences,
  resolveReferences,
  splitData,
} from '../../../shared/scim/bulk/references';
import type { Attributes, Json } from '../../../shared/scim/resource';
import { ENTERPRISE_USER_SCHEMA } from '../../../shared/scim/urns';

const idOf = (bulkId: string): string => `id of ${bulkId}`;
const nested = (depth: number): Json => (depth === 0 ? 'bulkId:deep' : [nested(depth - 1)]);

describe('references', () => {
  it.each<[string, Json, string[]]>([
    ['a text', 'bulkId:a', ['a']],
    ['a member', { members: [{ value: 'bulkId:a' }, { value: 'bulkId:b' }] }, ['a', 'b']],
    ['the value of an operation', { Operations: [{ op: 'add', value: ['bulkId:a'] }] }, ['a']],
    ['a manager', { [ENTERPRISE_USER_SCHEMA]: { manager: { value: 'bulkId:a' } } }, ['a']],
    ['a bulkId with a colon', 'bulkId:a:b', ['a:b']],
    ['the same reference twice', ['bulkId:a', 'bulkId:a'], ['a']],
  ])('finds %s', (_, data, expected) => {
    expect([...referencesOf({ data, path: '' })]).toEqual(expected);
    expect(JSON.stringify(resolveReferences(data, idOf))).toBe(
      JSON.stringify(data).replace(/bulkId:([a-z:]+)/g, 'id of $1'),
    );
  });

  it.each<Json>([
    'bulkId',
    'bulkId:',
    'BULKID:a',
    ' bulkId:a',
    '/Users/bulkId:a',
    { 'bulkId:a': 1 },
    7,
    null,
  ])('finds no reference in %j', (data) => {
    expect([...referencesOf({ data, path: '' })]).toEqual([]);
    expect(resolveReferences(data, idOf)).toEqual(data);
  });

  it.each<[string, Json, Json]>([
    [
      'the path of a PATCH',
      { Operations: [{ op: 'remove', path: 'members[value eq "bulkId:a" or value eq "b"]' }] },
      { Operations: [{ op: 'remove', path: 'members[value eq "id of a" or value eq "b"]' }] },
    ],
    [
      'a key of a PATCH without a path',
      { Operations: [{ op: 'add', value: { 'members[value eq "bulkId:a"].display': 'A' } }] },
      { Operations: [{ op: 'add', value: { 'members[value eq "id of a"].display': 'A' } }] },
    ],
    [
      'a relative $ref',
      { members: [{ $ref: '../Users/bulkId:a' }] },
      { members: [{ $ref: '../Users/id%20of%20a' }] },
    ],
    ['a $ref', { $ref: 'bulkId:a' }, { $ref: 'id%20of%20a' }],
  ])('finds %s', (_, data, resolved) => {
    expect([...referencesOf({ data, path: '' })]).toEqual(['a']);
    expect(resolveReferences(data, idOf)).toEqual(resolved);
  });

  it('keeps texts in a path that are no references', () => {
    const data = { path: 'members[display eq "see \\"bulkId:a\\"" or value eq "bulkId:"]', $ref: '/Users/a' };
    expect([...referencesOf({ data, path: '' })]).toEqual([]);
    expect(resolveReferences(data, idOf)).toEqual(data);
  });

  it('finds a segment of a path, percent-encoded or not', () => {
    for (const path of ['/Groups/bulkId:a', '/Groups/bulkId%3Aa'])
      expect([...referencesOf({ path })]).toEqual(['a']);
    expect(resolvePathReferences('/Groups/bulkId:a', () => 'x/y')).toBe('/Groups/x%2Fy');
    expect(resolvePathReferences('/Groups/%zz', idOf)).toBe('/Groups/%zz');
  });

  it('stops at a depth of 16, so that no body overflows the stack', () => {
    expect([...referencesOf({ data: nested(16), path: '' })]).toEqual(['deep']);
    expect([...referencesOf({ data: nested(17), path: '' })]).toEqual([]);
    const abyss = JSON.parse('['.repeat(200_000) + ']'.repeat(200_000)) as Json;
    expect([...referencesOf({ data: abyss, path: '' })]).toEqual([]);
  });
});

describe('splitData', () => {
  const waits = (bulkId: string): boolean => bulkId === 'b';
  const split = (data: Attributes) => splitData(data, waits);

  it('defers single elements of a multi-valued attribute', () =>
    expect(
      split({ displayName: 'Team', members: [{ value: 'bulkId:a' }, { value: 'bulkId:b', display: 'B' }] }),
    ).toEqual({
      immediate: { displayName: 'Team', members: [{ value: 'bulkId:a' }] },
      deferred: { members: [{ value: 'bulkId:b', display: 'B' }] },
    }));

  it('defers single attributes of an extension', () =>
    expect(
      split({ [ENTERPRISE_USER_SCHEMA]: { department: 'Sales', manager: { value: 'bulkId:b', x: 1 } } }),
    ).toEqual({
      immediate: { [ENTERPRISE_USER_SCHEMA]: { department: 'Sales' } },
      deferred: { [ENTERPRISE_USER_SCHEMA]: { manager: { value: 'bulkId:b', x: 1 } } },
    }));

  it('defers other attributes as a whole', () =>
    expect(split({ title: 'bulkId:b', name: { givenName: 'bulkId:b', familyName: 'B' } })).toEqual({
      immediate: {},
      deferred: { title: 'bulkId:b', name: { givenName: 'bulkId:b', familyName: 'B' } },
    }));

  it('keeps every part, and leaves no pending reference in the immediate data', () => {
    const text = fc.constantFrom('x', 'bulkId:a', 'bulkId:b');
    const value = fc.oneof(text, fc.array(fc.record({ value: text })), fc.record({ value: text }));
    const names = fc.constantFrom('members', 'title', 'name', ENTERPRISE_USER_SCHEMA);
    fc.assert(
      fc.property(fc.dictionary(names, value), (data) => {
        const { immediate, deferred } = split(data);
        expect(referencesOf({ data: immediate, path: '' }).has('b')).toBe(false);
        expect(Object.keys({ ...immediate, ...deferred }).sort()).toEqual(Object.keys(data).sort());
        for (const [name, sent] of Object.entries(data)) {
          if (!Array.isArray(sent)) continue;
          const parts = [immediate[name], deferred[name]].flatMap((part) => (part ?? []) as Json[]);
          expect(parts).toHaveLength(sent.length);
        }
      }),
    );
  });

  it('addPatch adds the deferred attributes', () =>
    expect(addPatch({ members: [{ value: '1' }] })).toEqual({
      Operations: [{ op: 'add', path: 'members', value: [{ value: '1' }] }],
    }));
});

it('splitData does not overflow the stack, and defers an extension in an extension whole', () => {
  let data: Attributes = { other: 'bulkId:x' };
  for (let depth = 0; depth < 20_000; depth++) data = { other: 'bulkId:x', 'urn:a': data };
  const { immediate, deferred } = splitData(data, () => true);
  expect(immediate).toEqual({ 'urn:a': {} });
  expect(Object.keys(deferred)).toEqual(['other', 'urn:a']);
});
