import { changedBy, licenseWrite, type LicenseHolder } from '../../../shared/store/licenses/license-write';

const AT = '2026-03-01T12:00:00.000Z';
const HOLDER: LicenseHolder = {
  email: 'jane.doe@example.com',
  userName: 'jane',
  name: 'Jane Doe',
  userType: 'Core User',
  language: 'en',
};

const ACTOR = { kind: 'scimKey', keyId: 'k', keyName: 'Okta', sourceAddress: '192.0.2.1' } as const;
/** What tells of a mail that was asked for once more: of the status before. */
const RESENT = ['resendId', 'resentBy', 'resentAt'];
const CHANGED = { changedAt: AT, changedBy: { kind: 'scimKey', id: 'k', name: 'Okta' } };

type WriteArguments = Parameters<typeof licenseWrite> extends [...infer G, unknown] ? G : never;

/** What the write sets and removes, by attribute. */
function writtenAttributes(...given: WriteArguments): {
  set: Record<string, unknown>;
  removed: string[];
} {
  const { Update } = licenseWrite(...given, ACTOR);
  const names: Record<string, string> = Update?.ExpressionAttributeNames ?? {};
  const values: Record<string, unknown> = Update?.ExpressionAttributeValues ?? {};
  const [sets = '', removes = ''] = (Update?.UpdateExpression ?? '').split(' REMOVE ');
  const assigned = [...sets.matchAll(/(#\w+) = (:\w+)/g)];
  return {
    set: Object.fromEntries(assigned.map(([, name = '', value = '']) => [names[name] ?? '', values[value]])),
    removed: [...removes.matchAll(/#\w+/g)].map(([name]) => names[name] ?? ''),
  };
}

describe('licenseWrite', () => {
  it('names the holder and the activation, and forgets why the license ended before', () => {
    expect(
      writtenAttributes('d', 'u', AT, HOLDER, { status: 'active', changeId: 'c', activationId: 'c' }),
    ).toEqual({
      set: {
        domainId: 'd',
        userId: 'u',
        ...HOLDER,
        status: 'active',
        changeId: 'c',
        activationId: 'c',
        ...CHANGED,
      },
      removed: ['reason', ...RESENT],
    });
  });

  it('keeps the holder of a license whose user is deleted', () => {
    expect(
      writtenAttributes('d', 'u', AT, undefined, { status: 'inactive', changeId: 'c', reason: 'deleted' }),
    ).toEqual({
      set: {
        domainId: 'd',
        userId: 'u',
        status: 'inactive',
        changeId: 'c',
        reason: 'deleted',
        ...CHANGED,
      },
      removed: RESENT,
    });
  });

  it('names no change where the license never was active', () => {
    expect(writtenAttributes('d', 'u', AT, HOLDER, { status: 'inactive' }).set).not.toHaveProperty(
      'changeId',
    );
  });

  it('takes away the name of a holder who has none any more', () => {
    const { name: _, ...nameless } = HOLDER;
    expect(writtenAttributes('d', 'u', AT, nameless, undefined)).toEqual({
      set: { domainId: 'd', userId: 'u', ...nameless },
      removed: ['name'],
    });
  });

  it('waits for a seat under its change, without another activation', () => {
    expect(writtenAttributes('d', 'u', AT, HOLDER, { status: 'pending', changeId: 'c' })).toEqual({
      set: { domainId: 'd', userId: 'u', ...HOLDER, status: 'pending', changeId: 'c', ...CHANGED },
      removed: ['reason', ...RESENT],
    });
  });

  it('does not store by which change it waited', () => {
    const ending = { status: 'inactive', changeId: 'c', reason: 'deactivated', queuedChangeId: 'w' } as const;
    expect(writtenAttributes('d', 'u', AT, undefined, ending).set).not.toHaveProperty('queuedChangeId');
  });

  const condition = (...change: [WriteArguments[4]]) => {
    const { Update, conditionError } = licenseWrite('d', 'u', AT, HOLDER, ...change, ACTOR);
    expect(conditionError?.().name).toBe(Update?.ConditionExpression && 'LicenseConflict');
    return Update?.ConditionExpression;
  };
  const ends = { status: 'inactive', changeId: 'c', reason: 'deleted' } as const;
  const begins = { status: 'active', changeId: 'c', activationId: 'c' } as const;

  it.each<[string, WriteArguments[4], string | undefined]>([
    ['new data of the holder', undefined, undefined],
    ['a user who is created inactive', { status: 'inactive' }, undefined],
    ['an activation', begins, undefined],
    ['the beginning of waiting', { status: 'pending', changeId: 'c' }, undefined],
    ['an end', ends, '#status <> :pending'],
    ['the end of waiting', { ...ends, queuedChangeId: 'w' }, '#status = :pending AND #changeId = :waitedAs'],
    [
      'a seat after waiting',
      { ...begins, queuedChangeId: 'w' },
      '#status = :pending AND #changeId = :waitedAs',
    ],
  ])('holds for %s on the condition that the license is as presumed', (_, change, expected) => {
    expect(condition(change)).toBe(expected);
  });
});

describe('changedBy', () => {
  it.each([
    [ACTOR, { kind: 'scimKey', id: 'k', name: 'Okta' }],
    [{ kind: 'scimKey', keyId: 'k' } as const, { kind: 'scimKey', id: 'k' }],
    [{ kind: 'admin', id: 'operator', userAgent: 'x' } as const, { kind: 'admin', id: 'operator' }],
    [{ kind: 'admin', id: '17', name: 'Ada' } as const, { kind: 'admin', id: '17', name: 'Ada' }],
    [{ kind: 'system', name: 'promotion' } as const, { kind: 'system', name: 'promotion' }],
  ])('of %o names who it was, and not where from', (actor, expected) => {
    expect(changedBy(actor)).toEqual(expected);
  });
});
