import * as fc from 'fast-check';
import type { Filter } from '../../../shared/scim/filter/ast';
import { MAX_UNION } from '../../../shared/scim/filter/lookup-plan';
import { compileFilter } from '../../../shared/scim/filter/match';
import { parseFilter } from '../../../shared/scim/filter/parse';
import { planFilter, type LookupPlan } from '../../../shared/scim/filter/plan';
import { isAttributes, type Attributes, type Json } from '../../../shared/scim/resource';
import { groupResourceType, userResourceType, type ResourceType } from '../../../shared/scim/resource-type';
import { groupFilter, someGroup, someUser, userFilter } from './arbitraries';

const userPlan = (text: string): LookupPlan => planFilter(parseFilter(text), userResourceType);
const groupPlan = (text: string): LookupPlan => planFilter(parseFilter(text), groupResourceType);

const scan = { kind: 'scan' };
const nothing = { kind: 'nothing' };
const ids = (...values: string[]) => ({ kind: 'ids', ids: values });
const name = (value: string) => ({ kind: 'name', name: value });
const externalId = (value: string) => ({ kind: 'externalId', externalId: value });
const member = (userId: string) => ({ kind: 'member', userId });
const memberOf = (groupId: string) => ({ kind: 'group', groupId });
const union = (...plans: unknown[]) => ({ kind: 'union', plans });

describe('one comparison', () => {
  test.each([
    ['id eq "A"', ids('A')],
    ['ID EQ "A"', ids('A')],
    ['urn:ietf:params:scim:schemas:core:2.0:User:id eq "A"', ids('A')],
    ['userName eq "A@Example.com"', name('a@example.com')],
    ['externalId eq "Ext"', externalId('Ext')],
    ['groups eq "g"', memberOf('g')],
    ['groups.value eq "g"', memberOf('g')],
    ['groups[value eq "g"]', memberOf('g')],
    ['groups[type eq "direct"].value eq "g"', memberOf('g')],
    ['userName sw "J"', { kind: 'nameRange', prefix: 'j' }],
    ['userName gt "J"', { kind: 'nameRange', lower: { value: 'j', inclusive: false } }],
    ['userName ge "J"', { kind: 'nameRange', lower: { value: 'j', inclusive: true } }],
    ['userName lt "J"', { kind: 'nameRange', upper: { value: 'j', inclusive: false } }],
    ['userName le "J"', { kind: 'nameRange', upper: { value: 'j', inclusive: true } }],
  ])('on users: %s', (text, plan) => {
    expect(userPlan(text)).toEqual(plan);
  });

  test.each([
    ['displayName eq "Tour Guides"', name('tour guides')],
    ['displayName sw "T"', { kind: 'nameRange', prefix: 't' }],
    ['members eq "u"', member('u')],
    ['members.value eq "u"', member('u')],
    ['members[value eq "u"]', member('u')],
  ])('on groups: %s', (text, plan) => {
    expect(groupPlan(text)).toEqual(plan);
  });

  it('by the type of the resources finds all of them, or none', () => {
    expect(userPlan('meta.resourceType eq "User"')).toEqual(scan);
    expect(userPlan('meta[resourceType eq "Group"]')).toEqual(nothing);
    expect(groupPlan('meta.resourceType eq "User" and displayName pr')).toEqual(nothing);
    expect(groupPlan('meta.resourceType eq "User" or displayName eq "a"')).toEqual(name('a'));
    expect(groupPlan('meta.resourceType eq "Group" and displayName eq "a"')).toEqual(name('a'));
  });

  test.each([
    'userName ne "a"',
    'userName co "a"',
    'userName ew "a"',
    'userName pr',
    'userName eq null',
    'id eq null',
    'id eq ""',
    'userName eq ""',
    'userName sw ""',
    'id sw "a"',
    'externalId gt "a"',
    'displayName eq "a"',
    'emails.value eq "a"',
    'emails[value eq "a"]',
    'groups.display eq "a"',
    'groups[display eq "a"]',
    'groups[value sw "a"]',
    'not (id eq "a")',
    String.raw`userName eq "\ud800"`,
    `externalId eq "${'x'.repeat(1025)}"`,
    `userName lt "${'é'.repeat(513)}"`,
  ])('a scan: %s', (text) => {
    expect(userPlan(text)).toEqual(scan);
  });

  test('no filter is a scan', () => {
    expect(planFilter(undefined, userResourceType)).toEqual(scan);
  });

  test.each([
    'shoeSize eq "a"',
    'shoeSize pr',
    'shoeSize[a pr]',
    'emails[shoeSize pr]',
    'password eq "a"',
    'members eq "a"',
  ])('nothing, for the users have it not: %s', (text) => {
    expect(userPlan(text)).toEqual(nothing);
  });
});

