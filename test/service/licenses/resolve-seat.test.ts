import { resolveSeat } from '../../../shared/service/licenses/resolve-seat';
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

/** Resolves the seat of a change in a domain with these counts. A queued license has a `queuedChangeId`. */
const resolveWith = (
  license: LicenseChange,
  given: Partial<SeatCounts>,
  queuedChangeId?: string,
  isLate = false,
) =>
  resolveSeat(
    {
      seats: () => Promise.resolve(counts(given)),
      readQueuedChangeId: () => Promise.resolve(queuedChangeId),
    },
    { audit: auditEvent('user.updated', 'u'), license },
    isLate,
  );

describe('after a conflict, an activation', () => {
  it.each<[string, Partial<SeatCounts>, object]>([
    ['is tried again if a seat has become free', { seats: 2, activeLicenses: 1 }, {}],
    ['is tried again if seats have become unlimited', { activeLicenses: 1, pendingLicenses: 1 }, {}],
    ['is queued if no seat is free', { seats: 2, activeLicenses: 2, seatPolicy: 'wait' }, { queued: true }],
    [
      'is queued behind waiting licenses',
      { seats: 2, activeLicenses: 1, pendingLicenses: 1, seatPolicy: 'wait' },
      { queued: true },
    ],
  ])('%s', async (_, given, expected) => {
    expect(await resolveWith(activation, given)).toEqual(expected);
    expect(await resolveWith({ status: 'pending', changeId: 'c' }, given)).toEqual(expected);
  });

  it('is refused because the domain is deleted, not because it has no seats', async () => {
    const given = { seats: 0, deletedAt: '2026-03-01T12:00:00.000Z' };
    await expect(resolveWith(activation, given)).rejects.toMatchObject({
      status: 403,
      detail: expect.stringContaining('This domain was deleted.') as string,
    });
  });

  it.each<[Partial<SeatCounts>, RegExp]>([
    [
      { seats: 50, activeLicenses: 50 },
      /has 50 seats for active users, and none of them is free\. Deactivate or delete/,
    ],
    [{ seats: 1, activeLicenses: 2 }, /has 1 seat for active users, and none/],
    [{ seats: 0 }, /has 0 seats/],
    [
      { seats: 9, activeLicenses: 8, pendingLicenses: 1 },
      /has 9 seats .* go first to users who are already waiting/,
    ],
  ])('is refused if the seat policy is refuse (%j)', async (given, detail) => {
    await expect(resolveWith(activation, given)).rejects.toMatchObject({
      status: 403,
      scimType: undefined,
      detail: expect.stringMatching(detail) as string,
    });
  });
});

describe('after a conflict, a license that ends', () => {
  it('ends with the change that queued it, or is assumed to be active', async () => {
    expect(await resolveWith(ending, {}, 'w')).toEqual({ queuedChangeId: 'w' });
    expect(await resolveWith(ending, {})).toEqual({});
  });
});

it('is not tried again after the deadline of the request', async () => {
  for (const license of [activation, ending]) {
    await expect(resolveWith(license, { seats: 2 }, undefined, true)).rejects.toMatchObject({ status: 503 });
  }
});
