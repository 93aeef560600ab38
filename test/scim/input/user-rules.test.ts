import type { Attributes, Json } from '../../../shared/scim/resource';
import { derivedEmail } from '../../../shared/scim/derived-email';
import {
  completeUser as complete,
  isActive,
  licenseAddress,
  licenseLanguage,
  USER_RULES,
} from '../../../shared/scim/input/user-rules';
import { scimErrorOf, johnDoe } from '../../support/scim/scim-fixtures';

/** Checks a new user, and completes it. */
function completeUser(attributes: Attributes): Attributes {
  for (const { check } of USER_RULES) check(attributes, {});
  return complete(attributes);
}

const withEmails = (emails: Json) => completeUser({ userName: 'ada', emails });
const work = { value: 'w@example.com', type: 'work' };
const home = { value: 'h@example.com', type: 'home' };

describe('completeUser', () => {
  it('has one primary address if it takes the userName, and another element has no value', () => {
    const emails = [{ display: 'Ada', primary: true }];
    expect(completeUser({ userName: 'ada@example.com', emails }).emails).toEqual([
      derivedEmail('ada@example.com'),
      { display: 'Ada', primary: false },
    ]);
  });

  it.each<[string, Json[], Json[]]>([
    ['keeps the primary address', [work, { ...home, primary: true }], [work, { ...home, primary: true }]],
    ['makes the work address primary if none is', [home, work], [home, { ...work, primary: true }]],
    [
      'accepts the type work in any case',
      [home, { ...work, type: 'Work' }],
      [home, { ...work, type: 'Work', primary: true }],
    ],
    [
      'makes the first address primary if there is no work address',
      [home, { value: 'x@example.com' }],
      [{ ...home, primary: true }, { value: 'x@example.com' }],
    ],
    ['treats primary: false as not primary', [{ ...home, primary: false }], [{ ...home, primary: true }]],
    [
      'skips an entry without an address',
      [{ display: 'W', primary: true }, home],
      [
        { display: 'W', primary: false },
        { ...home, primary: true },
      ],
    ],
  ])('%s', (_, emails, expected) => {
    expect(withEmails(emails).emails).toEqual(expected);
  });

  it('uses userName as the address without emails', () => {
    const user = completeUser({ userName: 'ada@example.com' });
    expect(user.emails).toEqual([derivedEmail('ada@example.com')]);
    expect(licenseAddress(user)).toBe('ada@example.com');
  });

  it.each([
    'ada',
    'ada@',
    '@example.com',
    'ada@.example.com',
    'ada@example..com',
    'ada@example.com.',
    'ada@example.com@example.com',
    'ada larsen@example.com',
    ' ada@example.com',
    'ada@example.com\r\nBcc: x@example.com',
    'ada@example.com,x@example.com',
    'Ada <ada@example.com>',
    'ada\u0000@example.com',
    'ada\u202e@example.com',
    `${'a'.repeat(250)}@example.com`,
  ])('sends no license to the address %j, and rejects it for an inactive user', (value) => {
    const user = { userName: 'ada', emails: [{ value, primary: true }] };
    expect(scimErrorOf(() => completeUser(user))).toMatchObject({ scimType: 'invalidValue' });
    const active = completeUser({ ...user, active: true });
    expect(active.emails).toEqual(user.emails);
    expect(licenseAddress(active)).toBeUndefined();
    expect(licenseAddress(complete({ userName: value, active: true }))).toBeUndefined();
  });

  it.each([
    'ada@example.com',
    'ada+tag@sub.example.com',
    "o'neil@example.com",
    'ädä@exämple.com',
    'ada@localhost',
  ])('accepts the address %s', (value) => {
    expect(licenseAddress(withEmails([{ value }]))).toBe(value);
  });

  it.each<Attributes>([{}, { active: false }])(
    'accepts a user without an address who is not active: %j',
    (state) => {
      const user = completeUser({ userName: 'ada', ...state });
      expect(user.emails).toBeUndefined();
      expect(licenseAddress(user)).toBeUndefined();
    },
  );

  it('checks only values that the user did not have before', () => {
    const before = { userName: 'ada', timezone: 'Mars/Olympus', emails: [{ value: 'n/a' }] };
    const check = (after: Attributes) => () => {
      for (const rule of USER_RULES) rule.check(after, before);
    };
    expect(check({ ...before, title: 'Countess' })).not.toThrow();
    expect(check({ ...before, timezone: 'Mars/Base' })).toThrow();
    expect(check({ ...before, emails: [{ value: 'none' }] })).toThrow();
  });

  it('does not check addresses that receive no license email', () => {
    const emails = [
      { ...work, primary: true },
      { value: 'smtp:ada', type: 'other' },
    ];
    expect(withEmails(emails).emails).toEqual(emails);
  });

  it.each(['Europe/Berlin', 'America/Argentina/Buenos_Aires', 'UTC', 'Etc/GMT+5', 'Asia/Calcutta'])(
    'accepts the time zone %s',
    (timezone) => {
      expect(completeUser({ ...johnDoe, timezone }).timezone).toBe(timezone);
    },
  );

  it.each(['Mars/Olympus', '+01:00', 'Berlin', 'Europe/Berlin ', 'x'.repeat(5000)])(
    'rejects the time zone %s',
    (timezone) => {
      expect(scimErrorOf(() => completeUser({ ...johnDoe, timezone }))).toEqual({
        status: 400,
        scimType: 'invalidValue',
        detail:
          'The timezone is not valid because it is not an IANA time zone name. Send a name such as Europe/Berlin.',
      });
    },
  );

  it.each([
    ...[' ', '\t', 'a\nb', 'a\u0000', 'a\u2028b', '\u3000', 'x'.repeat(257)],
    ...['a\u200b', 'a\u00adb', '\u202ea', '\u3164', '\ufeffa', 'a\u200d'],
  ])('rejects the userName %j', (userName) => {
    expect(scimErrorOf(() => completeUser({ ...johnDoe, userName }))).toMatchObject({
      scimType: 'invalidValue',
    });
  });

  it('changes neither a completed user nor its argument', () => {
    const copy = structuredClone(johnDoe);
    const completed = completeUser(johnDoe);
    expect(completeUser(completed)).toEqual(completed);
    expect(johnDoe).toEqual(copy);
  });
});

describe('licenseLanguage', () => {
  it.each([
    [{ preferredLanguage: 'da, de;q=0.8', locale: 'en-US' }, 'da, de;q=0.8'],
    [{ locale: 'de_DE' }, 'de_DE'],
    [{}, undefined],
  ])('returns the languages of %j: %p', (attributes, languages) => {
    expect(licenseLanguage(attributes)).toBe(languages);
  });

  it('limits the length', () => {
    expect(licenseLanguage({ preferredLanguage: 'x'.repeat(5_000) })).toHaveLength(100);
  });
});

describe('isActive', () => {
  it('is true only if active is true', () => {
    expect(isActive({ active: true })).toBe(true);
    expect(isActive({ active: false })).toBe(false);
    expect(isActive({})).toBe(false);
  });
});