describe('and', () => {
  test.each([
    ['active eq true and userName eq "a"', name('a')],
    ['externalId eq "e" and userName eq "a"', name('a')],
    ['userName eq "a" and id eq "i"', ids('i')],
    ['groups eq "g" and externalId eq "e"', externalId('e')],
    ['userName sw "a" and groups eq "g"', memberOf('g')],
    ['title pr and (active eq true and userName sw "a")', { kind: 'nameRange', prefix: 'a' }],
    ['(id eq "a" or id eq "b") and userName eq "c"', ids('a', 'b')],
    ['(id eq "a" or id eq "b") and (id eq "b" or id eq "c")', ids('b')],
    ['id eq "i" and not (userName eq "a")', ids('i')],
  ])('takes the cheapest term: %s', (text, plan) => {
    expect(userPlan(text)).toEqual(plan);
  });

  test('the probe of an IdP for one member of one group is a point read', () => {
    expect(groupPlan('id eq "g" and members eq "u"')).toEqual(ids('g'));
  });

  test.each([
    'id eq "a" and id eq "b"',
    'id eq "a" and active eq true and id eq "A"',
    'userName eq "a" and userName eq "b"',
    'externalId eq "a" and externalId eq "A"',
    'id eq "a" and shoeSize eq "x"',
    'active eq true and shoeSize pr',
    'userName sw "a" and userName sw "b"',
    'userName gt "b" and userName lt "a"',
    'userName gt "a" and userName le "A"',
    'emails[type eq "work" and shoeSize pr]',
  ])('a contradiction finds nothing: %s', (text) => {
    expect(userPlan(text)).toEqual(nothing);
  });

  test('one user may be in two groups', () => {
    expect(userPlan('groups eq "a" and groups eq "b"')).toEqual(memberOf('a'));
  });

  test('the same name in two cases is no contradiction', () => {
    expect(userPlan('userName eq "a" and userName eq "A"')).toEqual(name('a'));
  });

  test.each([
    [
      'userName ge "a" and userName lt "c"',
      { lower: { value: 'a', inclusive: true }, upper: { value: 'c', inclusive: false } },
    ],
    [
      'userName ge "a" and userName gt "a" and userName gt "A" and userName le "c" and userName lt "c"',
      { lower: { value: 'a', inclusive: false }, upper: { value: 'c', inclusive: false } },
    ],
    [
      'userName gt "b" and userName ge "a" and userName le "c" and userName lt "d"',
      { lower: { value: 'b', inclusive: false }, upper: { value: 'c', inclusive: true } },
    ],
    [
      'userName ge "a" and userName le "A"',
      { lower: { value: 'a', inclusive: true }, upper: { value: 'a', inclusive: true } },
    ],
    ['userName sw "a" and userName sw "abc" and userName sw "AB"', { prefix: 'abc' }],
    ['userName gt "ab" and userName sw "a"', { prefix: 'a' }],
    ['userName sw "a" and userName gt "ab"', { prefix: 'a' }],
  ])('ranges of the name are made narrow: %s', (text, range) => {
    expect(userPlan(text)).toEqual({ kind: 'nameRange', ...range });
  });
});

