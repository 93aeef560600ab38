import { exactPlan } from '../../../shared/scim/filter/exact-plan';
import { parseFilter } from '../../../shared/scim/filter/parse';
import { groupResourceType } from '../../../shared/scim/resource-type';
import { userResourceType } from '../../../shared/product/product';

const planOf = (filter: string, type = userResourceType) => exactPlan(parseFilter(filter), type);

describe('exactPlan', () => {
  const all = { kind: 'all' };
  const group = { kind: 'group', groupId: 'g' };

  it('returns all resources without a filter', () =>
    expect(exactPlan(undefined, userResourceType)).toEqual(all));

  it.each([
    ['meta.resourceType eq "User"', all],
    ['META.RESOURCETYPE EQ "User" and meta.resourceType eq "User"', all],
    ['groups.value eq "g"', group],
    ['groups eq "g"', group],
    ['groups[value eq "g"]', group],
    ['groups eq "g" and meta.resourceType eq "User"', group],
  ])('finds an exact plan for %s', (filter, expected) => expect(planOf(filter)).toEqual(expected));

  it.each([
    'meta.resourceType eq "Group"',
    'meta.resourceType ne "Group"',
    'not (meta.resourceType eq "Group")',
    'groups.value eq "g" and active eq true',
    'groups.value eq "g" or groups.value eq "h"',
    'groups.value eq "g" and groups.value eq "h"',
    'groups[value eq "g" and display eq "x"]',
    'groups.value eq "g" and meta.resourceType eq "Group"',
    'groups.value ne "g"',
    'groups.value pr',
    'userName eq "g"',
  ])('finds no exact plan for %s', (filter) => expect(planOf(filter)).toBeUndefined());

  it('depends on the resource type', () => {
    expect(planOf('meta.resourceType eq "Group"', groupResourceType)).toEqual(all);
    expect(planOf('groups.value eq "g"', groupResourceType)).toBeUndefined();
  });
});
