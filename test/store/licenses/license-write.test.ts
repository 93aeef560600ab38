import {
  changedBy,
  licenseWrite,
  type LicenseHolder,
  type LicenseUpdate,
} from '../../../shared/store/licenses/license-write';

const AT = '2026-03-01T12:00:00.000Z';
const HOLDER: LicenseHolder = {
  email: 'jane.doe@example.com',
  userName: 'jane',
  name: 'Jane Doe',
  userType: 'Core User',
  language: 'en',
};

const ACTOR = { kind: 'scimKey', keyId: 'k', keyName: 'Okta', sourceAddress: '192.0.2.1' } as const;
/** The attributes of a resend request for the previous status. */
const RESENT = ['resendId', 'resentBy', 'resentAt'];
const CHANGED = { changedAt: AT, changedBy: { kind: 'scimKey', id: 'k', name: 'Okta' } };

type Given = Pick<LicenseUpdate, 'holder' | 'change'>;

function updateOf(given: Given) {
  const write = licenseWrite({ domainId: 'd', userId: 'u', audit: { at: AT, actor: ACTOR }, ...given });
  if (!('update' in write)) throw new Error('This write is not an update.');
  return write;
}

/** The attributes that the write sets and removes. */
function writtenAttributes(given: Given) {
  const { set, remove: removed } = updateOf(given);
  return { set, removed };
}

describe('licenseWrite', () => {
  it('sets the holder and the activation, and removes the reason of an earlier end', () => {
    expect(
      writtenAttributes({ holder: HOLDER, change: { status: 'active', changeId: 'c', activationId: 'c' } }),
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
      removed: ['reason', ...RESENT, 'keptActivationId', 'endedAt', 'replacedActivationId'],
    });
  });

  it('keeps the holder of a license if its user is deleted', () => {
    expect(writtenAttributes({ change: { status: 'inactive', changeId: 'c', reason: 'deleted' } })).toEqual({
      set: {
        domainId: 'd',
        userId: 'u',
        status: 'inactive',
        changeId: 'c',
        reason: 'deleted',
        ...CHANGED,
      },
      removed: [...RESENT, 'replacedActivationId'],
    });
  });

  it('sets no change if the license was never active', () => {
    expect(writtenAttributes({ holder: HOLDER, change: { status: 'inactive' } }).set).not.toHaveProperty(
      'changeId',
    );
  });

  it('removes the name if the holder no longer has one', () => {
    const { name: _, ...nameless } = HOLDER;
    expect(writtenAttributes({ holder: nameless })).toEqual({
      set: { domainId: 'd', userId: 'u', ...nameless },
      removed: ['name'],
    });
  });

  it('sets the change but no activation if the license enters the queue', () => {
    expect(writtenAttributes({ holder: HOLDER, change: { status: 'pending', changeId: 'c' } })).toEqual({
      set: { domainId: 'd', userId: 'u', ...HOLDER, status: 'pending', changeId: 'c', ...CHANGED },
      removed: ['reason', ...RESENT, 'keptActivationId', 'endedAt'],
    });
  });

  it('keeps the activation when the license ends, and takes it back with the next one', () => {
    const grace = { cutoff: '2026-01-30T12:00:00.000Z', keepsKey: true };
    const end = { status: 'inactive', changeId: 'c', reason: 'deactivated' } as const;
    expect(updateOf({ holder: HOLDER, change: end })).toMatchObject({
      set: { endedAt: AT },
      copy: { keptActivationId: { from: 'activationId', otherwise: 'c' } },
    });
    const activation = { status: 'active', changeId: 'c', activationId: 'c' } as const;
    for (const change of [
      { ...activation, grace },
      { ...activation, queuedChangeId: 'w' },
    ]) {
      const { set, copy, remove } = updateOf({ holder: HOLDER, change });
      expect(copy).toEqual({ activationId: { from: 'keptActivationId', otherwise: 'c' } });
      expect(set).not.toHaveProperty('activationId');
      expect(remove).toEqual(expect.arrayContaining(['keptActivationId', 'endedAt']));
    }
    expect(
      updateOf({ holder: HOLDER, change: { status: 'pending', changeId: 'c', grace } }).remove,
    ).not.toContain('keptActivationId');
  });

  it('does not store the change that queued the license', () => {
    const ending = { status: 'inactive', changeId: 'c', reason: 'deactivated', queuedChangeId: 'w' } as const;
    expect(writtenAttributes({ change: ending }).set).toEqual({
      domainId: 'd',
      userId: 'u',
      status: 'inactive',
      changeId: 'c',
      reason: 'deactivated',
      ...CHANGED,
    });
  });

  const condition = (change: Given['change']) => {
    const { condition, conditionError } = updateOf({ holder: HOLDER, change });
    const error = change && 'grace' in change ? 'KeyGraceConflict' : 'LicenseConflict';
    expect(conditionError?.().name).toBe(condition && error);
    return condition?.expression;
  };
  const kept = { cutoff: '2026-01-30T12:00:00.000Z', keepsKey: true };
  const ended = { ...kept, keepsKey: false };
  const end = { status: 'inactive', changeId: 'c', reason: 'deleted' } as const;
  const activation = { status: 'active', changeId: 'c', activationId: 'c' } as const;

  it.each<[string, Given['change'], string | undefined]>([
    ['a change of the holder', undefined, undefined],
    ['an inactive new user', { status: 'inactive' }, undefined],
    ['an activation', activation, undefined],
    ['entry into the queue', { status: 'pending', changeId: 'c' }, undefined],
    [
      'an activation that keeps its key',
      { ...activation, grace: kept },
      'attribute_not_exists(keptActivationId) OR endedAt > :graceCutoff',
    ],
    [
      'an activation with a new key',
      { ...activation, grace: ended },
      'attribute_not_exists(endedAt) OR endedAt <= :graceCutoff',
    ],
    [
      'entry into the queue with its key',
      { status: 'pending', changeId: 'c', grace: kept },
      'attribute_not_exists(keptActivationId) OR endedAt > :graceCutoff',
    ],
    [
      'a deactivation',
      end,
      '#status <> :pending AND #status <> :inactive AND ' +
        '(attribute_not_exists(#changeId) OR #changeId < :changeId) AND ' +
        '(attribute_not_exists(#resendId) OR #resendId < :changeId)',
    ],
    [
      'a deactivation in the queue',
      { ...end, queuedChangeId: 'w' },
      '#status = :pending AND #changeId = :queuedChangeId',
    ],
    [
      'a promotion',
      { ...activation, queuedChangeId: 'w' },
      '#status = :pending AND #changeId = :queuedChangeId',
    ],
  ])('has the condition for %s that the license is as assumed', (_, change, expected) => {
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
  ])('of %o has the id and name, but no address or user agent', (actor, expected) => {
    expect(changedBy(actor)).toEqual(expected);
  });
});