describe('or', () => {
  test.each([
    ['id eq "a" or id eq "b" or id eq "a"', ids('a', 'b')],
    ['userName eq "a" or userName eq "A"', name('a')],
    ['userName eq "a" or externalId eq "e"', union(name('a'), externalId('e'))],
    [
      'userName eq "a" or (externalId eq "e" or (id eq "i" or userName sw "x")) or id eq "j"',
      union(ids('i', 'j'), name('a'), externalId('e'), { kind: 'nameRange', prefix: 'x' }),
    ],
    ['(userName eq "a" or externalId eq "e") and title pr', union(name('a'), externalId('e'))],
    ['(userName eq "a" or externalId eq "e") and userName sw "a"', union(name('a'), externalId('e'))],
    ['shoeSize eq "x" or userName eq "a"', name('a')],
    ['shoeSize eq "x" or hatSize eq "y"', nothing],
    ['userName eq "a" or active eq true', scan],
    ['userName eq "a" or not (id eq "i")', scan],
  ])('%s', (text, plan) => {
    expect(userPlan(text)).toEqual(plan);
  });

  test('more look-ups than the bound are a scan, ids count as one', () => {
    const either = (path: string, count: number) =>
      Array.from({ length: count }, (_, index) => `${path} eq "${index}"`).join(' or ');
    expect(userPlan(either('userName', MAX_UNION))).toMatchObject({ kind: 'union' });
    expect(userPlan(either('userName', MAX_UNION + 1))).toEqual(scan);
    expect(userPlan(either('id', 150))).toMatchObject({ kind: 'ids' });
    expect(userPlan(`${either('id', 150)} or ${either('userName', MAX_UNION - 1)}`)).toMatchObject({
      kind: 'union',
    });
  });
});

describe('whatever the matcher finds is among the candidates', () => {
  const sets: [ResourceType, fc.Arbitrary<Filter>, fc.Arbitrary<Attributes>][] = [
    [userResourceType, userFilter, someUser],
    [groupResourceType, groupFilter, someGroup],
  ];

  test.each(sets)('$name', (type, filters, resources) => {
    let found = 0;
    fc.assert(
      fc.property(filters, fc.array(resources, { minLength: 10, maxLength: 10 }), (filter, all) => {
        const plan = planFilter(filter, type);
        const matching = all.filter(compileFilter(filter, type));
        for (const resource of matching) expect(isCandidate(resource, plan, type)).toBe(true);
        if (plan.kind !== 'scan') found += matching.length;
      }),
      { numRuns: 2_000 },
    );
    expect(found).toBeGreaterThan(100);
  });

  /** What the table would find, told from the resource itself. */
  function isCandidate(resource: Attributes, plan: LookupPlan, type: ResourceType): boolean {
    const named = resource[type === userResourceType ? 'userName' : 'displayName'] as string;
    const key = Buffer.from(named.toLowerCase());
    switch (plan.kind) {
      case 'nothing':
        return false;
      case 'ids':
        return plan.ids.includes(resource.id as string);
      case 'name':
        return key.equals(Buffer.from(plan.name));
      case 'externalId':
        return resource.externalId === plan.externalId;
      case 'member':
        return valuesOf(resource.members).includes(plan.userId);
      case 'group':
        return valuesOf(resource.groups).includes(plan.groupId);
      case 'nameRange': {
        const { prefix, lower, upper } = plan;
        if (prefix !== undefined) return key.indexOf(prefix) === 0;
        if (lower && Buffer.compare(key, Buffer.from(lower.value)) < (lower.inclusive ? 0 : 1)) return false;
        return !upper || Buffer.compare(key, Buffer.from(upper.value)) <= (upper.inclusive ? 0 : -1);
      }
      case 'union':
        expect(plan.plans.length).toBeGreaterThan(1);
        return plan.plans.some((each) => isCandidate(resource, each, type));
      case 'scan':
        return true;
    }
  }

  const valuesOf = (elements: Json | undefined): (Json | undefined)[] =>
    Array.isArray(elements)
      ? elements.map((element) => (isAttributes(element) ? element.value : undefined))
      : [];
});
