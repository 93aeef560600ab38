import fc from 'fast-check';
import type { Attributes } from '../../shared/scim/resource';
import { groupResourceType } from '../../shared/scim/resource-type';
import { compareSorted, sortAttribute, type SortKey } from '../../shared/scim/sort';
import { ENTERPRISE_USER_SCHEMA, USER_SCHEMA } from '../../shared/scim/urns';
import { scimErrorOf } from '../support/scim/scim-fixtures';
import { userResourceType } from '../../shared/product/product';

const keyOf = (path: string, user: Attributes): SortKey => sortAttribute(userResourceType, path)?.keyOf(user);

describe('sortAttribute', () => {
  it.each<[string, Attributes, SortKey]>([
    ['userName', { userName: 'Ada' }, 'ada'],
    ['USERNAME', { userName: 'Ada' }, 'ada'],
    [`${USER_SCHEMA}:userName`, { userName: 'Ada' }, 'ada'],
    ['externalId', { externalId: 'Ext' }, 'Ext'],
    ['name.familyName', { name: { familyName: 'Larsen' } }, 'larsen'],
    ['name.familyName', { name: { givenName: 'Ada' } }, undefined],
    ['title', {}, undefined],
    ['title', { title: '' }, undefined],
    ['active', { active: true }, true],
    ['meta.created', { meta: { created: '1970-01-01T02:00:00+01:00' } }, 3_600_000],
    [`${ENTERPRISE_USER_SCHEMA}:department`, { [ENTERPRISE_USER_SCHEMA]: { department: 'Sales' } }, 'sales'],
    ['department', { [ENTERPRISE_USER_SCHEMA]: { department: 'Sales' } }, 'sales'],
    ['emails', { emails: [{ value: 'B' }, { value: 'A', primary: true }] }, 'a'],
    ['emails', { emails: [{ value: 'B' }, { value: 'A' }] }, 'b'],
    ['emails', { emails: [] }, undefined],
    ['emails.type', { emails: [{ type: 'work' }, { type: 'home', primary: true }] }, 'home'],
    ['addresses.locality', { addresses: [{ locality: 'Paris' }] }, 'paris'],
    ['schemas', { schemas: ['urn:b', 'urn:a'] }, 'urn:b'],
  ])('returns the key of %s in %j: %j', (path, user, key) => expect(keyOf(path, user)).toBe(key));

  it.each(['color', 'name.color', 'urn:example:User:userName', 'password', '', 'a b'])(
    'is nothing for "%s"',
    (path) => expect(sortAttribute(userResourceType, path)).toBeUndefined(),
  );

  it('returns undefined for an attribute of another type', () => {
    expect(sortAttribute(groupResourceType, 'userName')).toBeUndefined();
    expect(sortAttribute(groupResourceType, 'displayName')).toMatchObject({
      name: 'displayName',
      isCore: true,
    });
  });

  it('distinguishes an attribute of an extension from one of the core schema', () => {
    expect(sortAttribute(userResourceType, 'department')).toMatchObject({ isCore: false });
  });

  it.each([
    ['name', 'name.familyName'],
    ['addresses', 'addresses.locality'],
    [ENTERPRISE_USER_SCHEMA, 'colon'],
  ])('throws invalidPath for %s, which has no value', (path, hint) => {
    expect(scimErrorOf(() => sortAttribute(userResourceType, path))).toMatchObject({
      status: 400,
      scimType: 'invalidPath',
      detail: expect.stringContaining(hint) as string,
    });
  });
});

describe('compareSorted', () => {
  const sorted = (keys: readonly SortKey[], descending: boolean): SortKey[] =>
    keys
      .map((key, at) => ({ key, id: String(at) }))
      .sort((a, b) => compareSorted(a, b, descending))
      .map(({ key }) => key);

  it.each<[readonly SortKey[], readonly SortKey[]]>([
    [
      ['b', undefined, 'a', '\u{10000}', '\uffff'],
      ['a', 'b', '\uffff', '\u{10000}', undefined],
    ],
    [
      [true, undefined, false],
      [false, true, undefined],
    ],
    [
      [10, 9, -1],
      [-1, 9, 10],
    ],
  ])('sorts %j as %j, and in reverse in descending order', (keys, expected) => {
    expect(sorted(keys, false)).toEqual(expected);
    expect(sorted(keys, true)).toEqual([...expected].reverse());
  });

  it('sorts equal keys by ID in both directions', () => {
    for (const descending of [false, true]) {
      expect(compareSorted({ key: 'x', id: 'a' }, { key: 'x', id: 'b' }, descending)).toBeLessThan(0);
      expect(
        compareSorted({ key: undefined, id: 'b' }, { key: undefined, id: 'a' }, descending),
      ).toBeGreaterThan(0);
    }
  });

  const resource = fc.record({
    key: fc.option(fc.constantFrom('', 'a', 'b', 'ba', '\uffff', '\u{10000}'), { nil: undefined }),
    id: fc.constantFrom('1', '2', '3'),
  });

  it('is a total order', () => {
    fc.assert(
      fc.property(resource, resource, resource, fc.boolean(), (a, b, c, descending) => {
        const compare = (one: typeof a, other: typeof a) => Math.sign(compareSorted(one, other, descending));
        expect(compare(a, b)).toBe(compare(b, a) === 0 ? 0 : -compare(b, a));
        expect(compare(a, b) === 0).toBe(a.key === b.key && a.id === b.id);
        if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 1_000 },
    );
  });
});
