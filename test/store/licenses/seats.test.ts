import type { LicenseChange } from '../../../shared/store/licenses/license-write';
import { chooseFreeSeat, chooseReturn, seatWrites } from '../../../shared/store/licenses/seats';
import { countsSnapshot } from '../../support/store/counts-snapshot';

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
    // A condition besides the one that the shard is open.
    isConditional: / AND \(/.test(counts?.condition?.expression ?? ''),
  };
}

describe('seatWrites', () => {
  it.each<[string, LicenseChange | undefined, number, object]>([
    ['no change', undefined, 0, {}],
    ['an inactive new user', inactiveLicense, 1, { users: 1 }],
    ['an active new user', activationChange, 1, { users: 1, active: 1, free: -1, isConditional: true }],
    ['an activation', activationChange, 0, { active: 1, free: -1, isConditional: true }],
    ['a queued new user', pendingLicense, 1, { users: 1, pending: 1, queue: ['+c'], isConditional: true }],
    ['a queued activation', pendingLicense, 0, { pending: 1, queue: ['+c'], isConditional: true }],
    ['a deactivation', deactivation, 0, { active: -1, free: 1, isConditional: true }],
    ['a deletion', deactivation, -1, { users: -1, active: -1, free: 1, isConditional: true }],
    ['the deletion of an inactive user', undefined, -1, { users: -1 }],
    [
      'a deactivation in the queue',
      { ...deactivation, queuedChangeId: 'w' },
      0,
      { pending: -1, queue: ['-w'] },
    ],
    [
      'a deletion in the queue',
      { ...deactivation, queuedChangeId: 'w' },
      -1,
      { users: -1, pending: -1, queue: ['-w'] },
    ],
    [
      'a promotion',
      { ...activationChange, queuedChangeId: 'w' },
      0,
      { pending: -1, active: 1, free: -1, queue: ['-w'], isConditional: true },
    ],
  ])('updates the counts and the queue for %s', (_, license, users, expected) => {
    expect(countsAndQueueChange(license, users)).toEqual({ queue: [], isConditional: false, ...expected });
  });

  it('throws CountsConflict if the seats are not as assumed', () => {
    for (const license of [activationChange, pendingLicense, { ...activationChange, queuedChangeId: 'w' }])
      expect(seatWrites('d', 'u', license)[0]?.conditionError?.().name).toBe('CountsConflict');
  });

  it('tries each of the chosen shards after conflicts, and no other', () => {
    const [first] = seatWrites('d', 'u', activationChange, 0, { kind: 'take', shards: [3, 7, 31] });
    const tried: string[] = [];
    for (let write = first; write && tried.length < 6; write = write.otherwise?.())
      if ('update' in write) tried.push(write.update.sk);
    expect(tried.slice(0, 3).sort()).toEqual(['03', '07', '31']);
    expect(tried.slice(3)).toEqual(tried.slice(0, 3));
  });

  it('pays off a debt only in a shard that has one', () => {
    const [write] = seatWrites('d', 'u', deactivation, 0, { kind: 'payDebt', shards: [3] });
    expect(write).toMatchObject({ update: { sk: '03' }, add: { active: -1, free: 1 } });
    expect((write as { condition: { expression: string } }).condition.expression).toContain('#free < :none');
  });

  it('marks a shard as without debt if the seats have not changed since the debts were read', () => {
    const [write] = seatWrites('d', 'u', deactivation, 0, { kind: 'return', version: 4 });
    expect(write).toMatchObject({ remove: ['debt'], condition: { values: { version: 4 } } });
  });
});

describe('a free seat', () => {
  it('is in the shards that have one', () => {
    const snapshot = countsSnapshot({ seats: 5 }, [{}, { free: 1 }, { free: -1 }, { free: 4 }]);
    expect(chooseFreeSeat(snapshot)).toEqual({ kind: 'take', shards: [1, 3] });
    expect(chooseFreeSeat(countsSnapshot({ seats: 5 }))).toBeUndefined();
  });

  it('is in all shards if seats are unlimited', () => {
    expect(chooseFreeSeat(countsSnapshot())).toMatchObject({
      shards: expect.arrayContaining([0, 31]) as unknown,
    });
  });
});

describe('the seat of a license that ends', () => {
  const debt = { inDebt: true };

  it('pays off a debt first', () => {
    const snapshot = countsSnapshot({ seats: 5 }, [debt, { ...debt, free: -2 }, debt, { ...debt, free: -1 }]);
    expect(chooseReturn(snapshot)).toEqual({ kind: 'payDebt', shards: [1, 3] });
  });

  it('is free once all debts are paid off', () => {
    expect(chooseReturn(countsSnapshot({ seats: 5 }, [debt]))).toEqual({ kind: 'return', version: 1 });
  });

  it('is undecided if the seats changed while the shards were read, or are unlimited', () => {
    expect(chooseReturn(countsSnapshot({ seats: 5 }, [debt, { ...debt, limit: 2 }]))).toBeUndefined();
    expect(chooseReturn(countsSnapshot({}, [{ free: -7 }]))).toBeUndefined();
  });
});
