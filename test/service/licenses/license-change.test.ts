import { newId } from '../../../shared/id';
import {
  activation,
  ending,
  licenseOutcome,
  nextChangeId,
} from '../../../shared/service/licenses/license-change';
import type { LicenseRecord } from '../../../shared/store/licenses/license-record';

const AN_HOUR_LATER = new Date(Date.now() + 3_600_000);
const licenseWith = (ids: Pick<LicenseRecord, 'changeId' | 'resendId'>) => ids as LicenseRecord;

describe('nextChangeId', () => {
  const ahead = newId(AN_HOUR_LATER);

  it.each<[string, LicenseRecord]>([
    ['change', licenseWith({ changeId: ahead })],
    ['resend request', licenseWith({ changeId: newId(), resendId: ahead })],
  ])('sorts after the last %s, even if the clock that made it was ahead', (_, license) => {
    const next = nextChangeId(license);
    expect(next > ahead).toBe(true);
    expect(nextChangeId(licenseWith({ changeId: next })) > next).toBe(true);
  });

  it.each([undefined, licenseWith({}), licenseWith({ changeId: newId(new Date(0)) })])(
    'is a new id otherwise',
    (license) => {
      const [before, next, after] = [newId(), nextChangeId(license), newId()];
      expect([before, next, after]).toEqual([before, next, after].sort());
    },
  );
});

describe('the outcome of a change', () => {
  const grace = { keptUntil: 'soon' } as never;

  it.each([
    ['activated', activation('c', {}), { status: 'active', changeId: 'c', activationId: 'c' }],
    ['activated', activation('c', { grace }), { status: 'active', changeId: 'c', activationId: 'c', grace }],
    ['pending', activation('c', { isQueued: true }), { status: 'pending', changeId: 'c' }],
    ['pending', activation('c', { isQueued: true, grace }), { status: 'pending', changeId: 'c', grace }],
    ['deactivated', ending('c', 'deleted'), { status: 'inactive', changeId: 'c', reason: 'deleted' }],
    [
      'withdrawn',
      ending('c', 'deactivated', 'q'),
      { status: 'inactive', changeId: 'c', reason: 'deactivated', queuedChangeId: 'q' },
    ],
  ])('is %s', (outcome, change, stored) => {
    expect(change).toEqual(stored);
    expect(licenseOutcome(change)).toBe(outcome);
  });

  it('of a license that was never active is none', () => {
    expect(licenseOutcome({ status: 'inactive' })).toBeUndefined();
  });
});
