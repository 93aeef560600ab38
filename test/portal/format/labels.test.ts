import type { User } from '../../../portal/src/api/schema';
import {
  resourceNoun,
  actionTitle,
  actorName,
  actorTitle,
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
  managedBy: 'connection',
  createdAt: '2026-05-01T00:00:00Z',
  lastModified: '2026-05-01T00:00:00Z',
};

describe('the labels of the portal', () => {
  it.each([
    ['user.created', 'user', 'User created'],
    ['key.revoked', 'key', 'SCIM key revoked'],
    ['request.refused', 'request', 'Request refused'],
    ['connection.created', 'connection', 'Connection created'],
    ['secret.created', 'secret', 'Client secret created'],
    ['trust.revoked', 'trust', 'Workload identity trust revoked'],
    ['token.refused', 'token', 'Access token refused'],
    ['simulation.started', 'simulation', 'Connection test started'],
    ['license.promoted', 'license', 'Seat assigned to license'],
    ['address.cleared', 'address', 'Email address cleared'],
    ['something.new', 'domain', 'Domain new'],
  ] as const)('the action %s of a %s: %s', (action, type, expected) => {
    expect(actionTitle({ action, resource: { type } })).toBe(expected);
  });

  it('a user without a license', () => {
    expect(licenseStatusLabel(USER).text).toBe('None');
    expect(mailProblemLabel(USER)).toBeUndefined();
  });

  it('a pending license, and a bounced email', () => {
    const license = { status: 'pending', userType: 'Basic User', email: 'ada@example.com' } as const;
    const mailProblem = { kind: 'bounced', at: '2026-05-01T00:00:00Z' } as const;
    expect(licenseStatusLabel({ ...USER, license }).text).toBe('Waiting for a seat');
    expect(mailProblemLabel({ ...USER, license: { ...license, mailProblem } })).toEqual({
      tone: 'bad',
      text: 'Bounced',
    });
  });

  it('unknown statuses, by their names', () => {
    expect(keyStatusLabel('paused').text).toBe('paused');
    expect(mailStatusLabel('heldBack').text).toBe('Held back');
  });

  it.each([
    [{ kind: 'scimKey', id: 'k1', name: 'Okta' }, 'Okta (k1)'],
    [{ kind: 'admin', id: 'operator', name: 'Admin token' }, 'Admin token (operator)'],
    [{ kind: 'admin', id: '3f2a91c0-0000-4000', name: 'Admin token' }, 'Admin token (3f2a91c0-0000…)'],
    [{ kind: 'admin', id: 'u1', name: 'nek\u202eot' }, 'nek[U+202E]ot (u1)'],
    [{ kind: 'scimKey', id: 'k1' }, 'k1'],
    [{ kind: 'admin' }, 'An administrator'],
    [{ kind: 'system', name: 'promotion' }, 'The service'],
  ] as const)('an actor %j: %s', (actor, expected) => {
    expect(actorName(actor)).toBe(expected);
  });

  it('a client, by the name of its connection', () => {
    const actor = { kind: 'scimKey', id: 'k1', name: 'Okta 2027' } as const;
    expect(actorTitle({ actor }, 'Okta')).toBe('Okta');
    expect(actorTitle({ actor }, undefined)).toBe('Okta 2027 (k1)');
    expect(actorTitle({ actor: { kind: 'admin', id: 'u1', name: 'Ada' } }, 'Okta')).toBe('Ada (u1)');
  });

  it('attribute names as words', () => {
    expect(toSentenceCase('key-expires-soon')).toBe('Key expires soon');
    expect(toSentenceCase('mailDelayMinutes')).toBe('Mail delay minutes');
    expect(toSentenceCase('keyId')).toBe('Key ID');
  });
});

describe('the noun for a resource type', () => {
  it('begins with a lowercase letter, unless it is an abbreviation', () => {
    expect(resourceNoun('address')).toBe('email address');
    expect(resourceNoun('key')).toBe('SCIM key');
  });
});
