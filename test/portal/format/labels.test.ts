import type { User } from '../../../portal/src/api/schema';
import {
  resourceNoun,
  actionTitle,
  actorName,
  keyStatusLabel,
  licenseStatusLabel,
  mailStatusLabel,
  mailProblemLabel,
  toSentenceCase,
} from '../../../portal/src/format/labels';

const USER: User = {
  userId: 'u1',
  userName: 'ada@example.com',
  active: true,
  createdAt: '2026-05-01T00:00:00Z',
  lastModified: '2026-05-01T00:00:00Z',
};

describe('what the portal calls things', () => {
  it.each([
    ['user.created', 'user', 'User created'],
    ['key.revoked', 'key', 'API key revoked'],
    ['request.refused', 'request', 'Request refused'],
    ['license.promoted', 'license', 'License got a seat'],
    ['address.cleared', 'address', 'Mail address cleared'],
    ['something.new', 'domain', 'Domain new'],
  ] as const)('the action %s of a %s: %s', (action, type, expected) => {
    expect(actionTitle({ action, resource: { type } })).toBe(expected);
  });

  it('a user without a license', () => {
    expect(licenseStatusLabel(USER).text).toBe('None');
    expect(mailProblemLabel(USER)).toBeUndefined();
  });

  it('a license that waits, and a mail that came back', () => {
    const license = { status: 'pending', userType: 'Basic User', email: 'ada@example.com' } as const;
    const mailProblem = { kind: 'bounced', at: '2026-05-01T00:00:00Z' } as const;
    expect(licenseStatusLabel({ ...USER, license }).text).toBe('Waiting for a seat');
    expect(mailProblemLabel({ ...USER, license: { ...license, mailProblem } })).toEqual({
      tone: 'bad',
      text: 'Bounced',
    });
  });

  it('states that are not known yet, by their names', () => {
    expect(keyStatusLabel('paused').text).toBe('paused');
    expect(mailStatusLabel('heldBack').text).toBe('Held back');
  });

  it.each([
    [{ kind: 'scimKey', id: 'k1', name: 'Okta' }, 'Okta'],
    [{ kind: 'scimKey', id: 'k1' }, 'k1'],
    [{ kind: 'admin' }, 'An administrator'],
    [{ kind: 'system', name: 'promotion' }, 'The service itself'],
  ] as const)('an actor %j: %s', (actor, expected) => {
    expect(actorName(actor)).toBe(expected);
  });

  it('names of attributes as sentences', () => {
    expect(toSentenceCase('key-expires-soon')).toBe('Key expires soon');
    expect(toSentenceCase('mailDelayMinutes')).toBe('Mail delay minutes');
  });
});

describe('what an event is about, in a sentence', () => {
  it('begins with no capital, but where it is an abbreviation', () => {
    expect(resourceNoun('address')).toBe('mail address');
    expect(resourceNoun('key')).toBe('API key');
  });
});
