import * as fc from 'fast-check';
import type { Filter } from '../../../shared/scim/filter/ast';
import { parseFilter } from '../../../shared/scim/filter/parse';
import { compileFilter } from '../../../shared/scim/filter/match';
import { planFilter, type LookupPlan } from '../../../shared/scim/filter/plan';
import { isAttributes, type Attributes, type Json } from '../../../shared/scim/resource';
import { groupResourceType, type ResourceType } from '../../../shared/scim/resource-type';
import { foldName } from '../../../shared/scim/text/fold';
import { groupFilter, someGroup, someUser, userFilter } from './arbitraries';
import {
  address,
  externalId,
  groupPlan,
  ids,
  member,
  memberOf,
  name,
  nothing,
  scan,
  union,
  userPlan,
} from './plan-builders';
import { userResourceType } from '../../../shared/product/product';

describe('planFilter: one comparison', () => {
  test.each([
    ['id eq "A"', ids('A')],
    ['ID EQ "A"', ids('A')],
    ['urn:ietf:params:scim:schemas:core:2.0:User:id eq "A"', ids('A')],
    ['userName eq "A@Example.com"', name('A@Example.com')],
    ['externalId eq "Ext"', externalId('Ext')],
    ['groups eq "g"', memberOf('g')],
    ['groups.value eq "g"', memberOf('g')],
    ['groups[value eq "g"]', memberOf('g')],
    ['groups[type eq "direct"].value eq "g"', memberOf('g')],
    ['email eq "A@Example.com"', address('a@example.com')],
    ['EMAIL.Value eq "a"', address('a')],
    ['emails eq "a"', address('a')],
    ['Emails.Value EQ "a"', address('a')],
    ['emails[value eq "a"]', address('a')],
    ['emails[type eq "work" and value eq "A"]', address('a')],
    ['emails[type eq "work"].value eq "a"', address('a')],
    ['emails[primary eq true].value eq "a"', address('a')],
    ['urn:ietf:params:scim:schemas:core:2.0:User:emails.value eq "a"', address('a')],
    ['urn:ietf:params:scim:schemas:core:2.0:User:emails[value eq "a"]', address('a')],
    ['urn:ietf:params:scim:schemas:core:2.0:User:email eq "a"', address('a')],
    ['userName sw "J"', { kind: 'nameRange', prefix: 'j' }],
    ['userName gt "J"', { kind: 'nameRange', lower: { value: 'j', inclusive: false } }],
    ['userName ge "J"', { kind: 'nameRange', lower: { value: 'j', inclusive: true } }],
    ['userName lt "J"', { kind: 'nameRange', upper: { value: 'j', inclusive: false } }],
    ['userName le "J"', { kind: 'nameRange', upper: { value: 'j', inclusive: true } }],
  ])('plans a lookup of users for %s', (text, plan) => {
    expect(userPlan(text)).toEqual(plan);
  });

  test.each([
    ['userName eq "ＡＢ"', name('ＡＢ')],
    ['userName eq " "', name(' ')],
    ['userName sw "ＡＢ"', union({ kind: 'nameRange', prefix: 'ab' }, { kind: 'nameRange', prefix: 'ａｂ' })],
    ['userName sw "A "', { kind: 'nameRange', prefix: 'a ' }],
    ['userName gt " Ａ "', { kind: 'nameRange', lower: { value: 'a', inclusive: false } }],
    [`userName sw "${'\ufdfa'.repeat(50)}"`, scan],
    [`userName sw "${'\u00ad'}"`, scan],
    ['userName le " "', scan],
  ])('plans a lookup by folded names for %s', (text, plan) => {
    expect(userPlan(text)).toEqual(plan);
  });

  test.each([
    ['displayName eq "Tour Guides"', name('Tour Guides')],
    ['displayName sw "T"', { kind: 'nameRange', prefix: 't' }],
    ['members eq "u"', member('u')],
    ['members.value eq "u"', member('u')],
    ['members[value eq "u"]', member('u')],
  ])('plans a lookup of groups for %s', (text, plan) => {
    expect(groupPlan(text)).toEqual(plan);
  });

  it('finds all or no resources by resource type', () => {
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
    'userName ne ""',
    'id ne null',
    'externalId eq ""',
    'title eq null',
    'displayName eq ""',
    'userName sw ""',
    'id sw "a"',
    'externalId gt "a"',
    'displayName eq "a"',
    'emails.value sw "a"',
    'emails.value ne "a"',
    'emails[value co "a"]',
    'emails[type eq "work"]',
    'emails[not (value ne "a")]',
    'emails eq ""',
    'email eq null',
    `email eq "${'x'.repeat(1025)}"`,
    'phoneNumbers.value eq "a"',
    'groups.display eq "a"',
    'groups[display eq "a"]',
    'groups[value sw "a"]',
    'not (id eq "a")',
    String.raw`userName eq "\ud800"`,
    `externalId eq "${'x'.repeat(1025)}"`,
    `userName lt "${'é'.repeat(513)}"`,
  ])('plans a scan for %s', (text) => {
    expect(userPlan(text)).toEqual(scan);
  });

  test.each(['userName eq ""', 'userName eq null', 'id eq ""', 'id eq null', 'ID eq "" and title pr'])(
    'finds nothing for %s, because each user has a value',
    (text) => {
      expect(userPlan(text)).toEqual(nothing);
    },
  );

  test.each(['displayName eq ""', 'displayName eq null', 'id eq ""', 'id eq null'])(
    'finds nothing for %s, because each group has a value',
    (text) => {
      expect(groupPlan(text)).toEqual(nothing);
    },
  );

  test('plans a scan without a filter', () => {
    expect(planFilter(undefined, userResourceType)).toEqual(scan);
  });

  test.each([
    'shoeSize eq "a"',
    'shoeSize pr',
    'shoeSize[a pr]',
    'emails[shoeSize pr]',
    'password eq "a"',
    'members eq "a"',
  ])('finds nothing for %s, because users do not have the attribute', (text) => {
    expect(userPlan(text)).toEqual(nothing);
  });
});

describe('planFilter: without lookups by address', () => {
  test.each([
    ['email eq "a"', scan],
    ['emails[value eq "a"] and groups eq "g"', memberOf('g')],
    ['userName eq "a" or email eq "a"', scan],
  ])('plans for %s as if an address could not be looked up', (text, plan) => {
    expect(planFilter(parseFilter(text), userResourceType, false)).toEqual(plan);
  });
});

describe('planFilter: candidates include every match', () => {
  const sets: [ResourceType, fc.Arbitrary<Filter>, fc.Arbitrary<Attributes>][] = [
    [userResourceType, userFilter, someUser],
    [groupResourceType, groupFilter, someGroup],
  ];

  test.each(sets)('for a $name', (type, filters, resources) => {
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

  /** Returns whether the plan would find the resource in the table. */
  function isCandidate(resource: Attributes, plan: LookupPlan, type: ResourceType): boolean {
    const name = resource[type === userResourceType ? 'userName' : 'displayName'] as string;
    const key = Buffer.from(foldName(name));
    switch (plan.kind) {
      case 'nothing':
        return false;
      case 'ids':
        return plan.ids.includes(resource.id as string);
      case 'name':
        return key.equals(Buffer.from(foldName(plan.name)));
      case 'externalId':
        return resource.externalId === plan.externalId;
      case 'address':
        return valuesOf(resource.emails).some(
          (value) => typeof value === 'string' && foldName(value) === plan.address,
        );
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
