import type { Json } from '../../../shared/scim/resource';
import { PRODUCT_USER_SCHEMA } from '../../../shared/scim/urns';
import {
  completeUser,
  isActive,
  licenseAddress,
  licenseLanguage,
  licenseUserType,
} from '../../../shared/scim/input/user-rules';
import { scimErrorOf, johnDoe } from '../../support/scim/scim-fixtures';

const withEmails = (emails: Json) => completeUser({ userName: 'ada', emails });
const work = { value: 'w@example.com', type: 'work' };
const home = { value: 'h@example.com', type: 'home' };

describe('completeUser', () => {
  it.each<[string, Json[], Json[]]>([
    ['keeps the primary address', [work, { ...home, primary: true }], [work, { ...home, primary: true }]],
    ['makes the work address primary where none is', [home, work], [home, { ...work, primary: true }]],
    [
      'knows work in any case',
      [home, { ...work, type: 'Work' }],
      [home, { ...work, type: 'Work', primary: true }],
    ],
    [
      'else makes the first address primary',
      [home, { value: 'x@example.com' }],
      [{ ...home, primary: true }, { value: 'x@example.com' }],
    ],
    ['takes primary: false for not primary', [{ ...home, primary: false }], [{ ...home, primary: true }]],
    [
      'passes over an entry without an address',
      [{ display: 'W', primary: true }, home],
      [
        { display: 'W', primary: false },
        { ...home, primary: true },
      ],
    ],
  ])('%s', (_, emails, expected) => {
    expect(withEmails(emails).emails).toEqual(expected);
  });

  it('takes userName for the address where there are no emails', () => {
    const user = completeUser({ userName: 'ada@example.com' });
    expect(user.emails).toEqual([{ value: 'ada@example.com', type: 'work', primary: true }]);
    expect(licenseAddress(user)).toBe('ada@example.com');
  });

  it('refuses a user without any address', () => {
    expect(scimErrorOf(() => completeUser({ userName: 'ada' }))).toEqual({
      status: 400,
      scimType: 'invalidValue',
      detail:
        'A user needs an email address for the license: send emails with a value, or a userName that is an address.',
    });
  });

  it.each([
    'ada',
    'ada@',
    '@example.com',
    'ada@.example.com',
    'ada@example..com',
    'ada@example.com.',
    'ada@example.com@example.com',
    'ada lovelace@example.com',
    ' ada@example.com',
    'ada@example.com\r\nBcc: x@example.com',
    'ada@example.com,x@example.com',
    'Ada <ada@example.com>',
    'ada\u0000@example.com',
    'ada\u202e@example.com',
    `${'a'.repeat(250)}@example.com`,
  ])('refuses %j as the address for the license', (value) => {
    expect(scimErrorOf(() => withEmails([{ value, primary: true }]))).toMatchObject({
      scimType: 'invalidValue',
    });
    expect(scimErrorOf(() => completeUser({ userName: value })).scimType).toBe('invalidValue');
  });

  it.each([
    'ada@example.com',
    'ada+tag@sub.example.com',
    "o'neil@example.com",
    'ädä@exämple.com',
    'ada@localhost',
  ])('takes %s as an address', (value) => {
    expect(licenseAddress(withEmails([{ value }]))).toBe(value);
  });

  it('does not look at addresses that no license is mailed to', () => {
    const emails = [
      { ...work, primary: true },
      { value: 'smtp:ada', type: 'other' },
    ];
    expect(withEmails(emails).emails).toEqual(emails);
  });

  it.each(['Europe/Berlin', 'America/Argentina/Buenos_Aires', 'UTC', 'Etc/GMT+5', 'Asia/Calcutta'])(
    'takes the time zone %s',
    (timezone) => {
      expect(completeUser({ ...johnDoe, timezone }).timezone).toBe(timezone);
    },
  );

  it.each(['Mars/Olympus', '+01:00', 'Berlin', 'Europe/Berlin ', 'x'.repeat(5000)])(
    'refuses the time zone %s',
    (timezone) => {
      expect(scimErrorOf(() => completeUser({ ...johnDoe, timezone }))).toEqual({
        status: 400,
        scimType: 'invalidValue',
        detail: 'timezone must be an IANA name of a time zone, such as Europe/Berlin.',
      });
    },
  );

  it.each([' ', '\t', 'a\nb', 'a\u0000', 'x'.repeat(257)])('refuses the userName %j', (userName) => {
    expect(scimErrorOf(() => completeUser({ ...johnDoe, userName }))).toMatchObject({
      scimType: 'invalidValue',
    });
  });

  it('gives a Basic User where no type is said, and keeps the one that is', () => {
    expect(completeUser(johnDoe)[PRODUCT_USER_SCHEMA]).toEqual({ nrUserType: 'Basic User' });
    expect(licenseUserType(completeUser(johnDoe))).toBe('Basic User');
    const full = completeUser({ ...johnDoe, [PRODUCT_USER_SCHEMA]: { nrUserType: 'Full User' } });
    expect(licenseUserType(full)).toBe('Full User');
  });

  it('changes nothing of a complete user, nor of its argument', () => {
    const copy = structuredClone(johnDoe);
    const complete = completeUser(johnDoe);
    expect(completeUser(complete)).toEqual(complete);
    expect(johnDoe).toEqual(copy);
  });
});

describe('licenseLanguage', () => {
  it.each([
    [{ preferredLanguage: 'da, de;q=0.8', locale: 'en-US' }, 'da, de;q=0.8'],
    [{ locale: 'de_DE' }, 'de_DE'],
    [{}, undefined],
  ])('of %j is %p', (attributes, languages) => {
    expect(licenseLanguage(attributes)).toBe(languages);
  });

  it('is of bounded length', () => {
    expect(licenseLanguage({ preferredLanguage: 'x'.repeat(5_000) })).toHaveLength(100);
  });
});

describe('isActive', () => {
  it('is true only of a user that is said to be active', () => {
    expect(isActive({ active: true })).toBe(true);
    expect(isActive({ active: false })).toBe(false);
    expect(isActive({})).toBe(false);
  });
});
