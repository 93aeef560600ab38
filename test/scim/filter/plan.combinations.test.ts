import { MAX_UNION } from '../../../shared/scim/filter/lookup-plan';
import {
  address,
  externalId,
  groupPlan,
  ids,
  memberOf,
  name,
  nothing,
  scan,
  union,
  userPlan,
} from './plan-builders';

describe('planFilter: and', () => {
  test.each([
    ['active eq true and userName eq "a"', name('a')],
    ['externalId eq "e" and userName eq "a"', name('a')],
    ['userName eq "a" and id eq "i"', ids('i')],
    ['groups eq "g" and externalId eq "e"', externalId('e')],
    ['userName sw "a" and groups eq "g"', memberOf('g')],
    ['title pr and (active eq true and userName sw "a")', { kind: 'nameRange', prefix: 'a' }],
    ['(id eq "a" or id eq "b") and userName eq "c"', ids('a', 'b')],
    ['(id eq "a" or id eq "b") and (id eq "b" or id eq "c")', ids('b')],
    ['email eq "m" and groups eq "g"', address('m')],
    ['email eq "m" and userName eq "a"', name('a')],
    ['active eq true and (title pr and emails[type eq "work" and value eq "M"])', address('m')],
    ['email eq "m" and email eq "n"', address('m')],
    ['id eq "i" and not (userName eq "a")', ids('i')],
  ])('uses the cheapest term of %s', (text, plan) => {
    expect(userPlan(text)).toEqual(plan);
  });

  test('plans a point read for the query of an identity provider for one member of one group', () => {
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
  ])('finds nothing for the contradiction %s', (text) => {
    expect(userPlan(text)).toEqual(nothing);
  });

  test('finds users who are in two groups', () => {
    expect(userPlan('groups eq "a" and groups eq "b"')).toEqual(memberOf('a'));
  });

  test('accepts the same name in two cases', () => {
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
  ])('narrows the range of names of %s', (text, range) => {
    expect(userPlan(text)).toEqual({ kind: 'nameRange', ...range });
  });
});

describe('planFilter: or', () => {
  test.each([
    ['id eq "a" or id eq "b" or id eq "a"', ids('a', 'b')],
    ['userName eq "a" or userName eq "A"', name('A')],
    ['userName eq "ａ" or userName eq "a"', union(name('ａ'), name('a'))],
    ['userName eq "a" or emails.value eq "M"', union(name('a'), address('m'))],
    ['email eq "m" or emails eq "M"', address('m')],
    ['emails[value eq "m" or value eq "n"]', union(address('m'), address('n'))],
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
  ])('plans %s', (text, plan) => {
    expect(userPlan(text)).toEqual(plan);
  });

  test('plans a scan above the maximum number of lookups, and counts IDs as one', () => {
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
