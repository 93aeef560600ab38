import type { LicenseChange } from '../../../shared/store/licenses/license-write';
import { hasRoom, isSeatFree, seatWrites } from '../../../shared/store/licenses/seats';

const activationChange = { status: 'active', changeId: 'c', activationId: 'c' } as const;
const pendingLicense = { status: 'pending', changeId: 'c' } as const;
const deactivation = { status: 'inactive', changeId: 'c', reason: 'deactivated' } as const;
const inactiveLicense = { status: 'inactive' } as const;

/** The numbers that are added to the counts, and the entries that are added to and removed from the queue. */
function countsAndQueueChange(license: LicenseChange | undefined, users: number) {
  const writes = seatWrites('d', 'u', license, users);
  const counts = writes.find((write) => 'update' in write);
  const queue = writes.flatMap((write) =>
    'put' in write ? `+${write.put.sk}` : 'delete' in write ? `-${write.delete.sk}` : [],
  );
  return {
    ...counts?.add,
    queue,
    // A condition besides the one that the domain is not deleted.
    isConditional: / AND /.test(counts?.condition?.expression ?? ''),
  };
}

describe('seatWrites', () => {
  it.each<[string, LicenseChange | undefined, number, object]>([
    ['no change', undefined, 0, {}],
    ['an inactive new user', inactiveLicense, 1, { users: 1 }],
    ['an active new user', activationChange, 1, { users: 1, activeLicenses: 1, isConditional: true }],
    ['an activation', activationChange, 0, { activeLicenses: 1, isConditional: true }],
    [
      'a queued new user',
      pendingLicense,
      1,
      { users: 1, pendingLicenses: 1, queue: ['+c'], isConditional: true },
    ],
    ['a queued activation', pendingLicense, 0, { pendingLicenses: 1, queue: ['+c'], isConditional: true }],
    ['a deactivation', deactivation, 0, { activeLicenses: -1 }],
    ['a deletion', deactivation, -1, { users: -1, activeLicenses: -1 }],
    ['the deletion of an inactive user', undefined, -1, { users: -1 }],
    [
      'a deactivation in the queue',
      { ...deactivation, queuedChangeId: 'w' },
      0,
      { pendingLicenses: -1, queue: ['-w'] },
    ],
    [
      'a deletion in the queue',
      { ...deactivation, queuedChangeId: 'w' },
      -1,
      { users: -1, pendingLicenses: -1, queue: ['-w'] },
    ],
    [
      'a promotion',
      { ...activationChange, queuedChangeId: 'w' },
      0,
      { pendingLicenses: -1, activeLicenses: 1, queue: ['-w'], isConditional: true },
    ],
  ])('updates the counts and the queue for %s', (_, license, users, expected) => {
    expect(countsAndQueueChange(license, users)).toEqual({ queue: [], isConditional: false, ...expected });
  });

  it('throws LicenseConflict if the seats are not as assumed', () => {
    for (const license of [activationChange, pendingLicense, { ...activationChange, queuedChangeId: 'w' }])
      expect(seatWrites('d', 'u', license)[0]?.conditionError?.().name).toBe('LicenseConflict');
  });
});

it.each([
  [{}, true, true],
  [{ seats: 2 }, true, true],
  [{ seats: 1 }, false, false],
  [{ seats: 0 }, false, false],
  [{ seats: 2, pendingLicenses: 1 }, true, false],
  [{ pendingLicenses: 1 }, true, true],
])(
  'with one active license and %j: room for another is %s, a seat for a new activation is %s',
  (given, room, free) => {
    const counts = {
      users: 1,
      groups: 0,
      activeLicenses: 1,
      pendingLicenses: 0,
      seatPolicy: 'wait',
      ...given,
    } as const;
    expect([hasRoom(counts), isSeatFree(counts)]).toEqual([room, free]);
  },
);
