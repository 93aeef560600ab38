import { resolveSeat } from '../../../shared/service/licenses/resolve-seat';
import type { CountsSnapshot } from '../../../shared/store/domains/counts';
import { CountsConflict } from '../../../shared/store/domains/counts-write';
import type { LicenseRecord } from '../../../shared/store/licenses/license-record';
import { LicenseConflict, type LicenseChange } from '../../../shared/store/licenses/license-write';
import { countsSnapshot } from '../../support/store/counts-snapshot';
import { auditEvent } from '../../support/store/records';

const activation = { status: 'active', changeId: 'c', activationId: 'c' } as const;
const ending = { status: 'inactive', changeId: 'c', reason: 'deactivated' } as const;

/** Resolves the seat of a change that the counts, or without `snapshot` the license, have refused. */
const resolveWith = (
  license: LicenseChange,
  snapshot: CountsSnapshot | undefined,
  stored?: Partial<LicenseRecord>,
  isLate = false,
) =>
  resolveSeat(
    { readLicense: () => Promise.resolve(stored as LicenseRecord | undefined) },
    { audit: auditEvent('user.updated', 'u'), license },
    snapshot ? new CountsConflict(true, snapshot) : new LicenseConflict(),
    isLate,
  );

describe('after a conflict, an activation', () => {
  it.each<[string, CountsSnapshot, object]>([
    [
      'takes a seat that is free in another shard',
      countsSnapshot({ seats: 2 }, [{ activeLicenses: 1 }, {}, { free: 1 }]),
      { choice: { kind: 'take', shards: [2] } },
    ],
    [
      'takes a seat for which licenses wait',
      countsSnapshot({ seats: 2, seatPolicy: 'wait' }, [{ activeLicenses: 1, pendingLicenses: 1, free: 1 }]),
      { choice: { kind: 'take', shards: [0] } },
    ],
    [
      'is queued if no seat is free',
      countsSnapshot({ seats: 2, seatPolicy: 'wait' }, [{ activeLicenses: 2 }]),
      { queued: true },
    ],
  ])('%s', async (_, snapshot, expected) => {
    expect(await resolveWith(activation, snapshot)).toEqual(expected);
    expect(await resolveWith({ status: 'pending', changeId: 'c' }, snapshot)).toEqual(expected);
  });

  it('is tried again if seats have become unlimited', async () => {
    const { choice } = await resolveWith(activation, countsSnapshot({}, [{ free: -7 }]));
    expect(choice).toMatchObject({ kind: 'take', shards: expect.arrayContaining([0, 1, 31]) as unknown });
  });

  it.each<[number, RegExp]>([
    [50, /has 50 seats for active users, and none of them is free\. Deactivate or delete/],
    [1, /has 1 seat for active users, and none/],
    [0, /has 0 seats/],
  ])('is refused if none of %d seats is free and the seat policy is refuse', async (seats, detail) => {
    await expect(resolveWith(activation, countsSnapshot({ seats }))).rejects.toMatchObject({
      status: 403,
      scimType: undefined,
      detail: expect.stringMatching(detail) as string,
    });
  });
});

describe('after a conflict, a license that ends', () => {
  it('ends with the change that queued it, or is assumed to be active', async () => {
    const pending = { status: 'pending', changeId: 'w' } as const;
    expect(await resolveWith(ending, undefined, pending)).toEqual({ queuedChangeId: 'w' });
    const active = { status: 'active', changeId: 'w' } as const;
    expect(await resolveWith(ending, undefined, active)).toEqual({ lastId: 'w' });
    expect(await resolveWith(ending, undefined, { ...active, resendId: 'x' })).toEqual({ lastId: 'x' });
    expect(await resolveWith(ending, undefined)).toEqual({});
  });

  it('does not end again if a mapping has ended it', async () => {
    const ended = { status: 'inactive', changeId: 'w' } as const;
    expect(await resolveWith(ending, undefined, ended)).toEqual({ isEnded: true });
  });

  it('pays off a debt', async () => {
    const snapshot = countsSnapshot({ seats: 1 }, [{}, { inDebt: true, free: -1 }]);
    expect(await resolveWith(ending, snapshot)).toEqual({ choice: { kind: 'payDebt', shards: [1] } });
  });
});

it('is not tried again after the deadline of the request', async () => {
  for (const license of [activation, ending]) {
    const late = resolveWith(license, countsSnapshot({ seats: 2 }), undefined, true);
    await expect(late).rejects.toMatchObject({ status: 503 });
  }
});
