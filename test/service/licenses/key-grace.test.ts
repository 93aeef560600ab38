import { assumeKeyGrace, keyKeptUntil } from '../../../shared/service/licenses/key-grace';
import { activeLicense, endedLicense } from '../../support/mail/license-images';

const AT = '2026-03-31T12:00:00.000Z';

describe('assumeKeyGrace', () => {
  it.each([
    ['2026-03-31T11:00:00.000Z', true],
    ['2026-03-01T12:00:00.001Z', true],
    ['2026-03-01T12:00:00.000Z', false],
    ['2020-01-01T00:00:00.000Z', false],
  ])('of a user who changed last at %s assumes that the key is kept: %s', (lastModified, keepsKey) => {
    expect(assumeKeyGrace(30, AT, lastModified)).toEqual({ cutoff: '2026-03-01T12:00:00.000Z', keepsKey });
  });

  it('is undefined if keys are never kept', () => {
    expect(assumeKeyGrace(0, AT, AT)).toBeUndefined();
  });
});

describe('keyKeptUntil', () => {
  const active = activeLicense();
  const ended = { ...endedLicense(active), keptActivationId: active.activationId, endedAt: AT };
  const until = '2026-04-30T12:00:00.000Z';

  it('is the end of the period of an inactive license', () => {
    expect(keyKeptUntil(ended, 30, Date.parse(AT))).toBe(until);
    expect(keyKeptUntil(ended, 30, Date.parse(until) - 1)).toBe(until);
  });

  it.each([
    ['whose period is over', ended, 30, until],
    ['of a deployment that keeps no keys', ended, 0, AT],
    ['that is active', active, 30, AT],
    ['that is pending', { ...ended, status: 'pending' as const }, 30, AT],
    ['that the previous version ended', endedLicense(active), 30, AT],
  ])('is undefined for a license %s', (_, license, days, now) => {
    expect(keyKeptUntil(license, days, Date.parse(now))).toBeUndefined();
  });
});
