import { resolveSeat } from '../../../shared/service/users/resolve-seat';
import type { SeatCounts } from '../../../shared/store/domains/counts';
import type { LicenseChange } from '../../../shared/store/licenses/license-write';
import { auditEvent } from '../../support/store/records';

const counts = (given: Partial<SeatCounts>): SeatCounts => ({
  users: 0,
  groups: 0,
  activeLicenses: 0,
  pendingLicenses: 0,
  seatPolicy: 'refuse',
  ...given,
});

const activation = { status: 'active', changeId: 'c', activationId: 'c' } as const;
const ending = { status: 'inactive', changeId: 'c', reason: 'deactivated' } as const;

/** Of a change that was tried in a domain with these counts, for a user who waits by `waits`. */
const resolveWith = (license: LicenseChange, given: Partial<SeatCounts>, waits?: string, isLate = false) =>
  resolveSeat(
    { seats: () => Promise.resolve(counts(given)), readQueuedChangeId: () => Promise.resolve(waits) },
    { audit: auditEvent('user.updated', 'u'), license },
    isLate,
  );

describe('after a conflict, a license that is to be active', () => {
  it.each<[string, Partial<SeatCounts>, object]>([
    ['is tried again where a seat has become free', { seats: 2, activeLicenses: 1 }, {}],
    ['is tried again where seats have become unlimited', { activeLicenses: 1, pendingLicenses: 1 }, {}],
    ['waits where none is free', { seats: 2, activeLicenses: 2, seatPolicy: 'wait' }, { queued: true }],
    [
      'waits behind those who wait',
      { seats: 2, activeLicenses: 1, pendingLicenses: 1, seatPolicy: 'wait' },
      { queued: true },
    ],
  ])('%s', async (_, given, expected) => {
    expect(await resolveWith(activation, given)).toEqual(expected);
    expect(await resolveWith({ status: 'pending', changeId: 'c' }, given)).toEqual(expected);
  });

  it.each<[Partial<SeatCounts>, RegExp]>([
    [
      { seats: 50, activeLicenses: 50 },
      /has 50 seats for active users, and none of them is free\. Deactivate or delete/,
    ],
    [{ seats: 1, activeLicenses: 2 }, /has 1 seat for active users, and none/],
    [{ seats: 0 }, /has 0 seats/],
    [{ seats: 9, activeLicenses: 8, pendingLicenses: 1 }, /has 9 seats .* go to users who wait already/],
  ])('is refused in a domain that lets nobody wait (%j)', async (given, detail) => {
    await expect(resolveWith(activation, given)).rejects.toMatchObject({
      status: 403,
      scimType: undefined,
      detail: expect.stringMatching(detail) as string,
    });
  });
});

describe('after a conflict, a license that ends', () => {
  it('ends by the change by which it waits, or is presumed to be active again', async () => {
    expect(await resolveWith(ending, {}, 'w')).toEqual({ queuedChangeId: 'w' });
    expect(await resolveWith(ending, {})).toEqual({});
  });
});

it('is not tried for longer than the request has time', async () => {
  for (const license of [activation, ending]) {
    await expect(resolveWith(license, { seats: 2 }, undefined, true)).rejects.toMatchObject({ status: 503 });
  }
});
