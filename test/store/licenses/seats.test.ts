import type { LicenseChange } from '../../../shared/store/licenses/license-write';
import { hasRoom, isSeatFree, seatWrites } from '../../../shared/store/licenses/seats';

const activationChange = { status: 'active', changeId: 'c', activationId: 'c' } as const;
const pendingLicense = { status: 'pending', changeId: 'c' } as const;
const deactivation = { status: 'inactive', changeId: 'c', reason: 'deactivated' } as const;
const inactiveLicense = { status: 'inactive' } as const;

/** What is added to the counts, and what happens in the queue. */
function countsAndQueueChange(license: LicenseChange | undefined, users: number) {
  const writes = seatWrites('d', 'u', license, users);
  const counts = writes.find(({ Update }) => Update)?.Update;
  const values = (counts?.ExpressionAttributeValues ?? {}) as Record<string, number>;
  const added = [...(counts?.UpdateExpression ?? '').matchAll(/#(\w+) :/g)].map(([, name = '']) => [
    name,
    values[`:${name}`],
  ]);
  const queue = writes.flatMap(({ Put, Delete }) =>
    Put ? `+${String(Put.Item?.sk)}` : Delete ? `-${String(Delete.Key?.sk)}` : [],
  );
  return {
    ...(Object.fromEntries(added) as object),
    queue,
    // On more than that the domain exists.
    isConditional: / AND /.test(counts?.ConditionExpression ?? ''),
  };
}

describe('seatWrites', () => {
  it.each<[string, LicenseChange | undefined, number, object]>([
    ['nothing of a license', undefined, 0, {}],
    ['a user who is created inactive', inactiveLicense, 1, { users: 1 }],
    [
      'a user who is created active',
      activationChange,
      1,
      { users: 1, activeLicenses: 1, isConditional: true },
    ],
    ['an activation', activationChange, 0, { activeLicenses: 1, isConditional: true }],
    [
      'a user who is created and waits',
      pendingLicense,
      1,
      { users: 1, pendingLicenses: 1, queue: ['+c'], isConditional: true },
    ],
    [
      'an activation that waits',
      pendingLicense,
      0,
      { pendingLicenses: 1, queue: ['+c'], isConditional: true },
    ],
    ['a deactivation', deactivation, 0, { activeLicenses: -1 }],
    ['a deletion', deactivation, -1, { users: -1, activeLicenses: -1 }],
    ['the deletion of an inactive user', undefined, -1, { users: -1 }],
    [
      'the end of waiting',
      { ...deactivation, queuedChangeId: 'w' },
      0,
      { pendingLicenses: -1, queue: ['-w'] },
    ],
    [
      'a deletion while waiting',
      { ...deactivation, queuedChangeId: 'w' },
      -1,
      { users: -1, pendingLicenses: -1, queue: ['-w'] },
    ],
    [
      'a seat after waiting',
      { ...activationChange, queuedChangeId: 'w' },
      0,
      { pendingLicenses: -1, activeLicenses: 1, queue: ['-w'], isConditional: true },
    ],
  ])('lets the counts and the queue follow %s', (_, license, users, expected) => {
    expect(countsAndQueueChange(license, users)).toEqual({ queue: [], isConditional: false, ...expected });
  });

  it('is refused where the seats are not as presumed', () => {
    for (const license of [activationChange, pendingLicense, { ...activationChange, waitedAs: 'w' }])
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
])('with one license active and %j: room %s, free for who comes now %s', (given, room, free) => {
  const counts = {
    users: 1,
    groups: 0,
    activeLicenses: 1,
    pendingLicenses: 0,
    seatPolicy: 'wait',
    ...given,
  } as const;
  expect([hasRoom(counts), isSeatFree(counts)]).toEqual([room, free]);
});
