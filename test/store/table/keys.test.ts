import fc from 'fast-check';
import {
  claimKey,
  tombstoneKey,
  deletedDomainKey,
  domainAt,
  domainKey,
  domainListKey,
  groupAt,
  isKeyText,
  isUserId,
  membershipKey,
  pageMarkKey,
  resourceKey,
  credentialKey,
} from '../../../shared/store/table/keys';

describe('isKeyText', () => {
  it.each([
    ['a plain id', 'abc'],
    ['1,024 bytes', 'x'.repeat(1024)],
    ['1,024 bytes of three-byte characters', 'x' + '雪'.repeat(341)],
    ['a character beyond U+FFFF', '😀'],
  ])('accepts %s', (_, text) => expect(isKeyText(text)).toBe(true));

  it.each([
    ['the empty string', ''],
    ['1,025 bytes', 'x'.repeat(1025)],
    ['1,026 bytes in 342 characters', '雪'.repeat(342)],
    ['half of a surrogate pair', 'a\ud83d'],
  ])('refuses %s', (_, text) => expect(isKeyText(text)).toBe(false));

  it('agrees with the length in UTF-8 of any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1100 }), (text) => {
        expect(isKeyText(text)).toBe(new TextEncoder().encode(text).length <= 1024);
      }),
    );
  });
});

describe('isUserId', () => {
  it('leaves room for the prefix of the id in the key of a membership', () => {
    const longest = 'x'.repeat(1024 - 'USER#'.length);
    expect(isUserId(longest)).toBe(true);
    expect(isKeyText(membershipKey('d', 'g', longest).sk)).toBe(true);
    expect(isUserId(`${longest}x`)).toBe(false);
  });

  it('refuses the empty id', () => expect(isUserId('')).toBe(false));
});

describe('groupAt', () => {
  it('returns the group of a key', () => {
    expect(groupAt(resourceKey('d', 'GROUP', 'g'))).toEqual({ domainId: 'd', groupId: 'g' });
  });

  it.each([
    ['user', resourceKey('d', 'USER', 'u')],
    ['membership', membershipKey('d', 'g', 'u')],
    ['claim', claimKey('d', 'GROUP', 'x#GROUP')],
    ['page mark', pageMarkKey('d', 'GROUP', 101)],
    ['domain', domainKey('d')],
  ])('returns undefined for the key of a %s', (_, key) => expect(groupAt(key)).toBeUndefined());
});

describe('domainAt', () => {
  it('returns the domain of a key', () => {
    expect(domainAt(domainKey('d'))).toBe('d');
  });

  it.each([
    ['SCIM key', credentialKey('d', 'k')],
    ['domain’s tombstone', tombstoneKey('d')],
    ['list entry of a domain', domainListKey('d')],
    ['deleted domain', deletedDomainKey('DOMAIN')],
    ['user', resourceKey('d', 'USER', 'DOMAIN')],
  ])('returns undefined for the key of a %s', (_, key) => expect(domainAt(key)).toBeUndefined());
});

it('a user and a group may have the same name', () => {
  expect(claimKey('d', 'USER', 'ada')).not.toEqual(claimKey('d', 'GROUP', 'ada'));
});

it('page marks sort as text in the order of their indexes', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9_999_999_999 }),
      fc.integer({ min: 1, max: 9_999_999_999 }),
      (a, b) => {
        expect(pageMarkKey('d', 'USER', a).sk < pageMarkKey('d', 'USER', b).sk).toBe(a < b);
      },
    ),
  );
});
